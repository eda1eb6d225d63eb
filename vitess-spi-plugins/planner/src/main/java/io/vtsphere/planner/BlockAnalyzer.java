package io.vtsphere.planner;

import io.vtsphere.sql.ast.Cte;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableQuery;
import io.vtsphere.sql.ast.With;
import io.vtsphere.topo.ColumnVSchema;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Proves which rows of a query over a sharded keyspace lie together, or refuses the query.
 *
 * <p>What it lets through may be sent unchanged to every shard that the root block's routing reaches: each table, derived table and
 * subquery then finds on the shard all the rows that it needs for the rows of the root that lie there.
 */
final class BlockAnalyzer {
    private final Tables tables;
    private final List<TableVSchema> references = new ArrayList<>();

    BlockAnalyzer(Tables tables) {
        this.tables = tables;
    }

    Tables tables() {
        return tables;
    }

    /** The reference tables that were met. */
    List<TableVSchema> references() {
        return references;
    }

    void reference(TableVSchema table) {
        references.add(table);
    }

    /** The block of a whole statement; it has at most one component. */
    Block root(Select select) {
        Block block = analyze(select, Scope.within(null), new Facts());
        requireOne(block.components());
        return block;
    }

    /**
     * A query in FROM.
     *
     * @param columns those of its outputs that are columns of tables inside, by lower-case name
     * @param positions the same by place; null where a star hides the places
     */
    record Derived(
            Map<String, ColumnId> columns,
            @Nullable List<@Nullable ColumnId> positions,
            List<Component> components,
            Facts facts) {
        /** Its columns under those names; under their own when there are none. */
        Map<String, ColumnId> outputs(List<String> names) {
            if (names.isEmpty() || positions == null) {
                return names.isEmpty() ? columns : Map.of();
            }
            Map<String, ColumnId> renamed = new HashMap<>();
            for (int i = 0; i < names.size() && i < positions.size(); i++) {
                ColumnId column = positions.get(i);
                if (column != null) {
                    renamed.put(names.get(i).toLowerCase(Locale.ROOT), column);
                }
            }
            return renamed;
        }
    }

    /** A derived table or common table expression; refused unless each shard can compute its own part of it. */
    Derived derived(Query query, @Nullable Scope around) {
        if (query instanceof SetOperation operation) {
            return union(operation, around);
        }
        Block block = analyze(asSelect(query), Scope.isolated(around), new Facts());
        requireOne(block.components());
        for (Component component : block.components()) {
            String reason = new Locality(block, component).reason();
            if (reason != null) {
                requireFixed(component, block.facts(), reason + " in a derived table");
            }
        }
        return outputs(block);
    }

    private Derived union(SetOperation operation, @Nullable Scope around) {
        Scope scope = Scope.isolated(around);
        define(operation.with(), scope);
        Derived left = derived(operation.left(), scope);
        Derived right = derived(operation.right(), scope);
        Facts facts = left.facts().copy();
        facts.addAll(right.facts());
        List<Component> both = new ArrayList<>(left.components());
        both.addAll(right.components());
        List<Component> combined = Component.combine(both, facts);
        requireOne(combined);
        combined.forEach(
                component -> requireFixed(component, facts, operation.operator().text() + " in a derived table"));
        return new Derived(Map.of(), null, combined, facts);
    }

    private static void requireFixed(Component component, Facts facts, String reason) {
        if (!component.isFixed(facts)) {
            throw VtError.VT12001.with(reason + " over several shards");
        }
        component.needsSingleShard(reason);
    }

    private static Derived outputs(Block block) {
        Map<String, ColumnId> columns = new HashMap<>();
        List<@Nullable ColumnId> positions = new ArrayList<>();
        boolean star = false;
        for (SelectItem item : block.select().items()) {
            ColumnId column = block.output(item);
            positions.add(column);
            if (item instanceof SelectItem.Item expression && column != null) {
                String name = expression.alias() == null ? column.column() : expression.alias();
                columns.put(name.toLowerCase(Locale.ROOT), column);
            } else if (item instanceof SelectItem.Star all) {
                star = true;
                for (Occurrence occurrence : block.scope().tables()) {
                    if (all.table() == null || all.table().equals(occurrence.exposedName())) {
                        addKnownColumns(occurrence, columns);
                    }
                }
            }
        }
        return new Derived(columns, star ? null : positions, block.components(), block.facts());
    }

    private static void addKnownColumns(Occurrence occurrence, Map<String, ColumnId> columns) {
        TableVSchema table = occurrence.table();
        List<String> names = new ArrayList<>();
        if (table == null) {
            names.addAll(occurrence.outputNames());
        } else {
            table.columns().stream().map(ColumnVSchema::name).forEach(names::add);
            table.columnVindexes().stream().map(ColumnVindex::columns).forEach(names::addAll);
        }
        for (String name : names) {
            ColumnId column = occurrence.column(name);
            if (column != null) {
                columns.putIfAbsent(name.toLowerCase(Locale.ROOT), column);
            }
        }
    }

    /** Analyses a block whose tables are entered into {@code scope} and whose facts are added to {@code facts}. */
    private Block analyze(Select select, Scope scope, Facts facts) {
        define(select.with(), scope);
        FromAnalysis from = new FromAnalysis(this, scope, facts);
        from.declare(select.from());
        new Conjuncts(scope, facts).add(select.where());
        Block block = new Block(select, scope, facts, new ArrayList<>(from.components(select.from())));
        new Subqueries(this, block).attachAll();
        return block;
    }

    Block nested(Select select, Block around) {
        return analyze(select, Scope.within(around.scope()), around.facts().copy());
    }

    private static void define(@Nullable With with, Scope scope) {
        if (with == null) {
            return;
        }
        if (with.recursive()) {
            throw VtError.VT12001.with("recursive common table expressions over sharded tables");
        }
        for (Cte cte : with.tables()) {
            Scope inner = Scope.isolated(scope.copyOfCtes());
            scope.define(cte.name(), new Scope.Cte(cte.query(), cte.columns(), inner));
        }
    }

    static Select asSelect(Query query) {
        if (query instanceof Select select) {
            return select;
        }
        if (query instanceof TableQuery table) {
            Select all = Select.of(List.of(SelectItem.Star.ALL), List.of(TableExpr.Table.of(table.table())), null);
            return all.withOrderBy(table.orderBy()).withLimit(table.limit());
        }
        throw VtError.VT12001.with("VALUES statement in a query over sharded tables");
    }

    private static void requireOne(List<Component> components) {
        if (components.size() > 1) {
            throw crossShard("join", components.get(0), components.get(1));
        }
    }

    static VtException crossShard(String what, Component left, Component right) {
        return VtError.VT12001.with(what + " of rows on different shards: " + names(left) + " and " + names(right));
    }

    private static String names(Component component) {
        return String.join(
                ", ", component.tables().stream().map(Occurrence::toString).toList());
    }
}
