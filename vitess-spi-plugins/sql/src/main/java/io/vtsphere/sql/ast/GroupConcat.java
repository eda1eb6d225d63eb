package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code GROUP_CONCAT([DISTINCT] a, b [ORDER BY …] [SEPARATOR 'x'] [LIMIT …])}; the LIMIT is MariaDB's and Vitess'. */
public record GroupConcat(
        boolean distinct,
        List<Expr> arguments,
        List<OrderItem> orderBy,
        @Nullable Literal separator,
        @Nullable Limit limit)
        implements Expr {
    public GroupConcat {
        arguments = List.copyOf(arguments);
        orderBy = List.copyOf(orderBy);
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
        return visitor.groupConcat(this);
    }
}
