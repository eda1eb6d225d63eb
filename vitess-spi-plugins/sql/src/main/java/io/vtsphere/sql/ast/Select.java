package io.vtsphere.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT.
 *
 * @param from the table expressions between commas; empty without FROM
 * @param rollup {@code GROUP BY … WITH ROLLUP}
 */
public record Select(
        @Nullable With with,
        Comments comments,
        SelectOptions options,
        List<SelectItem> items,
        List<TableExpr> from,
        @Nullable Expr where,
        List<Expr> groupBy,
        boolean rollup,
        @Nullable Expr having,
        List<Window> windows,
        List<OrderItem> orderBy,
        @Nullable Limit limit,
        String lock,
        String into)
        implements Query {
    public Select {
        items = List.copyOf(items);
        from = List.copyOf(from);
        groupBy = List.copyOf(groupBy);
        windows = List.copyOf(windows);
        orderBy = List.copyOf(orderBy);
    }

    /** A SELECT of that list from those tables and nothing else; the other clauses are set on copies. */
    public static Select of(List<SelectItem> items, List<TableExpr> from, @Nullable Expr where) {
        return new Select(
                null,
                Comments.NONE,
                SelectOptions.NONE,
                items,
                from,
                where,
                List.of(),
                false,
                null,
                List.of(),
                List.of(),
                null,
                "",
                "");
    }

    @Override
    public Select withWith(@Nullable With newWith) {
        return new Select(
                newWith, comments, options, items, from, where, groupBy, rollup, having, windows, orderBy, limit, lock,
                into);
    }

    public Select withComments(Comments newComments) {
        return new Select(
                with,
                newComments,
                options,
                items,
                from,
                where,
                groupBy,
                rollup,
                having,
                windows,
                orderBy,
                limit,
                lock,
                into);
    }

    public Select withOptions(SelectOptions newOptions) {
        return new Select(
                with,
                comments,
                newOptions,
                items,
                from,
                where,
                groupBy,
                rollup,
                having,
                windows,
                orderBy,
                limit,
                lock,
                into);
    }

    public Select withItems(List<SelectItem> newItems) {
        return new Select(
                with, comments, options, newItems, from, where, groupBy, rollup, having, windows, orderBy, limit, lock,
                into);
    }

    public Select withFrom(List<TableExpr> newFrom) {
        return new Select(
                with, comments, options, items, newFrom, where, groupBy, rollup, having, windows, orderBy, limit, lock,
                into);
    }

    public Select withWhere(@Nullable Expr newWhere) {
        return new Select(
                with, comments, options, items, from, newWhere, groupBy, rollup, having, windows, orderBy, limit, lock,
                into);
    }

    public Select withGroupBy(List<Expr> newGroupBy) {
        return new Select(
                with,
                comments,
                options,
                items,
                from,
                where,
                newGroupBy,
                rollup,
                having,
                windows,
                orderBy,
                limit,
                lock,
                into);
    }

    public Select withHaving(@Nullable Expr newHaving) {
        return new Select(
                with, comments, options, items, from, where, groupBy, rollup, newHaving, windows, orderBy, limit, lock,
                into);
    }

    @Override
    public Select withOrderBy(List<OrderItem> newOrderBy) {
        return new Select(
                with,
                comments,
                options,
                items,
                from,
                where,
                groupBy,
                rollup,
                having,
                windows,
                newOrderBy,
                limit,
                lock,
                into);
    }

    @Override
    public Select withLimit(@Nullable Limit newLimit) {
        return new Select(
                with, comments, options, items, from, where, groupBy, rollup, having, windows, orderBy, newLimit, lock,
                into);
    }

    @Override
    public Select withLock(String newLock) {
        return new Select(
                with, comments, options, items, from, where, groupBy, rollup, having, windows, orderBy, limit, newLock,
                into);
    }

    @Override
    public <R> R accept(StatementVisitor<R> visitor) {
        return visitor.select(this);
    }
}
