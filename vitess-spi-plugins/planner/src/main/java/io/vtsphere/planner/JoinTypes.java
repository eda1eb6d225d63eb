package io.vtsphere.planner;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.ColumnVSchema;
import org.jspecify.annotations.Nullable;

/** What the VSchema tells of two columns by which rows are to be joined; the execution looks at the columns themselves. */
final class JoinTypes {
    private JoinTypes() {}

    /** Whether rows can be told to go together by the columns, as far as the VSchema knows them. */
    static boolean mayBeLinked(@Nullable ColumnVSchema left, @Nullable ColumnVSchema right) {
        if (left == null || right == null || left.type() == SqlType.NULL_TYPE || right.type() == SqlType.NULL_TYPE) {
            return true;
        }
        if (left.type().isText() && right.type().isText()) {
            return left.collation().isEmpty()
                    || right.collation().isEmpty()
                    || left.collation().equals(right.collation());
        }
        return left.type().isIntegral() && right.type().isIntegral()
                || left.type().isBinary() && right.type().isBinary()
                || left.type() == right.type() && isCompared(left.type());
    }

    private static boolean isCompared(SqlType type) {
        return type == SqlType.DECIMAL || type == SqlType.DATE || type == SqlType.DATETIME;
    }
}
