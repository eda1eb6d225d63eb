package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.sql.ast.CallProcedure;
import io.vtsphere.sql.ast.Ddl;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.InsertSource;
import io.vtsphere.sql.ast.Load;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.vterrors.VtException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a host would answer otherwise than one MySQL, because it routes it to the wrong shards or merges their answers wrong.
 *
 * <p>Knows the shapes that the host does right, and refuses the others. Thread-safe.
 */
public final class Guard {
    private final Host host;

    public Guard(Host host) {
        this.host = host;
    }

    /**
     * Lets a statement pass that the host has routed, in a database of several shards.
     *
     * @throws VtException VT12001 with the name of the construct that the host would answer wrong
     */
    public void check(String sql, Tables tables, Routed routed) {
        if (routed.units() <= 1 && PointScan.isPoint(sql, tables)) {
            return;
        }
        String reason = new Check(sql, parse(sql), tables, routed).reason();
        if (reason != null) {
            throw Refusal.of(reason);
        }
    }

    private static Statement parse(String sql) {
        try {
            return SqlParser.parse(sql, SqlModes.DEFAULT);
        } catch (VtException e) {
            throw Refusal.of("a statement that cannot be read (" + e.getMessage() + ")");
        }
    }

    private final class Check {
        private final String sql;
        private final Statement statement;
        private final Tables tables;
        private final Routed routed;
        private final Blocks blocks;
        private final Conditions conditions;

        Check(String sql, Statement statement, Tables tables, Routed routed) {
            this.sql = sql;
            this.statement = statement;
            this.tables = tables;
            this.routed = routed;
            this.blocks = new Blocks(tables);
            this.conditions = new Conditions(host, routed.parameters());
        }

        @Nullable
        String reason() {
            if (statement instanceof Query query) {
                blocks.query(query, null);
                return query(query);
            }
            if (statement instanceof Insert insert) {
                return insert(insert);
            }
            if (statement instanceof Update update) {
                return update(update);
            }
            if (statement instanceof Delete delete) {
                return delete(delete);
            }
            if (statement instanceof Ddl ddl && ddl.query() != null) {
                blocks.query(ddl.query(), null);
                return blocks.shardedRefs().isEmpty() ? null : "CREATE … SELECT and views of sharded tables";
            }
            if (statement instanceof Load) {
                return "LOAD DATA";
            }
            return statement instanceof CallProcedure ? "CALL" : null;
        }

        private @Nullable String query(Query query) {
            if (routed.units() > 1 || !blocks.hasTables()) {
                String state = SessionState.read(query);
                if (state != null) {
                    return state;
                }
            }
            if (blocks.shardedRefs().isEmpty()) {
                return null;
            }
            String rewritten = query instanceof Select select
                    ? new DistinctShapes(select, host, !routed.parameters().isEmpty(), routed.units() > 1).wrong(sql)
                    : null;
            return rewritten == null ? routing(query) : rewritten;
        }

        /** Of a statement that names a sharded table. */
        private @Nullable String routing(@Nullable Query query) {
            if (blocks.hasCommonTables() && !host.commonTableExpressions()) {
                return "WITH";
            }
            Links links = new Links(blocks.all());
            if (!whole()) {
                String missed = new Reach(blocks, links, conditions).missed();
                if (missed != null) {
                    return missed;
                }
            }
            return routed.units() > 1 ? merging(query, links) : null;
        }

        /** Of tables that lie together the host names one only. */
        private boolean whole() {
            Set<String> groups = new HashSet<>();
            for (String table : routed.whole()) {
                ShardedTable of = tables.sharded(table);
                if (of != null) {
                    groups.add(of.group());
                }
            }
            return blocks.shardedRefs().stream()
                    .allMatch(ref -> ref.sharded != null && groups.contains(ref.sharded.group()));
        }

        private @Nullable String merging(@Nullable Query query, Links links) {
            if (blocks.hasCommonTables()) {
                return "WITH";
            }
            if (blocks.hasSetOperation()) {
                return "UNION";
            }
            if (blocks.all().size() > 1) {
                return "a subquery";
            }
            Block block = blocks.all().get(0);
            String crossing = new Joins(block, links).crossing();
            if (crossing != null) {
                return crossing;
            }
            if (query instanceof Select select) {
                return new SelectShapes(select, block, tables).unmerged();
            }
            return query == null ? null : "TABLE";
        }

        private @Nullable String insert(Insert insert) {
            ShardedTable table = tables.sharded(insert.table().name());
            blocks.within(insert, blocks.open(null));
            if (insert.source() instanceof InsertSource.FromQuery from && table == null) {
                blocks.query(from.query(), null);
            }
            if (!blocks.shardedRefs().isEmpty()) {
                return (insert.replace() ? "REPLACE" : "INSERT") + " that reads a sharded table";
            }
            if (table == null) {
                return broadcast(insert.table().name());
            }
            return table.columns().isEmpty()
                    ? null
                    : new WriteShapes(host, tables, routed.parameters()).insert(insert, table);
        }

        private @Nullable String broadcast(String table) {
            String random = routed.units() > 1 || tables.broadcast(table) ? SessionState.random(statement) : null;
            String state = routed.units() > 1 ? SessionState.read(statement) : null;
            return random == null ? state : random;
        }

        private @Nullable String update(Update update) {
            blocks.with(update.with(), null);
            Block block = blocks.open(null);
            update.tables().forEach(each -> blocks.table(each, block));
            block.where(update.where(), block.conjuncts);
            blocks.within(update.withTables(List.of()).withWith(null), block);
            String moves = new WriteShapes(host, tables, routed.parameters())
                    .moves(update.assignments(), block, conditions, routed.units() <= 1);
            return moves == null ? written("UPDATE", update.tables(), update.limit() != null) : moves;
        }

        private @Nullable String delete(Delete delete) {
            blocks.with(delete.with(), null);
            Block block = blocks.open(null);
            delete.tables().forEach(each -> blocks.table(each, block));
            block.where(delete.where(), block.conjuncts);
            blocks.within(delete.withTables(List.of()).withWith(null), block);
            return written("DELETE", delete.tables(), delete.limit() != null);
        }

        private @Nullable String written(String verb, List<TableExpr> of, boolean limited) {
            if (routed.units() > 1) {
                if (limited) {
                    return verb + " … LIMIT";
                }
                if (of.size() > 1 || !(of.get(0) instanceof TableExpr.Table)) {
                    return verb + " of joined tables";
                }
            }
            if (!blocks.shardedRefs().isEmpty()) {
                String state = routed.units() > 1 ? SessionState.read(statement) : null;
                return state == null ? routing(null) : state;
            }
            return of.get(0) instanceof TableExpr.Table table
                    ? broadcast(table.name().name())
                    : null;
        }
    }
}
