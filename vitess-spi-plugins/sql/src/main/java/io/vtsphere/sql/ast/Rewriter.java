package io.vtsphere.sql.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A walk over a tree that may replace nodes.
 *
 * <p>A subclass overrides the hooks ({@link #expr}, {@link #table}, {@link #query} …); a hook that calls its {@code super} method, or
 * {@code descend}, goes on into the children. A node all of whose children stay the same is returned itself, so identity tells whether
 * anything changed. Children are visited in the order of the printed text. Not thread-safe unless the subclass is.
 */
public abstract class Rewriter {
    private final ExprDescent exprs = new ExprDescent(this);
    private final StatementDescent statements = new StatementDescent(this);

    /** Called for each expression. */
    public Expr expr(Expr expr) {
        return descend(expr);
    }

    /** Called for each table expression. */
    public TableExpr table(TableExpr table) {
        return descend(table);
    }

    /** Called for each query: the statement itself, the sides of set operations, subqueries, derived tables. */
    public Query query(Query query) {
        return (Query) descend(query);
    }

    /** Called for each entry of a select list. */
    public SelectItem item(SelectItem item) {
        if (item instanceof SelectItem.Item entry) {
            Expr expr = expr(entry.expr());
            return expr == entry.expr() ? item : new SelectItem.Item(expr, entry.alias(), entry.span());
        }
        if (item instanceof SelectItem.NextValues next) {
            Expr count = expr(next.count());
            return count == next.count() ? item : new SelectItem.NextValues(count);
        }
        return item;
    }

    /** Called for each expression of a GROUP BY. */
    public Expr groupItem(Expr expr) {
        return expr(expr);
    }

    /** Called for each entry of an ORDER BY. */
    public OrderItem orderItem(OrderItem item) {
        Expr expr = expr(item.expr());
        return expr == item.expr() ? item : new OrderItem(expr, item.descending());
    }

    /** Called for each LIMIT. */
    public Limit limit(Limit limit) {
        Expr offset = optional(limit.offset());
        Expr count = expr(limit.count());
        return offset == limit.offset() && count == limit.count() ? limit : new Limit(offset, count);
    }

    /** Called for each table name that the statement reads or writes, and for the tables that DDL and SHOW name. */
    public TableName tableName(TableName name) {
        return name;
    }

    /** Called for the whole statement, and for the statement inside EXPLAIN and VEXPLAIN. */
    public Statement statement(Statement statement) {
        return statement instanceof Query query ? query(query) : descend(statement);
    }

    /** The same expression with its children rewritten. */
    protected final Expr descend(Expr expr) {
        return expr.accept(exprs);
    }

    /** The same table expression with its children rewritten. */
    protected final TableExpr descend(TableExpr table) {
        return table.accept(statements);
    }

    /** The same statement with its children rewritten. */
    protected final Statement descend(Statement statement) {
        return statement.accept(statements);
    }

    final @Nullable Expr optional(@Nullable Expr expr) {
        return expr == null ? null : expr(expr);
    }

    final @Nullable Limit optional(@Nullable Limit limit) {
        return limit == null ? null : limit(limit);
    }

    final List<Expr> exprs(List<Expr> list) {
        return each(list, this::expr);
    }

    final List<OrderItem> orderItems(List<OrderItem> list) {
        return list.isEmpty() ? list : each(list, this::orderItem);
    }

    /** The same list if the operator returned every element itself. */
    static <T> List<T> each(List<T> list, UnaryOperator<T> operator) {
        List<T> changed = null;
        for (int i = 0; i < list.size(); i++) {
            T old = list.get(i);
            T now = operator.apply(old);
            if (changed == null && now != old) {
                changed = new ArrayList<>(list.size());
                changed.addAll(list.subList(0, i));
            }
            if (changed != null) {
                changed.add(now);
            }
        }
        return changed == null ? list : changed;
    }
}
