package io.vtsphere.shardingsphere.guard;

import java.util.List;

/**
 * A table whose rows the host spreads over several places. Immutable.
 *
 * @param columns the sharding columns in lower case, in the order of the strategy; empty where the place is given by a hint
 * @param group equal for tables whose rows lie together when their sharding columns are equal
 */
public record ShardedTable(String name, List<String> columns, String group) {
    public ShardedTable {
        columns = List.copyOf(columns);
    }
}
