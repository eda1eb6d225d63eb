package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;

/** Keyspace ids of a region number followed by a hashed id. */
final class Regions {
    private Regions() {}

    /** The low bytes of the region, one or two, most significant first. */
    static byte[] prefix(long region, int width) {
        byte low = (byte) region;
        return width == 1 ? new byte[] {low} : new byte[] {(byte) (region >>> 8), low};
    }

    /** The keyspace id, or {@link None} if {@code id} is no unsigned number. */
    static Destination map(long region, int width, SqlValue id) {
        if (!Values.isUint64(id.bytes())) {
            return None.INSTANCE;
        }
        byte[] bytes = new byte[width + Long.BYTES];
        System.arraycopy(prefix(region, width), 0, bytes, 0, width);
        Bytes.putLong(bytes, width, Des.crypt(Values.parseUint64(id.bytes())));
        return KeyspaceId.of(bytes);
    }
}
