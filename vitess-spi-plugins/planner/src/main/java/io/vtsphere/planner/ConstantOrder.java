package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Rewriter;

/**
 * Keeps bind variables out of ORDER BY and GROUP BY. To MySQL a parameter or user variable there is a constant, which neither sorts nor groups;
 * its value, written into the text for a tablet, would be the number of a column.
 */
final class ConstantOrder extends Rewriter {
    @Override
    public OrderItem orderItem(OrderItem item) {
        return item.expr() instanceof Expr.Bind
                ? new OrderItem(Literal.NULL, item.descending())
                : super.orderItem(item);
    }

    @Override
    public Expr groupItem(Expr expr) {
        return expr instanceof Expr.Bind ? Literal.NULL : super.groupItem(expr);
    }
}
