package io.vtsphere.shardingsphere.guard.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.ComplexShardingStrategyConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.HintShardingStrategyConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.ShardingStrategyConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.StandardShardingStrategyConfiguration;
import org.jspecify.annotations.Nullable;

/** Sharding columns and what lies together, from the configuration of a table, which has the same types in both lines. Stateless. */
public final class Strategies {
    private Strategies() {}

    /** The sharding columns of both strategies in lower case; empty where one is given by hints. */
    public static List<String> columns(
            @Nullable ShardingStrategyConfiguration database, @Nullable ShardingStrategyConfiguration table) {
        if (database instanceof HintShardingStrategyConfiguration
                || table instanceof HintShardingStrategyConfiguration) {
            return List.of();
        }
        Set<String> columns = new LinkedHashSet<>(columns(database));
        columns.addAll(columns(table));
        return List.copyOf(columns);
    }

    /**
     * A name that is equal for tables whose rows lie together when their sharding columns are equal.
     *
     * @param table the first by name of those that are declared to lie together, or the only one
     * @param tables by data source, the names that it has there
     */
    public static String group(
            String table,
            @Nullable ShardingStrategyConfiguration database,
            Map<String, ? extends Collection<String>> tables) {
        boolean onePerSource = tables.values().stream().allMatch(each -> each.size() == 1);
        return onePerSource && database != null
                ? "algorithm " + database.getShardingAlgorithmName() + " " + new TreeSet<>(tables.keySet())
                : "tables with " + table;
    }

    private static List<String> columns(@Nullable ShardingStrategyConfiguration strategy) {
        if (strategy instanceof StandardShardingStrategyConfiguration standard) {
            return List.of(standard.getShardingColumn().toLowerCase(Locale.ROOT));
        }
        if (strategy instanceof ComplexShardingStrategyConfiguration complex) {
            List<String> columns = new ArrayList<>();
            for (String column : complex.getShardingColumns().split(",", -1)) {
                columns.add(column.strip().toLowerCase(Locale.ROOT));
            }
            return columns;
        }
        return List.of();
    }
}
