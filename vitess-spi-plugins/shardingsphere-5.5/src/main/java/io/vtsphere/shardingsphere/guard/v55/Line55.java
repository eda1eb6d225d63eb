package io.vtsphere.shardingsphere.guard.v55;

import io.vtsphere.shardingsphere.guard.Host;
import io.vtsphere.shardingsphere.guard.Tables;
import io.vtsphere.shardingsphere.guard.host.GuardLine;
import io.vtsphere.shardingsphere.rule.v55.VitessRule;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.shardingsphere.infra.rewrite.context.SQLRewriteContext;
import org.apache.shardingsphere.mode.manager.ContextManager;
import org.apache.shardingsphere.sharding.rule.ShardingRule;

/** ShardingSphere 5.5. Stateless. */
public final class Line55 implements GuardLine {
    private static final String ITS_OWN = "org.apache.shardingsphere.infra.session.query.QueryContext";

    @Override
    public boolean present() {
        try {
            Class.forName(ITS_OWN, false, Line55.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public Host host() {
        return Host.V5_5;
    }

    @Override
    public boolean active(ContextManager manager) {
        return manager.getMetaDataContexts()
                .getMetaData()
                .getGlobalRuleMetaData()
                .findSingleRule(VitessRule.class)
                .map(rule -> rule.getConfiguration().settings().guard())
                .orElse(false);
    }

    @Override
    public boolean has(ContextManager manager, String database) {
        return manager.getMetaDataContexts().getMetaData().getDatabase(database) != null;
    }

    /** 5.5 keeps the connections of a transaction by database and data source, and passes on every error of a shard. */
    @Override
    public void started(ContextManager manager) {}

    @Override
    public String database(SQLRewriteContext context) {
        return context.getDatabase().getName();
    }

    @Override
    public boolean spreads(ShardingRule rule) {
        return rule.getShardingTables().values().stream()
                .anyMatch(table -> table.getActualDataNodes().size() > 1);
    }

    @Override
    public Tables tables(ShardingRule rule, SQLRewriteContext context) {
        return new Tables55(rule, context.getDatabase());
    }

    @Override
    public Set<String> places(ShardingRule rule, String table) {
        return rule.findShardingTable(table)
                .map(found -> found.getActualDataNodes().stream()
                        .map(node -> node.getDataSourceName() + "."
                                + node.getTableName().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }
}
