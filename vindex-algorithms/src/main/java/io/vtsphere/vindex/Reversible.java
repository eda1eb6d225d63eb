package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;

/** A vindex that can tell the column's value from the keyspace id. */
public interface Reversible {
    /**
     * The value that maps to that id.
     *
     * @throws VtException if no value does
     */
    SqlValue reverseMap(KeyspaceId id);
}
