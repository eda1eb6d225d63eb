package io.vtsphere.shardingsphere.guard.v51;

import io.vtsphere.shardingsphere.guard.Host;
import io.vtsphere.shardingsphere.guard.Tables;
import io.vtsphere.shardingsphere.guard.host.GuardLine;
import io.vtsphere.shardingsphere.rule.v51.VitessRule;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.shardingsphere.infra.config.props.ConfigurationPropertyKey;
import org.apache.shardingsphere.infra.rewrite.context.SQLRewriteContext;
import org.apache.shardingsphere.mode.manager.ContextManager;
import org.apache.shardingsphere.sharding.rule.ShardingRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ShardingSphere 5.1. Stateless. */
public final class Line51 implements GuardLine {
    private static final Logger LOG = LoggerFactory.getLogger(Line51.class);
    private static final String OUR_FRONT_END = "VitessMySQL";
    private static final String STOCK_FRONT_END =
            "behind ShardingSphere 5.1's own MySQL front end, which no plug-in can mend, a statement on several "
                    + "shards outside a transaction drops the error of a shard other than the first, a failing SELECT without a table is answered "
                    + "with the row 1, and rows written after SET autocommit=1 that follows SET autocommit=0 are lost; "
                    + "proxy-frontend-database-protocol-type: VitessMySQL does none of that";
    private static final String ITS_OWN = "org.apache.shardingsphere.infra.binder.LogicSQL";

    @Override
    public boolean present() {
        try {
            Class.forName(ITS_OWN, false, Line51.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Override
    public Host host() {
        return Host.V5_1;
    }

    @Override
    public boolean active(ContextManager manager) {
        return manager.getMetaDataContexts()
                .getGlobalRuleMetaData()
                .findSingleRule(VitessRule.class)
                .map(rule -> rule.configuration().settings().guard())
                .orElse(false);
    }

    @Override
    public boolean has(ContextManager manager, String database) {
        return manager.getMetaDataContexts().getMetaDataMap().containsKey(database);
    }

    @Override
    public void started(ContextManager manager) {
        Map<String, String> owners = new HashMap<>();
        manager.getMetaDataContexts().getMetaDataMap().forEach((database, metaData) -> {
            for (String source : metaData.getResource().getDataSources().keySet()) {
                String other = owners.put(source, database);
                if (other != null) {
                    throw new SharedDataSourceName(source, other, database);
                }
            }
        });
        String protocol = manager.getMetaDataContexts()
                .getProps()
                .getValue(ConfigurationPropertyKey.PROXY_FRONTEND_DATABASE_PROTOCOL_TYPE);
        if (!OUR_FRONT_END.equals(protocol)) {
            LOG.warn("{}", STOCK_FRONT_END);
        }
    }

    @Override
    public String database(SQLRewriteContext context) {
        return context.getSchemaName();
    }

    @Override
    public boolean spreads(ShardingRule rule) {
        return rule.getTableRules().values().stream()
                .anyMatch(table -> table.getActualDataNodes().size() > 1);
    }

    @Override
    public Tables tables(ShardingRule rule, SQLRewriteContext context) {
        return new Tables51(rule, context.getSchema());
    }

    @Override
    public Set<String> places(ShardingRule rule, String table) {
        return rule.findTableRule(table)
                .map(found -> found.getActualDataNodes().stream()
                        .map(node -> node.getDataSourceName() + "."
                                + node.getTableName().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }
}
