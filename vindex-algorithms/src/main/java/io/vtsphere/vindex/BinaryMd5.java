package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import java.util.Map;
import java.util.Set;

/** {@code binary_md5}: MD5 of the value's bytes. */
final class BinaryMd5 extends HashingVindex {
    BinaryMd5(String name, Map<String, String> params) {
        super("binary_md5", name, 1, params, Set.of());
    }

    @Override
    public byte[] hash(SqlValue value) {
        byte[] bytes = Values.toBytes(value);
        return Md5.hash(bytes, 0, bytes.length);
    }
}
