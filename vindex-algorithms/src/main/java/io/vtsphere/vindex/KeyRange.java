package io.vtsphere.vindex;

import io.vtsphere.text.GoText;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A half-open interval of keyspace ids: from {@code start}, included, to {@code end}, excluded; an empty end is open.
 *
 * <p>Bounds compare as unsigned big-endian fractions, so trailing zero bytes do not count: {@code 80-} equals {@code 8000-}, and
 * {@code 00-80} equals {@code -80}. Printing keeps them. The arrays are handed over, not copied. Immutable under that rule, and
 * thread-safe. Source: Vitess' {@code go/vt/key/key.go}.
 */
public final class KeyRange implements Destination {
    private static final KeyRange COMPLETE = new KeyRange(Bytes.EMPTY, Bytes.EMPTY);

    private final byte[] start;
    private final byte[] end;

    private KeyRange(byte[] start, byte[] end) {
        this.start = start;
        this.end = end;
    }

    /** The range {@code -}, which holds every keyspace id. */
    public static KeyRange complete() {
        return COMPLETE;
    }

    /** The range between two bounds; no order is required, and a range whose start is not below its end holds nothing. */
    public static KeyRange of(byte[] start, byte[] end) {
        return new KeyRange(start, end);
    }

    /**
     * The range of a shard's name such as {@code -80} or {@code 80-C0}.
     *
     * @throws VtException INVALID_ARGUMENT if the name is no key range, is out of order or has more than one dash
     */
    public static KeyRange parse(String shardName) {
        KeyRange range = ofShardName(shardName);
        if (range == null) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT, "malformed spec: doesn't define a range: " + GoText.quote(shardName));
        }
        return range;
    }

    /**
     * The range of a shard's name, or null for a name without a dash: such a shard, for example {@code 0}, has no range.
     *
     * @throws VtException INVALID_ARGUMENT as {@link #parse}
     */
    public static @Nullable KeyRange ofShardName(String shardName) {
        int dash = shardName.indexOf('-');
        if (dash < 0) {
            return null;
        }
        if (shardName.indexOf('-', dash + 1) >= 0) {
            throw VtException.of(Code.INVALID_ARGUMENT, "invalid shardId, can only contain one '-': " + shardName);
        }
        byte[] start = GoText.decodeHex(shardName.substring(0, dash), Code.INVALID_ARGUMENT, "");
        byte[] end = GoText.decodeHex(shardName.substring(dash + 1), Code.INVALID_ARGUMENT, "");
        if (end.length > 0 && Arrays.compareUnsigned(start, end) >= 0) {
            HexFormat hex = HexFormat.of();
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "out of order keys: " + hex.formatHex(start) + " is not strictly smaller than "
                            + hex.formatHex(end));
        }
        return new KeyRange(start, end);
    }

    /**
     * The canonical form of a shard's name: lower case where it is a key range, unchanged where it is not.
     *
     * @throws VtException INVALID_ARGUMENT as {@link #parse}
     */
    public static String canonicalShardName(String shardName) {
        return ofShardName(shardName) == null ? shardName : shardName.toLowerCase(Locale.ROOT);
    }

    /** The first id inside, not copied; empty is the smallest. */
    public byte[] start() {
        return start;
    }

    /** The first id above, not copied; empty is open. */
    public byte[] end() {
        return end;
    }

    /** Whether this holds every keyspace id. */
    public boolean isComplete() {
        return Bytes.isZero(start) && Bytes.isZero(end);
    }

    public boolean contains(KeyspaceId id) {
        return contains(id.bytes());
    }

    boolean contains(byte[] id) {
        return Bytes.compare(id, start) >= 0 && (Bytes.isZero(end) || Bytes.compare(id, end) < 0);
    }

    /** Whether every id of {@code other} is in this range. */
    public boolean contains(KeyRange other) {
        if (isComplete()) {
            return true;
        }
        boolean startsInside = Bytes.compare(start, other.start) <= 0;
        boolean endsInside = Bytes.isZero(end) || (!Bytes.isZero(other.end) && Bytes.compare(other.end, end) <= 0);
        return startsInside && endsInside;
    }

    public boolean intersects(KeyRange other) {
        if (isComplete() || other.isComplete()) {
            return true;
        }
        return (Bytes.isZero(end) || Bytes.compare(other.start, end) < 0)
                && (Bytes.isZero(other.end) || Bytes.compare(start, other.end) < 0);
    }

    /** The two ranges as one, or empty if neither ends where the other starts. */
    public Optional<KeyRange> add(KeyRange other) {
        if (!Bytes.isZero(end) && Bytes.compare(end, other.start) == 0) {
            return Optional.of(new KeyRange(start, other.end));
        }
        if (!Bytes.isZero(other.end) && Bytes.compare(other.end, start) == 0) {
            return Optional.of(new KeyRange(other.start, end));
        }
        return Optional.empty();
    }

    /** Whether both hold the same ids; trailing zero bytes of the bounds do not count. */
    @Override
    public boolean equals(Object o) {
        return o instanceof KeyRange other
                && Bytes.compare(start, other.start) == 0
                && Bytes.compare(end, other.end) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * hash(start) + hash(end);
    }

    private static int hash(byte[] bound) {
        int hash = 0;
        for (int i = 0, length = Bytes.significantLength(bound); i < length; i++) {
            hash = 31 * hash + bound[i];
        }
        return hash;
    }

    /** The shard's name: {@code -80}, {@code 80-c0}, {@code -}. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return isComplete() ? "-" : hex.formatHex(start) + "-" + hex.formatHex(end);
    }
}
