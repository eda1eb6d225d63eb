package io.vtsphere.planner;

import io.vtsphere.sql.ast.Aggregate;
import io.vtsphere.sql.ast.BinaryOp;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Span;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.ColumnVSchema;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys by which rows of several shards are merged, and the columns that they need in the select list. */
final class MergeKeys {
    private static final Set<String> NUMERIC_AGGREGATES = Set.of(
            "count",
            "sum",
            "avg",
            "bit_and",
            "bit_or",
            "bit_xor",
            "std",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "variance",
            "var_pop",
            "var_samp");

    private final Block block;
    private final SelectList list;
    private final List<Key> keys = new ArrayList<>();

    private record Key(SelectList.Slot value, SelectList.@Nullable Slot weight, boolean descending) {}

    MergeKeys(Block block, SelectList list) {
        this.block = block;
        this.list = list;
    }

    /** One key per entry of ORDER BY; entries that are constant need none. */
    void orderBy(List<OrderItem> items) {
        for (OrderItem item : items) {
            Expr expr = meaning(item.expr());
            if (expr != null) {
                add(expr, item.descending());
            }
        }
    }

    void add(Expr expr, boolean descending) {
        SelectList.Slot value = list.slot(isFloat(expr) ? exact(expr) : expr);
        SelectList.Slot weight = isKnownNotText(expr) ? null : list.addWeight(functionallyDependent(expr));
        keys.add(new Key(value, weight, descending));
    }

    /** MySQL shows six digits of a FLOAT, by which different values look equal, but all digits of a DOUBLE. */
    private static Expr exact(Expr expr) {
        return new Expr.Binary(BinaryOp.MULTIPLY, expr, new Literal(Literal.Kind.FLOAT, "1e0", Span.NONE));
    }

    private boolean isFloat(Expr expr) {
        ColumnVSchema known = known(expr);
        return known != null && known.type() == SqlType.FLOAT32;
    }

    /** MySQL sees that a function of a group's column has one value per group, but not that a function of a group's expression has. */
    private Expr functionallyDependent(Expr expr) {
        boolean plain = block.select().groupBy().isEmpty() || expr instanceof Expr.Column;
        return plain || !Functions.of(expr).aggregates().isEmpty() ? expr : Aggregate.of("any_value", expr);
    }

    void add(SelectList.Slot value, SelectList.@Nullable Slot weight, boolean descending) {
        keys.add(new Key(value, weight, descending));
    }

    /** The keys; asked for when the select list is complete. */
    List<OrderKey> keys() {
        return keys.stream().map(this::key).toList();
    }

    private OrderKey key(Key key) {
        return new OrderKey(
                list.offset(key.value()),
                key.weight() == null ? OrderKey.NONE : list.offset(key.weight()),
                key.descending());
    }

    /**
     * What an entry of ORDER BY sorts by: the select item of that number or alias, else itself. Null for a constant, which does not sort.
     */
    @Nullable
    Expr meaning(Expr expr) {
        if (expr instanceof Literal literal) {
            Expr item = block.ordinal(expr);
            if (item == null && literal.kind() == Literal.Kind.INTEGER) {
                throw VtError.VT12001.with("ORDER BY column number " + literal.text() + " behind a star");
            }
            return item;
        }
        if (expr instanceof Expr.Column column && column.table() == null) {
            Expr aliased = block.aliased(column.name());
            return aliased == null ? expr : aliased;
        }
        return expr instanceof Expr.Column ? expr : block.inside(expr);
    }

    /** Whether no value of the expression can be text, so that values compare without a weight string. */
    boolean isKnownNotText(Expr expr) {
        if (expr instanceof Expr.Column) {
            ColumnVSchema known = known(expr);
            return known != null && isNotText(known.type());
        }
        if (expr instanceof Aggregate aggregate) {
            return NUMERIC_AGGREGATES.contains(aggregate.name())
                    || (aggregate.arguments().size() == 1
                            && isKnownNotText(aggregate.arguments().get(0)));
        }
        return false;
    }

    /** Whether equal values of the expression have equal weight strings; not so where a collation pads: {@code 'a'} and {@code 'a '}. */
    boolean hasOneWeight(Expr expr) {
        ColumnVSchema known = known(expr);
        return known != null && (isNotText(known.type()) || known.collation().startsWith("utf8mb4_0900_"));
    }

    private @Nullable ColumnVSchema known(Expr expr) {
        ColumnId column = block.column(expr);
        TableVSchema table = column == null ? null : column.occurrence().table();
        return column == null || table == null ? null : table.column(column.column());
    }

    static boolean isNotText(SqlType type) {
        return type.isNumber()
                || type == SqlType.DATE
                || type == SqlType.DATETIME
                || type == SqlType.TIMESTAMP
                || type == SqlType.TIME
                || type == SqlType.BIT
                || type == SqlType.VARBINARY
                || type == SqlType.BINARY
                || type == SqlType.BLOB;
    }
}
