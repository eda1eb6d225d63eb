package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.ast.Cte;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.JoinKind;
import io.vtsphere.sql.ast.Node;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableQuery;
import io.vtsphere.sql.ast.Walker;
import io.vtsphere.sql.ast.With;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The blocks of a statement, the outermost first. Confined to one check. */
final class Blocks {
    private final Tables tables;
    private final List<Block> blocks = new ArrayList<>();
    private final Set<String> commonTables = new HashSet<>();
    private boolean setOperation;

    Blocks(Tables tables) {
        this.tables = tables;
    }

    List<Block> all() {
        return blocks;
    }

    List<Ref> shardedRefs() {
        return blocks.stream().flatMap(block -> block.shardedRefs().stream()).toList();
    }

    /** Whether a table is named that is in one place only. */
    boolean readsUnsharded() {
        return blocks.stream()
                .flatMap(block -> block.refs.stream())
                .anyMatch(ref -> ref.table != null && ref.sharded == null && !ref.broadcast);
    }

    boolean hasTables() {
        return blocks.stream().anyMatch(block -> !block.refs.isEmpty());
    }

    boolean hasCommonTables() {
        return !commonTables.isEmpty();
    }

    boolean hasSetOperation() {
        return setOperation;
    }

    void query(Query query, @Nullable Block parent) {
        with(query.with(), parent);
        if (query instanceof Select select) {
            select(select, parent);
        } else if (query instanceof SetOperation operation) {
            setOperation = true;
            query(operation.left(), parent);
            query(operation.right(), parent);
        } else if (query instanceof TableQuery table) {
            Block block = open(parent);
            table(TableExpr.Table.of(table.table()), block);
        } else {
            within(query, open(parent));
        }
    }

    private void select(Select select, @Nullable Block parent) {
        Block block = open(parent);
        select.from().forEach(each -> table(each, block));
        block.where(select.where(), block.conjuncts);
        within(select.withWith(null).withFrom(List.of()), block);
    }

    void with(@Nullable With with, @Nullable Block parent) {
        if (with != null) {
            for (Cte each : with.tables()) {
                commonTables.add(Block.lower(each.name()));
            }
            for (Cte each : with.tables()) {
                query(each.query(), parent);
            }
        }
    }

    Block open(@Nullable Block parent) {
        Block block = new Block(parent);
        blocks.add(block);
        return block;
    }

    void table(TableExpr expr, Block block) {
        if (expr instanceof TableExpr.Table table) {
            String name = table.name().name();
            boolean common = table.name().keyspace() == null && commonTables.contains(Block.lower(name));
            ShardedTable sharded = common ? null : tables.sharded(name);
            block.refs.add(new Ref(
                    table.exposedName(),
                    common ? null : name,
                    sharded,
                    !common && sharded == null && tables.broadcast(name)));
        } else if (expr instanceof TableExpr.Derived derived) {
            block.refs.add(new Ref(derived.alias(), null, null, false));
            query(derived.query(), block);
        } else if (expr instanceof TableExpr.Group group) {
            group.tables().forEach(each -> table(each, block));
        } else if (expr instanceof TableExpr.Join join) {
            table(join.left(), block);
            table(join.right(), block);
            block.joins.add(join);
            if (join.on() != null) {
                block.where(join.on(), outer(join.kind()) ? block.outer : block.conjuncts);
                within(join.on(), block);
            }
        } else if (expr instanceof TableExpr.JsonTable json) {
            block.refs.add(new Ref(json.alias(), null, null, true));
            within(json.document(), block);
        }
    }

    static boolean outer(JoinKind kind) {
        return kind == JoinKind.LEFT
                || kind == JoinKind.RIGHT
                || kind == JoinKind.NATURAL_LEFT
                || kind == JoinKind.NATURAL_RIGHT;
    }

    /** Finds the queries inside of an expression. */
    void within(Expr expr, Block block) {
        new Subqueries(block).walk(expr);
    }

    void within(Statement statement, Block block) {
        new Subqueries(block).walk(statement);
    }

    private final class Subqueries extends Walker {
        private final Block block;

        Subqueries(Block block) {
            this.block = block;
        }

        @Override
        protected boolean enter(Node node) {
            if (node instanceof Expr.Subquery subquery) {
                query(subquery.query(), block);
                return false;
            }
            if (node instanceof Expr.Exists exists) {
                query(exists.query(), block);
                return false;
            }
            return true;
        }
    }
}
