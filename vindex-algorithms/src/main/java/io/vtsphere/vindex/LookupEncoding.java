package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a lookup table stores for values and keyspace ids. */
enum LookupEncoding {
    /** The values and the keyspace ids themselves. */
    PLAIN("Lookup.Map"),
    /** The number that hashes to the keyspace id. */
    HASH("LookupHash.Map"),
    /** That number, and for each value a number made from its loose MD5. */
    UNICODE_HASH("LookupUnicodeLooseMD5HashUnique.Map");

    private final String mapErrors;

    LookupEncoding(String mapErrors) {
        this.mapErrors = mapErrors;
    }

    /** What the error about several entries of a unique vindex starts with. */
    String mapErrors() {
        return mapErrors;
    }

    /**
     * What is stored in the to-column.
     *
     * @param operation for the error's text: {@code lookup.Create}
     * @throws VtException UNKNOWN if the id is no hash of a number
     */
    SqlValue to(KeyspaceId id, String operation) {
        if (this == PLAIN) {
            return SqlValue.varbinary(id.bytes());
        }
        try {
            return SqlValue.uint64(Hash.number(id));
        } catch (VtException e) {
            throw e.withPrefix(operation + ".vunhash: ");
        }
    }

    /** The keyspace id of what is stored; null where that is no number. */
    @Nullable
    KeyspaceId keyspaceId(SqlValue stored) {
        if (this == PLAIN) {
            return KeyspaceId.of(Values.toBytes(stored));
        }
        return Values.isUint64(stored.bytes())
                ? KeyspaceId.of(Hash.keyspaceId(Values.parseUint64(stored.bytes())))
                : null;
    }

    /**
     * What is stored in the from-columns.
     *
     * @param prefix for the error's text
     * @throws VtException if a value is not UTF-8
     */
    List<SqlValue> from(List<SqlValue> values, String prefix) {
        if (this != UNICODE_HASH) {
            return values;
        }
        List<SqlValue> stored = new ArrayList<>(values.size());
        for (SqlValue value : values) {
            try {
                stored.add(SqlValue.uint64(Bytes.getLong(UnicodeLoose.md5(value), 0)));
            } catch (VtException e) {
                throw e.withPrefix(prefix);
            }
        }
        return stored;
    }
}
