package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;

/** A vindex whose keyspace ids other vindexes may build upon: {@code multicol} and {@code numeric_static_map} do. */
public interface Hashing {
    /**
     * The bytes of the value's keyspace id, owned by the caller unless they are the value's own.
     *
     * @throws VtException if the value has none
     */
    byte[] hash(SqlValue value);
}
