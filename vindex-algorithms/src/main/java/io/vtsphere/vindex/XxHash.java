package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import java.util.Map;
import java.util.Set;
import net.openhft.hashing.LongHashFunction;

/** {@code xxhash}: XXH64, seed 0, of the value's bytes, written least significant byte first. */
final class XxHash extends HashingVindex {
    private static final LongHashFunction XXH64 = LongHashFunction.xx();

    XxHash(String name, Map<String, String> params) {
        super("xxhash", name, 1, params, Set.of());
    }

    @Override
    public byte[] hash(SqlValue value) {
        byte[] bytes = Values.toBytes(value);
        return hash(bytes, 0, bytes.length);
    }

    static byte[] hash(byte[] bytes, int from, int to) {
        byte[] hash = new byte[Long.BYTES];
        Bytes.putLongReversed(hash, 0, XXH64.hashBytes(bytes, from, to - from));
        return hash;
    }
}
