package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import java.util.Map;
import java.util.Set;

/** {@code binary}: the value's bytes are the keyspace id. NULL has the empty id. */
final class Binary extends HashingVindex implements Reversible, Sequential {
    Binary(String name, Map<String, String> params) {
        super("binary", name, 0, params, Set.of());
    }

    @Override
    public byte[] hash(SqlValue value) {
        return Values.toBytes(value);
    }

    @Override
    public SqlValue reverseMap(KeyspaceId id) {
        return SqlValue.varbinary(id.bytes());
    }

    @Override
    public KeyRange rangeMap(SqlValue start, SqlValue end) {
        return KeyRange.of(hash(start), hash(end));
    }
}
