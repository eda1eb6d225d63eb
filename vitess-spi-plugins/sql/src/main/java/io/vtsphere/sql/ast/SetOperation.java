package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code left UNION|INTERSECT|EXCEPT [ALL] right}, with the clauses that belong to the whole.
 */
public record SetOperation(
        @Nullable With with,
        SetOperator operator,
        boolean all,
        Query left,
        Query right,
        List<OrderItem> orderBy,
        @Nullable Limit limit,
        String lock,
        String into)
        implements Query {
    public SetOperation {
        orderBy = List.copyOf(orderBy);
    }

    @Override
    public SetOperation withWith(@Nullable With newWith) {
        return new SetOperation(newWith, operator, all, left, right, orderBy, limit, lock, into);
    }

    public SetOperation withLeft(Query newLeft) {
        return new SetOperation(with, operator, all, newLeft, right, orderBy, limit, lock, into);
    }

    public SetOperation withRight(Query newRight) {
        return new SetOperation(with, operator, all, left, newRight, orderBy, limit, lock, into);
    }

    @Override
    public SetOperation withOrderBy(List<OrderItem> newOrderBy) {
        return new SetOperation(with, operator, all, left, right, newOrderBy, limit, lock, into);
    }

    @Override
    public SetOperation withLimit(@Nullable Limit newLimit) {
        return new SetOperation(with, operator, all, left, right, orderBy, newLimit, lock, into);
    }

    @Override
    public SetOperation withLock(String newLock) {
        return new SetOperation(with, operator, all, left, right, orderBy, limit, newLock, into);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.setOperation(this);
    }
}
