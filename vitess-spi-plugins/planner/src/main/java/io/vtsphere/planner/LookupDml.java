package io.vtsphere.planner;

import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.Assignment;
import io.vtsphere.sql.ast.ComparisonOp;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What UPDATE and DELETE must read of the rows that they change, for the lookup vindexes that the table owns.
 *
 * <p>Used while one statement is planned. Source: Vitess' {@code go/vt/vtgate/planbuilder/operators/dml_planning.go}.
 */
final class LookupDml {
    private final TableVSchema table;
    private final ColumnVindex primary;
    private final List<SelectItem> items = new ArrayList<>();

    private LookupDml(TableVSchema table, ColumnVindex primary) {
        this.table = table;
        this.primary = primary;
        primary.columns().forEach(this::addColumn);
    }

    /** The first of those tables that owns lookup vindexes; null when none does. */
    private static @Nullable LookupDml of(Stream<Occurrence> tables) {
        TableVSchema table = tables.map(Occurrence::table)
                .filter(one -> one != null && !one.owned().isEmpty())
                .findFirst()
                .orElse(null);
        ColumnVindex primary = table == null ? null : table.primaryVindex();
        return table == null || primary == null ? null : new LookupDml(table, primary);
    }

    /**
     * The rows that a DELETE removes; null where the table owns no lookup vindex.
     *
     * @throws io.vtsphere.vterrors.VtException VT12001 where the rows that are removed are not those that can be read before
     */
    static Primitive.@Nullable OwnedRows deleted(Delete delete, Block block, SentText text) {
        LookupDml dml = of(block.scope().tables().stream().filter(table -> isTarget(delete.targets(), table)));
        if (dml == null) {
            return null;
        }
        boolean single = delete.targets().isEmpty() && isOneTable(delete.tables());
        dml.requireSameRows("DELETE", single, delete.options(), delete.limit());
        List<Primitive.OwnedLookup> lookups = new ArrayList<>();
        for (ColumnVindex vindex : dml.table.owned()) {
            lookups.add(dml.lookup(vindex, -1, List.of()));
        }
        return dml.rows(delete.tables(), delete.where(), text, lookups);
    }

    /**
     * The rows whose entries an UPDATE changes; null where it changes none.
     *
     * @throws io.vtsphere.vterrors.VtException VT12001 where the new values are not known before, or as {@link #deleted}
     */
    static Primitive.@Nullable OwnedRows updated(Update update, Block block, SentText text) {
        LookupDml dml = of(block.scope().tables().stream());
        if (dml == null) {
            return null;
        }
        List<ColumnVindex> changed = dml.table.owned().stream()
                .filter(vindex -> vindex.columns().stream().anyMatch(column -> value(update, column) != null))
                .toList();
        if (changed.isEmpty()) {
            return null;
        }
        dml.requireSameRows("UPDATE", isOneTable(update.tables()), update.options(), update.limit());
        // As vtgate has it: first all old values, then the comparisons.
        int[] first = new int[changed.size()];
        for (int i = 0; i < first.length; i++) {
            first[i] = dml.items.size();
            changed.get(i).columns().forEach(dml::addColumn);
        }
        List<Primitive.OwnedLookup> lookups = new ArrayList<>();
        for (int i = 0; i < first.length; i++) {
            lookups.add(dml.change(changed.get(i), first[i], update));
        }
        return dml.rows(update.tables(), update.where(), text, lookups);
    }

    private static boolean isTarget(List<TableName> targets, Occurrence occurrence) {
        return targets.isEmpty()
                || targets.stream().anyMatch(target -> target.name().equals(occurrence.exposedName()));
    }

    private static boolean isOneTable(List<TableExpr> tables) {
        return tables.size() == 1 && tables.get(0) instanceof TableExpr.Table;
    }

    private void requireSameRows(String verb, boolean single, String options, @Nullable Limit limit) {
        if (!single || limit != null || options.contains("ignore")) {
            String what = !single ? "of several tables" : limit != null ? "with LIMIT" : "IGNORE";
            throw VtError.VT12001.with(verb + " " + what + ", one of which is '" + table
                    + "' that owns the lookup vindex '" + table.owned().get(0).name() + "'");
        }
    }

    private Primitive.OwnedLookup lookup(ColumnVindex vindex, int unchanged, List<Optional<RouteValue>> values) {
        int first = items.size();
        vindex.columns().forEach(this::addColumn);
        return owned(vindex, first, unchanged, values);
    }

    private Primitive.OwnedLookup owned(
            ColumnVindex vindex, int first, int unchanged, List<Optional<RouteValue>> values) {
        if (vindex.vindex() instanceof LookupVindex lookup) {
            return new Primitive.OwnedLookup(vindex.name(), lookup, first, unchanged, values);
        }
        throw VtError.VT12001.with("table '" + table + "' that owns the vindex '" + vindex.name() + "'");
    }

    private Primitive.OwnedLookup change(ColumnVindex vindex, int first, Update update) {
        List<Optional<RouteValue>> values = new ArrayList<>();
        List<Expr> same = new ArrayList<>();
        for (String column : vindex.columns()) {
            Expr assigned = value(update, column);
            RouteValue value = assigned == null ? null : RouteValues.single(assigned);
            if (assigned != null && value == null) {
                throw VtError.VT12001.with("only values are supported; invalid update on column: `" + column
                        + "` with expr: [" + SqlPrinter.print(assigned) + "]");
            }
            values.add(Optional.ofNullable(value));
            if (assigned != null) {
                same.add(new Expr.Comparison(ComparisonOp.EQ, new Expr.Column(null, null, column), assigned));
            }
        }
        int unchanged = items.size();
        items.add(SelectItem.Item.of(same.size() == 1 ? same.get(0) : new Expr.And(same)));
        return owned(vindex, first, unchanged, values);
    }

    /** The expression that a column is set to, or null. */
    private static @Nullable Expr value(Update update, String column) {
        Expr value = null;
        for (Assignment assignment : update.assignments()) {
            if (assignment.column().name().equalsIgnoreCase(column)) {
                value = assignment.value();
            }
        }
        return value;
    }

    private void addColumn(String column) {
        items.add(SelectItem.Item.of(new Expr.Column(null, null, column)));
    }

    private Primitive.OwnedRows rows(
            List<TableExpr> tables, @Nullable Expr where, SentText text, List<Primitive.OwnedLookup> lookups) {
        Select select = Select.of(items, tables, where).withLock("for update");
        return new Primitive.OwnedRows(
                text.print(select), primary.vindex(), primary.columns().size(), lookups);
    }
}
