package io.vtsphere.planner;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.TableExpr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queries inside the expressions of one block: each must find all its rows on the shard of the block's row.
 *
 * <p>That is so when it reads only tables that every shard holds; when its conditions tie it to the block's row by a unique vindex; or when
 * it stands in {@code column IN (query)} as a condition of WHERE, and gives, row by row, the column that ties it.
 */
final class Subqueries {
    private final BlockAnalyzer analyzer;
    private final Block block;

    Subqueries(BlockAnalyzer analyzer, Block block) {
        this.analyzer = analyzer;
        this.block = block;
    }

    void attachAll() {
        Select select = block.select();
        for (Expr conjunct : Conjuncts.of(select.where())) {
            if (conjunct instanceof Expr.In in && !in.negated() && in.right() instanceof Expr.Subquery subquery) {
                attachAll(Functions.of(in.left()).queries());
                attach(subquery.query(), block.column(in.left()));
            } else {
                attachAll(Functions.of(conjunct).queries());
            }
        }
        select.from().forEach(this::joinConditions);
        attachAll(Functions.ofResult(select).queries());
    }

    private void joinConditions(TableExpr expr) {
        if (expr instanceof TableExpr.Join join) {
            joinConditions(join.left());
            joinConditions(join.right());
            attachAll(Functions.of(join.on()).queries());
        } else if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(this::joinConditions);
        }
    }

    private void attachAll(List<Query> queries) {
        queries.forEach(query -> attach(query, null));
    }

    /** Checks one query; {@code left} is the column that its only output is compared with by IN, or null. */
    private void attach(Query query, @Nullable ColumnId left) {
        if (query instanceof SetOperation operation) {
            attach(operation.left(), null);
            attach(operation.right(), null);
            return;
        }
        Block inner = analyzer.nested(BlockAnalyzer.asSelect(query), block);
        for (Component component : inner.components()) {
            if (!tie(component, inner.facts()) && !tieByIn(component, inner, left)) {
                adopt(component, inner.facts());
            }
        }
    }

    private boolean tie(Component component, Facts facts) {
        for (Component mine : block.components()) {
            if (mine.isConnectedTo(component, facts)) {
                if (component.singleShardReason() != null) {
                    mine.needsSingleShard(component.singleShardReason());
                }
                return true;
            }
        }
        return false;
    }

    private boolean tieByIn(Component component, Block inner, @Nullable ColumnId left) {
        if (left == null || inner.select().items().size() != 1) {
            return false;
        }
        ColumnId output = inner.output(inner.select().items().get(0));
        if (output == null || new Locality(inner, component).reason() != null) {
            return false;
        }
        Facts matching = inner.facts().copy();
        matching.equal(left, output);
        return tie(component, matching);
    }

    /** A block without sharded tables of its own goes where the query's rows are, all of them on one shard. */
    private void adopt(Component component, Facts facts) {
        if (!block.components().isEmpty()) {
            throw BlockAnalyzer.crossShard(
                    "subquery that needs a join", block.components().get(0), component);
        }
        component.needsSingleShard("subquery over sharded tables beside tables that every shard holds");
        for (Component.Key key : component.keys()) {
            for (ColumnId column : key.columns()) {
                RouteValue value = facts.valueOf(column);
                if (value != null) {
                    block.facts().equal(column, value);
                }
            }
        }
        block.components().add(component);
    }
}
