package io.vtsphere.shardingsphere.topology.v51;

import io.vtsphere.shardingsphere.topology.RoutingPlan;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Database;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Kind;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Table;
import java.util.Properties;
import org.apache.shardingsphere.infra.config.algorithm.ShardingSphereAlgorithmConfiguration;
import org.apache.shardingsphere.sharding.api.config.ShardingRuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.rule.ShardingTableRuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.keygen.KeyGenerateStrategyConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.ComplexShardingStrategyConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.NoneShardingStrategyConfiguration;

/** A database's plan as 5.1's sharding rule. Stateless. */
final class ShardingRules {
    private ShardingRules() {}

    static ShardingRuleConfiguration configuration(Database database) {
        ShardingRuleConfiguration configuration = new ShardingRuleConfiguration();
        for (Table table : database.tables()) {
            if (table.kind() == Kind.REFERENCE) {
                configuration.getBroadcastTables().add(table.name());
            } else if (table.kind() != Kind.UNSHARDED || table.sequence() != null) {
                configuration.getTables().add(table(configuration, table));
            }
        }
        return configuration;
    }

    private static ShardingTableRuleConfiguration table(ShardingRuleConfiguration configuration, Table table) {
        // No nodes: the table lies in all the data sources that the rule is given. Where they are spelt out the host
        // runs them as a script
        // and keeps it for ever, so that it happens for tables of one shard only, whose names are letters, digits, _
        // and -.
        String nodes = table.kind() == Kind.PINNED ? table.pinnedTo() + "." + table.name() : null;
        ShardingTableRuleConfiguration result = new ShardingTableRuleConfiguration(table.name(), nodes);
        result.setTableShardingStrategy(new NoneShardingStrategyConfiguration());
        if (table.algorithm() == null) {
            result.setDatabaseShardingStrategy(new NoneShardingStrategyConfiguration());
        } else {
            result.setDatabaseShardingStrategy(
                    new ComplexShardingStrategyConfiguration(String.join(",", table.shardingColumns()), table.name()));
            configuration.getShardingAlgorithms().put(table.name(), algorithm(table.algorithm()));
        }
        if (table.sequence() != null) {
            result.setKeyGenerateStrategy(
                    new KeyGenerateStrategyConfiguration(table.sequence().column(), table.name()));
            configuration
                    .getKeyGenerators()
                    .put(table.name(), algorithm(table.sequence().generator()));
        }
        return result;
    }

    private static ShardingSphereAlgorithmConfiguration algorithm(RoutingPlan.Algorithm algorithm) {
        Properties props = new Properties();
        props.putAll(algorithm.props());
        return new ShardingSphereAlgorithmConfiguration(algorithm.type(), props);
    }
}
