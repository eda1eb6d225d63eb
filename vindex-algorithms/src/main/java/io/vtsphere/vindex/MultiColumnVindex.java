package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.util.List;

/** A vindex that computes a destination from the values of several columns. */
public interface MultiColumnVindex extends Vindex {
    /** The number of columns of a whole row. */
    int columns();

    /** Whether the values of only the first columns give a key range. */
    boolean partial();

    /**
     * Where rows with those values live.
     *
     * @param row the columns' values in the vindex' order; fewer than {@link #columns} only if {@link #partial}
     * @throws VtException INTERNAL or INVALID_ARGUMENT if the type treats such a row as an error; the built-in types answer {@link None}
     */
    Destination map(List<SqlValue> row);

    /**
     * Whether a row with those values belongs to that keyspace id.
     *
     * @throws VtException if the values cannot be turned into a keyspace id
     */
    boolean verify(List<SqlValue> row, KeyspaceId id);
}
