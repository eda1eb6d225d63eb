package io.vtsphere.shardingsphere.guard;

import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Customers and orders that lie together, items that do not, stock by two columns, a broadcast table; every other table is in one place. */
final class KnownTables implements Tables {
    private static final Map<String, ShardedTable> SHARDED = Map.of(
            "customer", new ShardedTable("customer", List.of("customer_id"), "a"),
            "orders", new ShardedTable("orders", List.of("customer_id"), "a"),
            "item", new ShardedTable("item", List.of("item_id"), "b"),
            "stock", new ShardedTable("stock", List.of("region", "sku"), "c"),
            "hinted", new ShardedTable("hinted", List.of(), "d"));
    private static final Map<String, Integer> TYPES = Map.of(
            "customer_id", Types.BIGINT,
            "age", Types.INTEGER,
            "amount", Types.INTEGER,
            "balance", Types.DECIMAL,
            "score", Types.DOUBLE,
            "seen", Types.TIMESTAMP,
            "name", Types.VARCHAR);

    @Override
    public @Nullable ShardedTable sharded(String table) {
        return SHARDED.get(table.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean broadcast(String table) {
        return table.equalsIgnoreCase("country");
    }

    @Override
    public @Nullable Integer type(String table, String column) {
        return table.equals("setting") ? null : TYPES.get(column.toLowerCase(Locale.ROOT));
    }

    @Override
    public List<String> columns(String table) {
        return table.equals("customer") ? List.of("customer_id", "name", "age") : List.of();
    }
}
