package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code TABLE t}, the same as {@code SELECT * FROM t}.
 */
public record TableQuery(
        @Nullable With with,
        TableName table,
        List<OrderItem> orderBy,
        @Nullable Limit limit,
        String lock,
        String into) implements Query {
    public TableQuery {
        orderBy = List.copyOf(orderBy);
    }

    @Override
    public TableQuery withWith(@Nullable With newWith) {
        return new TableQuery(newWith, table, orderBy, limit, lock, into);
    }

    @Override
    public TableQuery withOrderBy(List<OrderItem> newOrderBy) {
        return new TableQuery(with, table, newOrderBy, limit, lock, into);
    }

    @Override
    public TableQuery withLimit(@Nullable Limit newLimit) {
        return new TableQuery(with, table, orderBy, newLimit, lock, into);
    }

    @Override
    public TableQuery withLock(String newLock) {
        return new TableQuery(with, table, orderBy, limit, newLock, into);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.table(this);
    }
}
