package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Map;
import java.util.Set;

/** {@code reverse_bits}: the 64 bits of the unsigned number, last first. What is no such number has no shard. */
final class ReverseBits extends HashingVindex implements Reversible {
    ReverseBits(String name, Map<String, String> params) {
        super("reverse_bits", name, 1, params, Set.of());
    }

    @Override
    public Destination map(SqlValue value) {
        byte[] text = value.bytes();
        return Values.isUint64(text) ? KeyspaceId.ofLong(Long.reverse(Values.parseUint64(text))) : None.INSTANCE;
    }

    @Override
    public byte[] hash(SqlValue value) {
        return Bytes.ofLong(Long.reverse(Values.toUint64(value)));
    }

    @Override
    public SqlValue reverseMap(KeyspaceId id) {
        if (id.bytes().length != Long.BYTES) {
            throw VtException.of(Code.UNKNOWN, "invalid keyspace id: " + id);
        }
        return SqlValue.uint64(Long.reverse(Bytes.getLong(id.bytes(), 0)));
    }
}
