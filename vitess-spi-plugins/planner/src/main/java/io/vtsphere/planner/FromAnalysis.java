package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.JoinKind;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The FROM clause of one query block: which tables it has, what its joins say, and which of its rows are proven to lie together.
 *
 * <p>First {@link #declare} every table expression, which fills the scope and the facts that all rows of the result fulfil; then, when the
 * facts of WHERE are known too, {@link #components} joins them. The rows that an outer join adds are what makes the order matter: its ON
 * condition holds for matching pairs only, so it may prove that they lie on one shard, but restricts no row of the preserved side.
 */
final class FromAnalysis {
    private final BlockAnalyzer analyzer;
    private final Scope scope;
    private final Facts facts;
    private final Map<TableExpr, Leaf> leaves = new IdentityHashMap<>();

    /**
     * A table or derived table.
     *
     * @param sharded where its rows are; empty when every shard has all of them
     * @param facts what holds for its rows
     */
    private record Leaf(List<Component> sharded, Facts facts) {}

    FromAnalysis(BlockAnalyzer analyzer, Scope scope, Facts facts) {
        this.analyzer = analyzer;
        this.scope = scope;
        this.facts = facts;
    }

    /** Enters the tables into the scope, and the conditions of inner joins into the facts. */
    void declare(List<TableExpr> from) {
        from.forEach(expr -> declare(expr, false));
        Conjuncts conjuncts = new Conjuncts(scope, facts);
        from.forEach(expr -> innerConditions(expr, conjuncts, facts));
    }

    private void declare(TableExpr expr, boolean nullable) {
        if (expr instanceof TableExpr.Table table) {
            leaves.put(expr, table(table, nullable));
        } else if (expr instanceof TableExpr.Derived derived) {
            if (derived.lateral()) {
                throw VtError.VT12001.with("lateral derived tables");
            }
            leaves.put(
                    expr,
                    derived(analyzer.derived(derived.query(), scope), derived.alias(), derived.columns(), nullable));
        } else if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(table -> declare(table, nullable));
        } else if (expr instanceof TableExpr.Join join) {
            refuseNatural(join.kind());
            declare(join.left(), nullable || join.kind() == JoinKind.RIGHT);
            declare(join.right(), nullable || join.kind() == JoinKind.LEFT);
        } else {
            throw VtError.VT12001.with("json_table expressions");
        }
    }

    private static void refuseNatural(JoinKind kind) {
        if (kind == JoinKind.NATURAL || kind == JoinKind.NATURAL_LEFT || kind == JoinKind.NATURAL_RIGHT) {
            throw VtError.VT12001.with(kind.text());
        }
    }

    private Leaf table(TableExpr.Table table, boolean nullable) {
        Scope.Cte cte = table.name().keyspace() == null ? scope.cte(table.name().name()) : null;
        if (cte != null) {
            return derived(analyzer.derived(cte.query(), cte.scope()), table.exposedName(), cte.columns(), nullable);
        }
        TableSource source = analyzer.tables().source(table.name());
        TableVSchema vschema = source.table();
        if (vschema == null) {
            if (source.kind() == TableSource.Kind.SYSTEM) {
                throw VtError.VT12001.with(
                        "join of sharded tables with " + table.name().keyspace() + " tables");
            }
            scope.add(Occurrence.opaque(table.exposedName(), nullable));
            return new Leaf(List.of(), new Facts());
        }
        Occurrence occurrence =
                Occurrence.of(vschema, table.exposedName(), nullable, VindexHint.of(table.hints(), vschema));
        scope.add(occurrence);
        Facts own = new Facts();
        List<Component> components = new ArrayList<>();
        switch (source.kind()) {
            case SHARDED -> components.add(Component.of(occurrence, vschema));
            case PINNED ->
                components.add(Component.pinned(
                        occurrence,
                        vschema,
                        analyzer.tables().pinVindex(vschema.keyspace()),
                        own,
                        Tables.pin(vschema)));
            case UNSHARDED ->
                throw VtError.VT12001.with("query over tables of several keyspaces: "
                        + String.join(", ", analyzer.tables().used()));
            case REFERENCE -> analyzer.reference(vschema);
            case DUAL, SYSTEM -> throw new IllegalStateException("no VSchema for " + table.name());
        }
        return new Leaf(components, own);
    }

    private Leaf derived(BlockAnalyzer.Derived inner, String alias, List<String> names, boolean nullable) {
        if (nullable) {
            inner.components().forEach(component -> component.tables().forEach(Occurrence::setNullable));
        }
        scope.add(Occurrence.derived(alias, inner.outputs(names), nullable));
        return new Leaf(inner.components(), inner.facts());
    }

    /** What holds for every row that is not filled up with NULL: the conditions of inner joins, and what holds inside derived tables. */
    private void innerConditions(TableExpr expr, Conjuncts conjuncts, Facts into) {
        if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(table -> innerConditions(table, conjuncts, into));
        } else if (expr instanceof TableExpr.Join join) {
            if (join.kind() == JoinKind.LEFT) {
                innerConditions(join.left(), conjuncts, into);
            } else if (join.kind() == JoinKind.RIGHT) {
                innerConditions(join.right(), conjuncts, into);
            } else {
                innerConditions(join.left(), conjuncts, into);
                innerConditions(join.right(), conjuncts, into);
                conditions(join, conjuncts, into);
            }
        } else {
            into.addAll(leaf(expr).facts());
        }
    }

    private void conditions(TableExpr.Join join, Conjuncts conjuncts, Facts into) {
        conjuncts.add(join.on());
        for (String column : join.using()) {
            ColumnId left = onlyColumn(join.left(), column);
            ColumnId right = onlyColumn(join.right(), column);
            if (left != null && right != null) {
                into.equal(left, right);
            }
        }
    }

    private @Nullable ColumnId onlyColumn(TableExpr side, String column) {
        if (!(side instanceof TableExpr.Table table)) {
            return null;
        }
        return scope.resolve(new Expr.Column(null, table.exposedName(), column));
    }

    /** The tables with those merged that lie together; every two that are left are on different shards. */
    List<Component> components(List<TableExpr> from) {
        return Component.combine(
                from.stream().flatMap(expr -> join(expr, facts).stream()).toList(), facts);
    }

    private List<Component> join(TableExpr expr, Facts known) {
        if (expr instanceof TableExpr.Group group) {
            return Component.combine(
                    group.tables().stream()
                            .flatMap(table -> join(table, known).stream())
                            .toList(),
                    known);
        }
        if (!(expr instanceof TableExpr.Join join)) {
            return leaf(expr).sharded();
        }
        if (join.kind() == JoinKind.LEFT) {
            return outer(join, join.left(), join.right(), known);
        }
        if (join.kind() == JoinKind.RIGHT) {
            return outer(join, join.right(), join.left(), known);
        }
        List<Component> both = new ArrayList<>(join(join.left(), known));
        both.addAll(join(join.right(), known));
        return Component.combine(both, known);
    }

    private List<Component> outer(TableExpr.Join join, TableExpr preserved, TableExpr filled, Facts known) {
        Facts matching = known.copy();
        Conjuncts conjuncts = new Conjuncts(scope, matching);
        innerConditions(filled, conjuncts, matching);
        conditions(join, conjuncts, matching);
        List<Component> outer = join(preserved, known);
        List<Component> inner = join(filled, matching);
        if (inner.isEmpty()) {
            return outer;
        }
        if (outer.isEmpty()) {
            inner.forEach(component ->
                    component.needsSingleShard("outer join of a table that every shard holds with a sharded table"));
            return inner;
        }
        for (Component component : inner) {
            Component partner = outer.stream()
                    .filter(candidate -> candidate.isConnectedTo(component, matching))
                    .findFirst()
                    .orElseThrow(() -> BlockAnalyzer.crossShard("outer join", outer.get(0), component));
            partner.merge(component);
        }
        return outer;
    }

    private Leaf leaf(TableExpr expr) {
        Leaf leaf = leaves.get(expr);
        if (leaf == null) {
            throw new IllegalStateException("table expression was not declared");
        }
        return leaf;
    }
}
