package io.vtsphere.planner;

import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sqltypes.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code a = 1 OR a = 2} as {@code a IN (1, 2)}, by which a vindex finds shards. Only where all values have one known type: an IN
 * over values of several types compares otherwise than equalities do.
 */
final class OrToIn extends Rewriter {
    @Override
    public Expr expr(Expr expr) {
        Expr in = expr instanceof Expr.Or or ? in(or) : null;
        return in == null ? super.expr(expr) : in;
    }

    private static @Nullable Expr in(Expr.Or or) {
        Expr.Column column = null;
        SqlType type = null;
        List<Expr> values = new ArrayList<>();
        for (Expr operand : or.operands()) {
            if (!(operand instanceof Expr.Comparison equality)
                    || equality.op() != ComparisonOp.EQ
                    || !(equality.left() instanceof Expr.Column left)) {
                return null;
            }
            SqlType valueType =
                    RouteValues.single(equality.right()) == null ? null : RouteValues.type(equality.right());
            boolean fits = valueType != null && valueType != SqlType.NULL_TYPE && (type == null || type == valueType);
            if (!fits || (column != null && !column.equals(left))) {
                return null;
            }
            column = left;
            type = valueType;
            values.add(equality.right());
        }
        return column == null ? null : new Expr.In(false, column, new Expr.Tuple(values));
    }
}
