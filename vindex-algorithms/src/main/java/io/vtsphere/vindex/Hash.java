package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * {@code hash}: DES of the number with a null key.
 *
 * <p>Mapping reads negative numbers of signed types as two's complement; verifying refuses them, as Vitess does.
 */
final class Hash extends FunctionalVindex implements SingleColumnVindex, Hashing, Reversible {
    Hash(String name, Map<String, String> params) {
        super("hash", name, 1, params, Set.of());
    }

    @Override
    public Destination map(SqlValue value) {
        byte[] text = value.bytes();
        if (value.type().isSigned()) {
            return Values.isInt64(text) ? KeyspaceId.ofLong(Des.crypt(Values.parseInt64(text))) : None.INSTANCE;
        }
        return Values.isUint64(text) ? KeyspaceId.ofLong(Des.crypt(Values.parseUint64(text))) : None.INSTANCE;
    }

    @Override
    public boolean verify(SqlValue value, KeyspaceId id) {
        return Arrays.equals(keyspaceId(Values.toUint64(value)), id.bytes());
    }

    @Override
    public byte[] hash(SqlValue value) {
        byte[] text = value.bytes();
        if (!value.type().isSigned()) {
            return keyspaceId(Values.toUint64(value));
        }
        if (!Values.isInt64(text)) {
            throw VtException.of(Code.UNKNOWN, Values.parseIntError(text));
        }
        return keyspaceId(Values.parseInt64(text));
    }

    @Override
    public SqlValue reverseMap(KeyspaceId id) {
        return SqlValue.uint64(number(id));
    }

    /** The keyspace id of a number. */
    static byte[] keyspaceId(long number) {
        return Bytes.ofLong(Des.crypt(number));
    }

    /**
     * The number that hashes to that keyspace id.
     *
     * @throws VtException UNKNOWN if the id is not eight bytes long
     */
    static long number(KeyspaceId id) {
        if (id.bytes().length != Long.BYTES) {
            throw VtException.of(Code.UNKNOWN, "invalid keyspace id: " + id);
        }
        return Des.crypt(Bytes.getLong(id.bytes(), 0));
    }
}
