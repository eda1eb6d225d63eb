package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Map;
import java.util.Set;

/** {@code numeric}: the unsigned number itself, eight bytes big-endian. What is no such number has no shard. */
final class Numeric extends HashingVindex implements Reversible, Sequential {
    Numeric(String name, Map<String, String> params) {
        super("numeric", name, 0, params, Set.of());
    }

    @Override
    public Destination map(SqlValue value) {
        byte[] text = value.bytes();
        return Values.isUint64(text) ? KeyspaceId.ofLong(Values.parseUint64(text)) : None.INSTANCE;
    }

    @Override
    public byte[] hash(SqlValue value) {
        return Bytes.ofLong(Values.toUint64(value));
    }

    @Override
    public SqlValue reverseMap(KeyspaceId id) {
        int length = id.bytes().length;
        if (length != Long.BYTES) {
            throw VtException.of(Code.UNKNOWN, "Numeric.ReverseMap: length of keyspaceId is not 8: " + length);
        }
        return SqlValue.uint64(Bytes.getLong(id.bytes(), 0));
    }

    @Override
    public KeyRange rangeMap(SqlValue start, SqlValue end) {
        return KeyRange.of(hash(start), hash(end));
    }
}
