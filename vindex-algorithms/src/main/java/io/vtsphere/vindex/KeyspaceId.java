package io.vtsphere.vindex;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The address of a row: a string of bytes, of any length, that lies in the key range of exactly one shard.
 *
 * <p>Two ids are equal if their bytes are, which is what {@code Verify} asks; where they lie ignores trailing zero bytes, see
 * {@link KeyRange}. The array is handed over, not copied: neither side may change it afterwards. Immutable under that rule, and
 * thread-safe.
 */
public final class KeyspaceId implements Destination {
    private final byte[] bytes;

    private KeyspaceId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The id with those bytes, not copied; empty is legal and lies in the first shard. */
    public static KeyspaceId of(byte[] bytes) {
        return new KeyspaceId(bytes);
    }

    /** The eight bytes of {@code bits}, most significant first. */
    public static KeyspaceId ofLong(long bits) {
        return new KeyspaceId(Bytes.ofLong(bits));
    }

    /**
     * The id that {@link #toString} prints.
     *
     * @throws IllegalArgumentException if {@code hex} is not pairs of hexadecimal digits
     */
    public static KeyspaceId ofHex(String hex) {
        return new KeyspaceId(HexFormat.of().parseHex(hex));
    }

    /** The bytes, not copied. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof KeyspaceId other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Lower-case hexadecimal digits, two a byte. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
