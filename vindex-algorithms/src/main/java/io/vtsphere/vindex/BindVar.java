package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import java.util.List;

/** The value of a bind variable: one value, or a list of them for an IN. */
public sealed interface BindVar {
    /** One value. */
    record Scalar(SqlValue value) implements BindVar {}

    /**
     * Several values.
     *
     * @param values copied
     */
    record Tuple(List<SqlValue> values) implements BindVar {
        public Tuple {
            values = List.copyOf(values);
        }
    }
}
