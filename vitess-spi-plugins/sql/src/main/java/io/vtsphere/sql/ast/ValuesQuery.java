package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code VALUES ROW(1, 2), ROW(3, 4)}.
 */
public record ValuesQuery(
        @Nullable With with,
        List<Expr.Tuple> rows,
        List<OrderItem> orderBy,
        @Nullable Limit limit,
        String lock,
        String into)
        implements Query {
    public ValuesQuery {
        rows = List.copyOf(rows);
        orderBy = List.copyOf(orderBy);
    }

    @Override
    public ValuesQuery withWith(@Nullable With newWith) {
        return new ValuesQuery(newWith, rows, orderBy, limit, lock, into);
    }

    @Override
    public ValuesQuery withOrderBy(List<OrderItem> newOrderBy) {
        return new ValuesQuery(with, rows, newOrderBy, limit, lock, into);
    }

    @Override
    public ValuesQuery withLimit(@Nullable Limit newLimit) {
        return new ValuesQuery(with, rows, orderBy, newLimit, lock, into);
    }

    @Override
    public ValuesQuery withLock(String newLock) {
        return new ValuesQuery(with, rows, orderBy, limit, newLock, into);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.values(this);
    }
}
