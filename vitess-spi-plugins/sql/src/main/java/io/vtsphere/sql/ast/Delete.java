package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A DELETE; the forms with FROM and with USING are one.
 *
 * @param options the modifiers in lower case ({@code low_priority}, {@code quick}, {@code ignore}); empty if none
 * @param targets the tables to delete from in the multi-table form; empty in the single-table form
 */
public record Delete(
        @Nullable With with,
        Comments comments,
        String options,
        List<TableName> targets,
        List<TableExpr> tables,
        @Nullable Expr where,
        List<OrderItem> orderBy,
        @Nullable Limit limit)
        implements Statement {
    public Delete {
        targets = List.copyOf(targets);
        tables = List.copyOf(tables);
        orderBy = List.copyOf(orderBy);
    }

    public Delete withWith(@Nullable With newWith) {
        return new Delete(newWith, comments, options, targets, tables, where, orderBy, limit);
    }

    public Delete withComments(Comments newComments) {
        return new Delete(with, newComments, options, targets, tables, where, orderBy, limit);
    }

    public Delete withTargets(List<TableName> newTargets) {
        return new Delete(with, comments, options, newTargets, tables, where, orderBy, limit);
    }

    public Delete withTables(List<TableExpr> newTables) {
        return new Delete(with, comments, options, targets, newTables, where, orderBy, limit);
    }

    public Delete withWhere(@Nullable Expr newWhere) {
        return new Delete(with, comments, options, targets, tables, newWhere, orderBy, limit);
    }

    public Delete withOrderBy(List<OrderItem> newOrderBy) {
        return new Delete(with, comments, options, targets, tables, where, newOrderBy, limit);
    }

    public Delete withLimit(@Nullable Limit newLimit) {
        return new Delete(with, comments, options, targets, tables, where, orderBy, newLimit);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.delete(this);
    }
}
