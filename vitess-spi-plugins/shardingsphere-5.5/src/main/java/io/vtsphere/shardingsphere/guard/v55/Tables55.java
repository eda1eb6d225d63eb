package io.vtsphere.shardingsphere.guard.v55;

import io.vtsphere.shardingsphere.guard.ShardedTable;
import io.vtsphere.shardingsphere.guard.Tables;
import io.vtsphere.shardingsphere.guard.host.Strategies;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.shardingsphere.broadcast.rule.BroadcastRule;
import org.apache.shardingsphere.infra.metadata.database.ShardingSphereDatabase;
import org.apache.shardingsphere.infra.metadata.database.schema.model.ShardingSphereColumn;
import org.apache.shardingsphere.infra.metadata.database.schema.model.ShardingSphereTable;
import org.apache.shardingsphere.sharding.rule.ShardingRule;
import org.apache.shardingsphere.sharding.rule.ShardingTable;
import org.jspecify.annotations.Nullable;

/** The tables of a database. Thread-safe as the database is. */
record Tables55(ShardingRule rule, ShardingSphereDatabase database) implements Tables {
    @Override
    public @Nullable ShardedTable sharded(String table) {
        ShardingTable found = rule.findShardingTable(table).orElse(null);
        if (found == null || found.getActualDataNodes().size() < 2) {
            return null;
        }
        ShardingTable lead = rule.findBindingTableRule(table)
                .flatMap(binding -> binding.getAllLogicTables().stream().min(Comparator.naturalOrder()))
                .flatMap(rule::findShardingTable)
                .orElse(found);
        return new ShardedTable(
                found.getLogicTable(),
                Strategies.columns(
                        rule.getDatabaseShardingStrategyConfiguration(found),
                        rule.getTableShardingStrategyConfiguration(found)),
                Strategies.group(
                        lead.getLogicTable(),
                        rule.getDatabaseShardingStrategyConfiguration(lead),
                        lead.getDataSourceToTablesMap()));
    }

    @Override
    public boolean broadcast(String table) {
        return database.getRuleMetaData()
                .findSingleRule(BroadcastRule.class)
                .map(found -> !found.getBroadcastTableNames(List.of(table)).isEmpty())
                .orElse(false);
    }

    private @Nullable ShardingSphereTable table(String name) {
        return database.getAllSchemas().stream()
                .filter(schema -> schema.containsTable(name))
                .map(schema -> schema.getTable(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable Integer type(String table, String column) {
        ShardingSphereTable found = table(table);
        ShardingSphereColumn type = found == null || !found.containsColumn(column) ? null : found.getColumn(column);
        return type == null ? null : type.getDataType();
    }

    @Override
    public List<String> columns(String table) {
        ShardingSphereTable found = table(table);
        return found == null
                ? List.of()
                : found.getAllColumns().stream()
                        .map(column -> column.getName().toLowerCase(Locale.ROOT))
                        .toList();
    }
}
