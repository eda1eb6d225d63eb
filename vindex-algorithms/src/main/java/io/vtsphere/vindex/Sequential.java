package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;

/** A vindex that keeps the order of values, so that BETWEEN is a key range. */
public interface Sequential {
    /**
     * The range from the id of {@code start} up to, and without, the id of {@code end}: as Vitess, the upper bound of a BETWEEN is not in
     * the range.
     *
     * @throws VtException if either value has no keyspace id
     */
    KeyRange rangeMap(SqlValue start, SqlValue end);
}
