package io.vtsphere.shardingsphere.algorithm;

import io.vtsphere.shardingsphere.errors.HostErrors;
import io.vtsphere.vindex.AllShards;
import io.vtsphere.vindex.Destination;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.KeyspaceIds;
import io.vtsphere.vindex.ShardIndex;
import io.vtsphere.vterrors.VtException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of a host's data sources (or actual tables) holds which key range.
 *
 * <p>Either every range names its target, {@code ds_a=-80, ds_b=80-}, or none does, {@code -80,80-}: then the targets take the ranges in
 * ascending order of the number at the end of their names. Thread-safe.
 */
final class ShardTargets {
    private static final Pattern NUMBERED = Pattern.compile(".*?([0-9]+)");

    private final String spec;
    private final List<KeyRange> ranges;
    private final ShardIndex index;
    private final @Nullable List<String> named;
    /** The last answer for unnamed ranges; any thread may replace it by another that is as right. */
    private volatile @Nullable Order last;

    /** @param set the targets that a host offered, {@code names} the same in the order of the ranges */
    private record Order(Set<String> set, List<String> names) {}

    private ShardTargets(String spec, List<KeyRange> ranges, @Nullable List<String> named) {
        this.spec = spec;
        this.ranges = ranges;
        this.index = ShardIndex.of(ranges);
        this.named = named;
    }

    /**
     * Reads the {@code shards} property.
     *
     * @throws IllegalArgumentException when it is no partition of the keyspace ids, or names targets twice or only in part
     */
    static ShardTargets parse(String spec) {
        List<KeyRange> ranges = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String part : spec.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals >= 0) {
                names.add(part.substring(0, equals).trim());
            }
            ranges.add(range(spec, part.substring(equals + 1).trim()));
        }
        ShardIndex.of(ranges).fault().ifPresent(fault -> {
            throw new IllegalArgumentException("shards: '" + spec + "': " + fault);
        });
        if (!names.isEmpty() && names.size() != ranges.size()) {
            throw new IllegalArgumentException("shards: '" + spec + "' names the targets of some key ranges only");
        }
        if (names.contains("") || new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("shards: '" + spec + "' has an empty target or names one twice");
        }
        return new ShardTargets(spec, List.copyOf(ranges), names.isEmpty() ? null : List.copyOf(names));
    }

    private static KeyRange range(String spec, String name) {
        try {
            return name.equals("0") ? KeyRange.complete() : KeyRange.parse(name);
        } catch (VtException e) {
            throw new IllegalArgumentException("shards: '" + spec + "': " + e.getMessage(), e);
        }
    }

    /**
     * The targets that a destination reaches.
     *
     * @param available what the host offers
     */
    Set<String> reached(Collection<String> available, Destination destination) {
        List<String> names = names(available);
        if (destination instanceof KeyspaceId id) {
            return Set.of(names.get(index.find(id)));
        }
        Set<String> reached = new LinkedHashSet<>();
        if (destination instanceof KeyspaceIds several) {
            several.ids().forEach(id -> reached.add(names.get(index.find(id))));
        } else if (destination instanceof KeyRange wanted) {
            for (int i = 0; i < ranges.size(); i++) {
                if (ranges.get(i).intersects(wanted)) {
                    reached.add(names.get(i));
                }
            }
        } else if (destination == AllShards.INSTANCE) {
            reached.addAll(names);
        }
        return reached;
    }

    private List<String> names(Collection<String> available) {
        if (named != null) {
            if (!available.containsAll(named)) {
                throw HostErrors.unsupported("shards: '" + spec + "' names targets that are not among " + available);
            }
            return named;
        }
        Order order = last;
        if (order == null
                || order.set().size() != available.size()
                || !order.set().containsAll(available)) {
            order = new Order(new HashSet<>(available), order(available));
            last = order;
        }
        return order.names();
    }

    private List<String> order(Collection<String> available) {
        record Numbered(String name, BigInteger number) {}
        List<Numbered> numbered = available.stream()
                .distinct()
                .map(name -> {
                    Matcher matcher = NUMBERED.matcher(name);
                    return matcher.matches() ? new Numbered(name, new BigInteger(matcher.group(1))) : null;
                })
                .filter(each -> each != null)
                .sorted(Comparator.comparing(Numbered::number))
                .toList();
        long numbers = numbered.stream().map(Numbered::number).distinct().count();
        if (numbered.size() != available.size() || numbers != numbered.size() || numbers != ranges.size()) {
            throw HostErrors.unsupported(
                    "shards: '" + spec + "' are " + ranges.size() + " key ranges for the targets " + available
                            + ": write target=range for each, or give as many targets that end in different numbers");
        }
        return numbered.stream().map(Numbered::name).collect(Collectors.toUnmodifiableList());
    }

    @Override
    public String toString() {
        return named == null ? spec : Arrays.toString(named.toArray()) + " " + ranges;
    }
}
