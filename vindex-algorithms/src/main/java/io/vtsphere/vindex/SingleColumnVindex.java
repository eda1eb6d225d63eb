package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;

/** A vindex that computes a destination from one column's value. */
public interface SingleColumnVindex extends Vindex {
    /**
     * Where rows with that value live.
     *
     * @throws VtException if the value cannot be turned into a keyspace id and the type treats that as an error; other types answer
     *     {@link None}
     */
    Destination map(SqlValue value);

    /**
     * Whether a row with that value belongs to that keyspace id.
     *
     * @throws VtException if the value cannot be turned into a keyspace id
     */
    boolean verify(SqlValue value, KeyspaceId id);
}
