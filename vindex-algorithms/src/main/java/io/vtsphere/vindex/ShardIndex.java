package io.vtsphere.vindex;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shard of a keyspace id, without allocation, in a list of key ranges.
 *
 * <p>The answer is the position of the <em>first</em> range that contains the id, as in Vitess. Where no two ranges overlap, which is every
 * partition that is served, a table by the id's highest bits leads to the range in one or two steps; where some do, the list is walked.
 * Immutable and thread-safe.
 */
public final class ShardIndex {
    private final KeyRange[] ranges;
    /** Positions in {@link #ranges}, by ascending start; null if ranges overlap. */
    private final int @Nullable [] order;
    /** The starts' first eight bytes, ascending as unsigned numbers. */
    private final long[] starts;
    /** By the id's highest bits: the number of starts at or below the smallest id with those bits. */
    private final int[] below;

    private final int shift;

    private ShardIndex(KeyRange[] ranges, int @Nullable [] order) {
        this.ranges = ranges;
        this.order = order;
        this.starts = new long[ranges.length];
        int bits = Math.min(16, 34 - Integer.numberOfLeadingZeros(Math.max(1, ranges.length)));
        this.shift = Long.SIZE - bits;
        this.below = new int[(1 << bits) + 1];
        if (order != null) {
            fill(order);
        }
    }

    private void fill(int[] ascending) {
        for (int i = 0; i < ascending.length; i++) {
            starts[i] = Bytes.prefix(ranges[ascending[i]].start());
        }
        int count = 0;
        for (int bucket = 0; bucket < below.length - 1; bucket++) {
            long lowest = (long) bucket << shift;
            while (count < starts.length && Long.compareUnsigned(starts[count], lowest) < 0) {
                count++;
            }
            below[bucket] = count;
        }
        below[below.length - 1] = starts.length;
    }

    /**
     * An index over ranges in the order in which they are listed.
     *
     * @param ranges copied; {@link KeyRange#complete} for a shard without a range
     */
    public static ShardIndex of(List<KeyRange> ranges) {
        KeyRange[] listed = ranges.toArray(KeyRange[]::new);
        Integer[] byStart = new Integer[listed.length];
        Arrays.setAll(byStart, i -> i);
        Arrays.sort(byStart, (a, b) -> Bytes.compare(listed[a].start(), listed[b].start()));
        int[] order = Arrays.stream(byStart).mapToInt(Integer::intValue).toArray();
        return new ShardIndex(listed, overlaps(listed, order) ? null : order);
    }

    private static boolean overlaps(KeyRange[] ranges, int[] order) {
        for (int i = 0; i + 1 < order.length; i++) {
            byte[] end = ranges[order[i]].end();
            if (Bytes.isZero(end) || Bytes.compare(end, ranges[order[i + 1]].start()) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The number of ranges. */
    public int size() {
        return ranges.length;
    }

    /** The position, in the list, of the first range that contains the id; -1 if none does. */
    public int find(KeyspaceId id) {
        byte[] bytes = id.bytes();
        if (order == null) {
            return walk(bytes);
        }
        long prefix = Bytes.prefix(bytes);
        int bucket = (int) (prefix >>> shift);
        int low = below[bucket];
        int high = below[bucket + 1];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (startsAfter(middle, prefix, bytes)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        // low is now the number of starts at or below the id
        while (low < starts.length && !startsAfter(low, prefix, bytes)) {
            low++;
        }
        if (low == 0) {
            return -1;
        }
        int candidate = order[low - 1];
        byte[] end = ranges[candidate].end();
        return Bytes.isZero(end) || Bytes.compare(bytes, end) < 0 ? candidate : -1;
    }

    private boolean startsAfter(int i, long prefix, byte[] id) {
        int byPrefix = Long.compareUnsigned(starts[i], prefix);
        if (byPrefix != 0 || order == null) {
            return byPrefix > 0;
        }
        return Bytes.compare(ranges[order[i]].start(), id) > 0;
    }

    private int walk(byte[] id) {
        for (int i = 0; i < ranges.length; i++) {
            if (ranges[i].contains(id)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * What keeps the ranges from being a partition, or empty if they are one: every id is in exactly one of them.
     *
     * <p>Names the first fault in ascending order: the smallest ids missing, a hole, an overlap, or the largest ids missing.
     */
    public Optional<String> fault() {
        if (ranges.length == 0) {
            return Optional.of("no key ranges");
        }
        KeyRange[] sorted = ranges.clone();
        Arrays.sort(sorted, (a, b) -> Bytes.compare(a.start(), b.start()));
        if (!Bytes.isZero(sorted[0].start())) {
            return Optional.of("the first key range, " + sorted[0] + ", does not start at the smallest keyspace id");
        }
        for (int i = 0; i + 1 < sorted.length; i++) {
            KeyRange next = sorted[i + 1];
            int order = Bytes.isZero(sorted[i].end()) ? 1 : Bytes.compare(sorted[i].end(), next.start());
            if (order != 0) {
                String what = order < 0 ? "a hole between " : "an overlap of ";
                return Optional.of(what + "key ranges " + sorted[i] + " and " + next);
            }
        }
        KeyRange last = sorted[sorted.length - 1];
        return Bytes.isZero(last.end())
                ? Optional.empty()
                : Optional.of("the last key range, " + last + ", does not end at the largest keyspace id");
    }
}
