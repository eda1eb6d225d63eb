package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An UPDATE of one or more tables.
 *
 * @param options the modifiers in lower case ({@code low_priority}, {@code ignore}); empty if none
 */
public record Update(
        @Nullable With with,
        Comments comments,
        String options,
        List<TableExpr> tables,
        List<Assignment> assignments,
        @Nullable Expr where,
        List<OrderItem> orderBy,
        @Nullable Limit limit)
        implements Statement {
    public Update {
        tables = List.copyOf(tables);
        assignments = List.copyOf(assignments);
        orderBy = List.copyOf(orderBy);
    }

    public Update withWith(@Nullable With newWith) {
        return new Update(newWith, comments, options, tables, assignments, where, orderBy, limit);
    }

    public Update withComments(Comments newComments) {
        return new Update(with, newComments, options, tables, assignments, where, orderBy, limit);
    }

    public Update withTables(List<TableExpr> newTables) {
        return new Update(with, comments, options, newTables, assignments, where, orderBy, limit);
    }

    public Update withAssignments(List<Assignment> newAssignments) {
        return new Update(with, comments, options, tables, newAssignments, where, orderBy, limit);
    }

    public Update withWhere(@Nullable Expr newWhere) {
        return new Update(with, comments, options, tables, assignments, newWhere, orderBy, limit);
    }

    public Update withOrderBy(List<OrderItem> newOrderBy) {
        return new Update(with, comments, options, tables, assignments, where, newOrderBy, limit);
    }

    public Update withLimit(@Nullable Limit newLimit) {
        return new Update(with, comments, options, tables, assignments, where, orderBy, newLimit);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.update(this);
    }
}
