package io.vtsphere.vindex;

/** The keyspace ids that start with given bytes. */
final class PrefixRange {
    private PrefixRange() {}

    /** Every shard for no bytes; else the range up to the next number of the same length, open where there is none. */
    static Destination of(byte[] prefix) {
        return prefix.length == 0 ? AllShards.INSTANCE : KeyRange.of(prefix, next(prefix));
    }

    private static byte[] next(byte[] prefix) {
        byte[] next = prefix.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            if (++next[i] != 0) {
                return next;
            }
        }
        return Bytes.EMPTY;
    }
}
