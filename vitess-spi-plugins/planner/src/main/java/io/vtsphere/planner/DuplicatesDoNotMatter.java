package io.vtsphere.planner;

import io.vtsphere.sql.ast.Aggregate;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.GroupConcat;
import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import java.util.List;
import java.util.Set;

/**
 * Whether a query over one table gives the same when rows that are equal in its columns come once: {@code select g, count(distinct x) from t
 * group by g}. Then each shard sends the different ones only.
 *
 * <p>Equal means equal under the columns' collations: so columns may only be grouped by and be arguments of aggregates, bare, where the same
 * collations hold; and conditions must have been applied before.
 */
final class DuplicatesDoNotMatter extends Rewriter {
    private static final Set<String> INSENSITIVE = Set.of("min", "max", "any_value");

    private final Select select;
    private boolean holds = true;

    private DuplicatesDoNotMatter(Select select) {
        this.select = select;
    }

    static boolean to(Select select, List<GatherLeaf> leaves) {
        if (leaves.size() != 1
                || select.from().size() != 1
                || select.from().get(0) != leaves.get(0).expr()
                || leaves.get(0).conditions().size()
                        != Conjuncts.of(select.where()).size()
                || leaves.get(0).allColumns()
                || select.with() != null
                || select.rollup()
                || Functions.ofResult(select).aggregates().isEmpty()) {
            return false;
        }
        DuplicatesDoNotMatter walk = new DuplicatesDoNotMatter(select);
        select.items().forEach(walk::item);
        select.groupBy().forEach(group -> walk.holds &= group instanceof Expr.Column);
        if (select.having() != null) {
            walk.expr(select.having());
        }
        select.orderBy().forEach(walk::orderItem);
        Functions functions = Functions.ofResult(select);
        return walk.holds
                && functions.windowed().isEmpty()
                && functions.queries().isEmpty();
    }

    @Override
    public Expr expr(Expr expr) {
        if (expr instanceof Aggregate call) {
            boolean bare = !call.star() && call.arguments().stream().allMatch(Expr.Column.class::isInstance);
            holds &= bare && (call.distinct() || INSENSITIVE.contains(call.name()));
            return expr;
        }
        if (expr instanceof GroupConcat) {
            holds = false;
            return expr;
        }
        if (expr instanceof Expr.Column) {
            holds &= select.groupBy().contains(expr) || isAlias(expr);
            return expr;
        }
        return super.expr(expr);
    }

    private boolean isAlias(Expr expr) {
        return expr instanceof Expr.Column column
                && column.table() == null
                && select.items().stream()
                        .anyMatch(item -> item instanceof SelectItem.Item entry
                                && entry.alias() != null
                                && entry.alias().equalsIgnoreCase(column.name()));
    }
}
