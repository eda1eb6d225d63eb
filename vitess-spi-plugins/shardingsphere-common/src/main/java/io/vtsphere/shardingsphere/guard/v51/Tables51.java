package io.vtsphere.shardingsphere.guard.v51;

import io.vtsphere.shardingsphere.guard.ShardedTable;
import io.vtsphere.shardingsphere.guard.Tables;
import io.vtsphere.shardingsphere.guard.host.Strategies;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.shardingsphere.infra.metadata.schema.ShardingSphereSchema;
import org.apache.shardingsphere.infra.metadata.schema.model.ColumnMetaData;
import org.apache.shardingsphere.infra.metadata.schema.model.TableMetaData;
import org.apache.shardingsphere.sharding.rule.ShardingRule;
import org.apache.shardingsphere.sharding.rule.TableRule;
import org.jspecify.annotations.Nullable;

/** The tables of a schema. Thread-safe as the schema is. */
record Tables51(ShardingRule rule, ShardingSphereSchema schema) implements Tables {
    @Override
    public @Nullable ShardedTable sharded(String table) {
        TableRule found = rule.findTableRule(table).orElse(null);
        if (found == null || found.getActualDataNodes().size() < 2) {
            return null;
        }
        TableRule lead = rule.findBindingTableRule(table)
                .flatMap(binding -> binding.getAllLogicTables().stream().min(Comparator.naturalOrder()))
                .flatMap(rule::findTableRule)
                .orElse(found);
        return new ShardedTable(
                found.getLogicTable(),
                Strategies.columns(
                        rule.getDatabaseShardingStrategyConfiguration(found),
                        rule.getTableShardingStrategyConfiguration(found)),
                Strategies.group(
                        lead.getLogicTable(),
                        rule.getDatabaseShardingStrategyConfiguration(lead),
                        lead.getDatasourceToTablesMap()));
    }

    @Override
    public boolean broadcast(String table) {
        return rule.isBroadcastTable(table);
    }

    @Override
    public @Nullable Integer type(String table, String column) {
        TableMetaData found = schema.get(table);
        ColumnMetaData type = found == null ? null : found.getColumns().get(column.toLowerCase(Locale.ROOT));
        return type == null ? null : type.getDataType();
    }

    @Override
    public List<String> columns(String table) {
        TableMetaData found = schema.get(table);
        return found == null ? List.of() : List.copyOf(found.getColumns().keySet());
    }
}
