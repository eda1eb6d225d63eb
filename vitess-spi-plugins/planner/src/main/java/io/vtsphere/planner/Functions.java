package io.vtsphere.planner;

import io.vtsphere.sql.ast.Aggregate;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.GroupConcat;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.Windowed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What expressions of one query block are made of, without a look into the queries inside them. */
final class Functions extends Rewriter {
    private final List<Expr> aggregates = new ArrayList<>();
    private final List<Windowed> windowed = new ArrayList<>();
    private final List<Query> queries = new ArrayList<>();
    private boolean columns;

    static Functions of(@Nullable Expr expr) {
        Functions functions = new Functions();
        if (expr != null) {
            functions.expr(expr);
        }
        return functions;
    }

    /** Those of select list, GROUP BY, HAVING and ORDER BY. */
    static Functions ofResult(Select select) {
        Functions functions = new Functions();
        select.items().forEach(functions::item);
        select.groupBy().forEach(functions::expr);
        if (select.having() != null) {
            functions.expr(select.having());
        }
        select.orderBy().forEach(functions::orderItem);
        return functions;
    }

    /** Aggregate functions that are not windowed: {@link Aggregate} and {@link GroupConcat}. */
    List<Expr> aggregates() {
        return aggregates;
    }

    List<Windowed> windowed() {
        return windowed;
    }

    /** The queries inside; those inside them are not listed. */
    List<Query> queries() {
        return queries;
    }

    boolean hasColumns() {
        return columns;
    }

    @Override
    public Query query(Query query) {
        queries.add(query);
        return query;
    }

    @Override
    public Expr expr(Expr expr) {
        if (expr instanceof Expr.Column) {
            columns = true;
        } else if (expr instanceof Aggregate || expr instanceof GroupConcat) {
            aggregates.add(expr);
        } else if (expr instanceof Windowed window) {
            windowed.add(window);
            operands(window);
            return expr;
        }
        return super.expr(expr);
    }

    /** The function itself is no aggregate of the block, its arguments may hold some. */
    private void operands(Windowed window) {
        if (window.function() instanceof Aggregate aggregate) {
            aggregate.arguments().forEach(this::expr);
        } else if (window.function() instanceof GroupConcat concat) {
            concat.arguments().forEach(this::expr);
        } else {
            super.expr(window.function());
        }
        if (window.window() != null) {
            window.window().partitionBy().forEach(this::expr);
            window.window().orderBy().forEach((OrderItem item) -> orderItem(item));
        }
    }

    @Override
    public SelectItem item(SelectItem item) {
        columns |= item instanceof SelectItem.Star;
        return super.item(item);
    }
}
