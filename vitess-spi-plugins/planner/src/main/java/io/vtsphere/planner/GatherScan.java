package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.JoinKind;
import io.vtsphere.sql.ast.Match;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A walk over a query that names its tables anew, for rows that are gathered, and finds out which columns and rows of each can matter.
 *
 * <p>Columns are taken generously: a name that may be a table's counts as its column.
 */
final class GatherScan extends CteNames {
    private final Tables tables;
    private final String home;
    private final List<GatherLeaf> leaves = new ArrayList<>();
    private final Map<TableExpr, GatherLeaf> byExpr = new IdentityHashMap<>();
    private final Map<Occurrence, GatherLeaf> byOccurrence = new IdentityHashMap<>();
    private final Deque<List<GatherLeaf>> visible = new ArrayDeque<>();
    private final @Nullable String unitHints;
    private final List<GatheredUnit> units = new ArrayList<>();
    private final Map<Query, Scope> blocks = new IdentityHashMap<>();
    private final List<GatherConditions> found = new ArrayList<>();
    private int names;
    private @Nullable Scope scope;
    private boolean inside;
    private boolean outermost;
    private @Nullable Scope whole;
    private boolean readsTables;

    /**
     * @param home the keyspace whose tables need not be gathered where one tablet has them whole
     * @param unitHints where queries inside are to be answered by plans of their own, the session's hints for them; else null
     */
    GatherScan(Tables tables, String home, @Nullable String unitHints) {
        this.tables = tables;
        this.home = home;
        this.unitHints = unitHints;
    }

    /** The queries inside that are answered first. */
    List<GatheredUnit> units() {
        return units;
    }

    /** The scope of the whole query; null for a set operation. */
    @Nullable
    Scope whole() {
        return whole;
    }

    List<GatherLeaf> leaves() {
        return leaves;
    }

    /** Whether some tables stay as they are. */
    boolean readsTables() {
        return readsTables;
    }

    @Override
    public Query query(Query query) {
        boolean whole = !inside;
        inside = true;
        boolean alone = isApart() && visible.size() <= 1;
        GatheredUnit unit = whole || unitHints == null
                ? null
                : new GatherUnits(tables, unitHints).of(query, name(names), alone, this::isCte);
        if (unit == null) {
            Query named = super.query(query);
            if (whole) {
                found.forEach(conditions -> conditions.subqueries(blocks));
            }
            return named;
        }
        names++;
        units.add(unit);
        return Select.of(List.of(SelectItem.Star.ALL), List.of(TableExpr.Table.of(TableName.of(unit.name()))), null);
    }

    @Override
    Query body(Query query) {
        if (!query.lock().isEmpty() || !query.into().isEmpty()) {
            throw VtError.VT12001.with("locking or INTO of rows of several shards");
        }
        if (!(query instanceof Select select)) {
            return super.body(query);
        }
        if (select.options().calcFoundRows()) {
            throw VtError.VT12001.with("SQL_CALC_FOUND_ROWS over several shards");
        }
        Scope around = scope;
        Scope own = isApart() ? Scope.isolated(around) : Scope.within(around);
        scope = own;
        List<GatherLeaf> mine = new ArrayList<>();
        outermost = around == null && !isApart();
        visible.push(mine);
        select.from().forEach(expr -> declare(expr, false, own, mine));
        GatherConditions conditions = new GatherConditions(own, byOccurrence, mine);
        conditions.where(select.where());
        select.from().forEach(conditions::joins);
        whole = outermost ? own : whole;
        blocks.put(select, own);
        found.add(conditions);
        Query result = super.body(select);
        visible.pop();
        scope = around;
        return result;
    }

    private void declare(TableExpr expr, boolean nullable, Scope into, List<GatherLeaf> mine) {
        if (expr instanceof TableExpr.Table table) {
            into.add(occurrence(table, nullable, into, mine));
        } else if (expr instanceof TableExpr.Derived derived) {
            into.add(Occurrence.derived(derived.alias(), Map.of(), nullable));
        } else if (expr instanceof TableExpr.JsonTable json) {
            into.add(Occurrence.derived(json.alias(), Map.of(), nullable));
        } else if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(table -> declare(table, nullable, into, mine));
        } else if (expr instanceof TableExpr.Join join) {
            int before = mine.size();
            boolean left = join.kind() == JoinKind.LEFT || join.kind() == JoinKind.NATURAL_LEFT;
            boolean right = join.kind() == JoinKind.RIGHT || join.kind() == JoinKind.NATURAL_RIGHT;
            declare(join.left(), nullable || right, into, mine);
            declare(join.right(), nullable || left, into, mine);
            boolean natural = join.kind() == JoinKind.NATURAL
                    || join.kind() == JoinKind.NATURAL_LEFT
                    || join.kind() == JoinKind.NATURAL_RIGHT;
            for (GatherLeaf leaf : mine.subList(before, mine.size())) {
                join.using().forEach(leaf::needs);
                if (natural) {
                    leaf.needsAllColumns();
                }
            }
        }
    }

    private Occurrence occurrence(TableExpr.Table expr, boolean nullable, Scope into, List<GatherLeaf> mine) {
        if (isCte(expr.name())) {
            return Occurrence.derived(expr.exposedName(), Map.of(), nullable);
        }
        TableSource source = tables.source(expr.name());
        TableVSchema table = source.table();
        if (source.kind() == TableSource.Kind.SYSTEM) {
            throw VtError.VT12001.with("join of tables with those of MySQL's own schemas");
        }
        if (table == null) {
            return Occurrence.opaque(expr.exposedName(), nullable);
        }
        Occurrence occurrence = Occurrence.of(table, expr.exposedName(), nullable, VindexHint.of(expr.hints(), table));
        boolean whole = source.kind() == TableSource.Kind.UNSHARDED || source.kind() == TableSource.Kind.REFERENCE;
        if (whole && table.keyspace().equals(home)) {
            readsTables = true;
            return occurrence;
        }
        GatherLeaf leaf = new GatherLeaf(name(names++), expr, source, table, occurrence, into, outermost);
        leaves.add(leaf);
        mine.add(leaf);
        byExpr.put(expr, leaf);
        byOccurrence.put(occurrence, leaf);
        return occurrence;
    }

    private static String name(int index) {
        return "__rows" + index;
    }

    @Override
    public TableExpr table(TableExpr expr) {
        GatherLeaf leaf = byExpr.get(expr);
        if (leaf != null) {
            return new TableExpr.Table(
                    TableName.of(leaf.name()), List.of(), leaf.expr().exposedName(), List.of());
        }
        return super.table(expr);
    }

    @Override
    public SelectItem item(SelectItem item) {
        if (item instanceof SelectItem.Star star) {
            for (GatherLeaf leaf : block()) {
                if (star.table() == null || star.table().equals(leaf.expr().exposedName())) {
                    leaf.needsAllColumns();
                }
            }
        }
        return super.item(item);
    }

    private List<GatherLeaf> block() {
        List<GatherLeaf> block = visible.peek();
        return block == null ? List.of() : block;
    }

    @Override
    public Expr expr(Expr expr) {
        if (expr instanceof Match || expr instanceof Expr.Default) {
            throw VtError.VT12001.with("MATCH or DEFAULT over rows of several shards");
        }
        if (expr instanceof Expr.Column column) {
            for (List<GatherLeaf> block : visible) {
                for (GatherLeaf leaf : block) {
                    if (column.table() == null
                            || column.table().equals(leaf.expr().exposedName())) {
                        leaf.needs(column.name());
                    }
                }
            }
        }
        return super.expr(expr);
    }
}
