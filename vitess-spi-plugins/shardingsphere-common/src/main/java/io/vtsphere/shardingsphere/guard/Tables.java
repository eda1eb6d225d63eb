package io.vtsphere.shardingsphere.guard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a host knows of its tables. Names are found in any case. Thread-safe. */
public interface Tables {
    /** Null for a table that is not sharded. */
    @Nullable
    ShardedTable sharded(String table);

    /** Whether every shard has the same rows of that table. */
    boolean broadcast(String table);

    /** Of {@link java.sql.Types}; null when the host does not know the column. */
    @Nullable
    Integer type(String table, String column);

    /** The columns in the table's order, in lower case; empty when the host does not know them. */
    List<String> columns(String table);
}
