package io.vtsphere.shardingsphere.guard;

import io.vtsphere.sql.ast.JoinKind;
import io.vtsphere.sql.ast.TableExpr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which joins every shard can do for itself. Confined to one check. */
final class Joins {
    private final Block block;
    private final Links links;

    Joins(Block block, Links links) {
        this.block = block;
        this.links = links;
    }

    /** The construct that needs rows of several shards at once; null if there is none. */
    @Nullable
    String crossing() {
        for (Ref ref : block.refs) {
            if (ref.sharded == null && !ref.broadcast) {
                return ref.table == null ? "a derived table" : "a join with the unsharded table " + ref.table;
            }
        }
        for (TableExpr.Join join : block.joins) {
            if (join.kind().text().startsWith("natural")) {
                return "NATURAL JOIN";
            }
            if (join.kind() == JoinKind.LEFT && !sharded(join.left())
                    || join.kind() == JoinKind.RIGHT && !sharded(join.right())) {
                return "an outer join that keeps the rows of a broadcast table";
            }
        }
        List<Ref> refs = block.shardedRefs();
        Ref apart = links.apart(refs);
        return apart == null ? null : "a join other than on the sharding columns, of table " + apart.table + ",";
    }

    private boolean sharded(TableExpr expr) {
        if (expr instanceof TableExpr.Table table) {
            return block.refs.stream().anyMatch(ref -> ref.sharded != null && ref.exposed.equals(table.exposedName()));
        }
        if (expr instanceof TableExpr.Group group) {
            return group.tables().stream().anyMatch(this::sharded);
        }
        return expr instanceof TableExpr.Join join
                && (join.kind() == JoinKind.RIGHT
                        ? sharded(join.right())
                        : sharded(join.left()) || join.kind() != JoinKind.LEFT && sharded(join.right()));
    }
}
