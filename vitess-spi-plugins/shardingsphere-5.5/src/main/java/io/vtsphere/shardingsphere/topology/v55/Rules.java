package io.vtsphere.shardingsphere.topology.v55;

import io.vtsphere.shardingsphere.topology.RoutingPlan;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Database;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Kind;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.shardingsphere.broadcast.config.BroadcastRuleConfiguration;
import org.apache.shardingsphere.infra.algorithm.core.config.AlgorithmConfiguration;
import org.apache.shardingsphere.infra.config.rule.RuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.ShardingRuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.rule.ShardingTableRuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.keygen.KeyGenerateStrategyConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.ComplexShardingStrategyConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.NoneShardingStrategyConfiguration;

/** A database's plan as 5.5's rules. Stateless. */
final class Rules {
    private Rules() {}

    static Collection<RuleConfiguration> configurations(Database database) {
        ShardingRuleConfiguration sharding = new ShardingRuleConfiguration();
        List<String> references = new ArrayList<>();
        for (Table table : database.tables()) {
            if (table.kind() == Kind.REFERENCE) {
                references.add(table.name());
            } else if (table.kind() != Kind.UNSHARDED || table.sequence() != null) {
                sharding.getTables().add(table(sharding, database, table));
            }
        }
        Collection<RuleConfiguration> rules = new ArrayList<>();
        rules.add(sharding);
        if (!references.isEmpty()) {
            rules.add(new BroadcastRuleConfiguration(references));
        }
        return rules;
    }

    private static ShardingTableRuleConfiguration table(
            ShardingRuleConfiguration sharding, Database database, Table table) {
        List<String> nodes = table.pinnedTo() == null ? database.serving() : List.of(table.pinnedTo());
        ShardingTableRuleConfiguration result = new ShardingTableRuleConfiguration(
                table.name(),
                // no script: without the word the host would run it as one
                nodes.stream()
                        .map(node -> node + "." + table.name())
                        .collect(Collectors.joining(",", "<LITERAL>", "")));
        result.setTableShardingStrategy(new NoneShardingStrategyConfiguration());
        if (table.algorithm() == null) {
            result.setDatabaseShardingStrategy(new NoneShardingStrategyConfiguration());
        } else {
            result.setDatabaseShardingStrategy(
                    new ComplexShardingStrategyConfiguration(String.join(",", table.shardingColumns()), table.name()));
            sharding.getShardingAlgorithms().put(table.name(), algorithm(table.algorithm()));
        }
        if (table.sequence() != null) {
            result.setKeyGenerateStrategy(
                    new KeyGenerateStrategyConfiguration(table.sequence().column(), table.name()));
            sharding.getKeyGenerators()
                    .put(table.name(), algorithm(table.sequence().generator()));
        }
        return result;
    }

    private static AlgorithmConfiguration algorithm(RoutingPlan.Algorithm algorithm) {
        Properties props = new Properties();
        props.putAll(algorithm.props());
        return new AlgorithmConfiguration(algorithm.type(), props);
    }
}
