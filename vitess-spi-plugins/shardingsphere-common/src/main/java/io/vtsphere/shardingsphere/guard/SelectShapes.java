package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.ast.Aggregate;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.GroupConcat;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.Walker;
import io.vtsphere.sql.ast.Windowed;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which SELECTs the host puts together from the answers of several shards as one MySQL would give them. Confined to one check. */
final class SelectShapes {
    private final Select select;
    private final Block block;
    private final ColumnTypes types;

    SelectShapes(Select select, Block block, Tables tables) {
        this.select = select;
        this.block = block;
        this.types = new ColumnTypes(tables, block);
    }

    /** The construct that the host merges wrong; null if there is none. */
    @Nullable
    String unmerged() {
        if (!select.into().isEmpty()) {
            return "SELECT … INTO";
        }
        if (select.options().calcFoundRows()) {
            return "SQL_CALC_FOUND_ROWS";
        }
        if (has(Windowed.class) || !select.windows().isEmpty()) {
            return "window functions";
        }
        if (select.rollup()) {
            return "WITH ROLLUP";
        }
        boolean apart = groupsLieApart();
        if (has(GroupConcat.class) && !apart) {
            return "GROUP_CONCAT";
        }
        if (select.having() != null && !apart) {
            return "HAVING";
        }
        boolean aggregates = has(Aggregate.class);
        if (aggregates || !select.groupBy().isEmpty()) {
            String reason = grouped(aggregates, apart);
            if (reason != null) {
                return reason;
            }
        }
        if (select.options().distinct()) {
            for (SelectItem item : select.items()) {
                if (!distinct(item)) {
                    return "DISTINCT of anything but numbers and timestamps";
                }
            }
        }
        for (OrderItem item : select.orderBy()) {
            if (!ordered(item.expr())) {
                return "ORDER BY anything but columns of numbers and timestamps";
            }
        }
        return null;
    }

    /** Whether no group has rows on two shards. */
    private boolean groupsLieApart() {
        return block.refs.stream()
                .anyMatch(ref -> ref.sharded != null
                        && !ref.sharded.columns().isEmpty()
                        && ref.sharded.columns().stream().allMatch(column -> select.groupBy().stream()
                                .anyMatch(each -> each instanceof Expr.Column of
                                        && of.name().equalsIgnoreCase(column)
                                        && block.shardedBy(of) == ref)));
    }

    private @Nullable String grouped(boolean aggregates, boolean apart) {
        for (Expr expr : select.groupBy()) {
            if (!types.ordered(meant(expr))) {
                return "GROUP BY anything but columns of numbers and timestamps";
            }
        }
        int distinct = 0;
        for (SelectItem item : select.items()) {
            if (!(item instanceof SelectItem.Item of)) {
                return "* beside aggregates or GROUP BY";
            }
            if (of.expr() instanceof Aggregate aggregate) {
                String reason =
                        apart && !aggregate.distinct() && !aggregate.name().equals("avg") ? null : aggregate(aggregate);
                if (reason != null) {
                    return reason;
                }
                distinct += aggregate.distinct() ? 1 : 0;
            } else if (!apart && contains(of.expr())) {
                return "an expression over aggregates";
            } else if (aggregates && select.groupBy().isEmpty() && !(of.expr() instanceof Literal)) {
                return "columns beside aggregates without GROUP BY";
            }
        }
        if (distinct > 0 && select.items().size() > 1) {
            return "DISTINCT aggregates beside other columns";
        }
        return null;
    }

    private @Nullable String aggregate(Aggregate aggregate) {
        String name = aggregate.name().toUpperCase(Locale.ROOT);
        if (aggregate.star()) {
            return null;
        }
        Expr argument = aggregate.arguments().get(0);
        boolean right =
                switch (aggregate.name()) {
                    case "count" ->
                        !aggregate.distinct() || aggregate.arguments().size() == 1 && types.ordered(argument);
                    case "sum" -> types.exact(argument);
                    case "avg" -> types.integer(argument);
                    case "min", "max" -> types.ordered(argument);
                    default -> false;
                };
        return right ? null : (aggregate.distinct() ? name + "(DISTINCT)" : name) + " of such an argument";
    }

    private boolean distinct(SelectItem item) {
        if (item instanceof SelectItem.Star star) {
            return types.orderedStar(star.table());
        }
        return item instanceof SelectItem.Item of && types.ordered(of.expr());
    }

    private boolean ordered(Expr expr) {
        Expr meant = meant(expr);
        return types.ordered(meant)
                || meant instanceof Aggregate aggregate && aggregate(aggregate) == null && selected(aggregate);
    }

    private boolean selected(Aggregate aggregate) {
        return select.items().stream()
                .anyMatch(
                        item -> item instanceof SelectItem.Item of && of.expr().equals(aggregate));
    }

    /** The select item of an ordinal or alias. */
    private Expr meant(Expr expr) {
        List<SelectItem> items = select.items();
        if (expr instanceof Literal literal
                && literal.kind() == Literal.Kind.INTEGER
                && literal.text().length() < 5) {
            int ordinal = Integer.parseInt(literal.text());
            return ordinal >= 1
                            && ordinal <= items.size()
                            && items.stream().allMatch(SelectItem.Item.class::isInstance)
                            && items.get(ordinal - 1) instanceof SelectItem.Item item
                    ? item.expr()
                    : expr;
        }
        if (expr instanceof Expr.Column column && column.table() == null) {
            for (SelectItem item : items) {
                if (item instanceof SelectItem.Item of && column.name().equalsIgnoreCase(of.alias())) {
                    return of.expr();
                }
            }
        }
        return expr;
    }

    private boolean has(Class<? extends Expr> kind) {
        return any(kind, select);
    }

    private static boolean contains(Expr expr) {
        return any(Aggregate.class, expr);
    }

    private static boolean any(Class<? extends Expr> kind, Node node) {
        boolean[] found = {false};
        Walker walker = new Walker() {
            @Override
            protected boolean enter(Node each) {
                found[0] |= kind.isInstance(each);
                return !found[0] && !(each instanceof Expr.Subquery) && !(each instanceof Expr.Exists);
            }
        };
        if (node instanceof Expr expr) {
            walker.walk(expr);
        } else if (node instanceof Select of) {
            walker.walk(of);
        }
        return found[0];
    }
}
