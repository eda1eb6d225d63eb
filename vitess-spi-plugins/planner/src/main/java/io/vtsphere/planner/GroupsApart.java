package io.vtsphere.planner;

import io.vtsphere.sql.ast.Aggregate;
import io.vtsphere.sql.ast.BinaryOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.GroupConcat;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.SelectOptions;
import io.vtsphere.sql.ast.TableExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a grouped query as one over its groups: {@code select g, max(x) + 1 from t group by g having count(*) > 2} becomes {@code select
 * __g0, __a0 + 1 from (select g as __g0, max(x) as __a0, count(*) as __a1 from t group by g) where __a1 > 2}. Shards compute the inner one.
 */
final class GroupsApart extends Rewriter {
    private static final String GROUPS = "__groups";

    private final Block block;
    private final List<Expr> groups;
    private final List<Expr> aggregates = new ArrayList<>();
    private boolean inHaving;
    private boolean possible = true;

    private GroupsApart(Block block) {
        this.block = block;
        this.groups = block.select().groupBy().stream().map(block::grouping).toList();
    }

    /** The query over groups; null where there are none, or where it is not only about groups. */
    static @Nullable Select of(Block block) {
        return new GroupsApart(block).rewrite();
    }

    private @Nullable Select rewrite() {
        Select select = block.select();
        Functions functions = Functions.ofResult(select);
        boolean grouped = !groups.isEmpty() || !functions.aggregates().isEmpty();
        boolean plain = select.with() == null
                && !select.rollup()
                && select.windows().isEmpty()
                && functions.windowed().isEmpty()
                && functions.queries().isEmpty()
                && groups.stream().allMatch(group -> Functions.of(group).hasColumns())
                && select.items().stream().allMatch(SelectItem.Item.class::isInstance);
        if (!grouped || !plain) {
            return null;
        }
        List<SelectItem> items = new ArrayList<>();
        for (SelectItem item : select.items()) {
            SelectItem.Item entry = (SelectItem.Item) item;
            items.add(new SelectItem.Item(result(entry.expr()), entry.alias(), entry.span()));
        }
        inHaving = true;
        Expr having = select.having() == null ? null : expr(select.having());
        inHaving = false;
        List<OrderItem> order = new ArrayList<>();
        for (OrderItem item : select.orderBy()) {
            boolean alias = item.expr() instanceof Expr.Column column
                    && column.table() == null
                    && block.aliased(column.name()) != null;
            order.add(alias ? item : new OrderItem(result(item.expr()), item.descending()));
        }
        Limit limit = select.limit();
        TableExpr derived = new TableExpr.Derived(false, inner(select), GROUPS, List.of());
        Select outer = Select.of(items, List.of(derived), having)
                .withOptions(select.options())
                .withComments(select.comments())
                .withOrderBy(order)
                .withLimit(limit);
        return possible ? outer : null;
    }

    private Select inner(Select select) {
        List<SelectItem> items = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            items.add(SelectItem.Item.of(groups.get(i), "__g" + i));
        }
        for (int i = 0; i < aggregates.size(); i++) {
            items.add(SelectItem.Item.of(aggregates.get(i), "__a" + i));
        }
        return select.withItems(items)
                .withGroupBy(groups)
                .withHaving(null)
                .withOrderBy(List.of())
                .withLimit(null)
                .withOptions(SelectOptions.NONE);
    }

    /** What is shown, or sorted by, as it is shown. */
    private Expr result(Expr expr) {
        return isAverage(expr) ? aggregate(expr) : expr(expr);
    }

    private static boolean isAverage(Expr expr) {
        return expr instanceof Aggregate aggregate && aggregate.name().equals("avg");
    }

    private static Aggregate part(String name, Aggregate average) {
        return new Aggregate(name, average.distinct(), false, average.arguments());
    }

    private Expr aggregate(Expr expr) {
        int index = aggregates.indexOf(expr);
        if (index < 0) {
            index = aggregates.size();
            aggregates.add(expr);
        }
        return new Expr.Column(null, GROUPS, "__a" + index);
    }

    @Override
    public Expr expr(Expr expr) {
        for (int i = 0; i < groups.size(); i++) {
            if (isSame(groups.get(i), expr)) {
                return new Expr.Column(null, GROUPS, "__g" + i);
            }
        }
        if (isAverage(expr)) {
            // Its value has more digits than it shows, which an expression around it sees.
            Aggregate average = (Aggregate) expr;
            return new Expr.Binary(BinaryOp.DIVIDE, aggregate(part("sum", average)), aggregate(part("count", average)));
        }
        if (expr instanceof Aggregate || expr instanceof GroupConcat) {
            return aggregate(expr);
        }
        if (expr instanceof Expr.Column column) {
            Expr aliased = inHaving && column.table() == null ? block.aliased(column.name()) : null;
            if (aliased == null) {
                possible = false;
                return expr;
            }
            inHaving = false;
            Expr meaning = expr(aliased);
            inHaving = true;
            return meaning;
        }
        return super.expr(expr);
    }

    private boolean isSame(Expr group, Expr expr) {
        if (group.equals(expr)) {
            return true;
        }
        ColumnId column = block.column(group);
        return column != null && column.equals(block.column(expr));
    }
}
