package io.vtsphere.shardingsphere.guard;

import org.jspecify.annotations.Nullable;

/**
 * A table where it is named in a statement. Compared by identity: one table may be named twice.
 *
 * <p>The table name is null for a derived table.
 */
final class Ref {
    final String exposed;
    final @Nullable String table;
    final @Nullable ShardedTable sharded;
    final boolean broadcast;

    Ref(String exposed, @Nullable String table, @Nullable ShardedTable sharded, boolean broadcast) {
        this.exposed = exposed;
        this.table = table;
        this.sharded = sharded;
        this.broadcast = broadcast;
    }

    /** Whether that column of this table decides where a row lies. */
    boolean shardsBy(String column) {
        ShardedTable of = sharded;
        return of != null && of.columns().contains(column);
    }
}
