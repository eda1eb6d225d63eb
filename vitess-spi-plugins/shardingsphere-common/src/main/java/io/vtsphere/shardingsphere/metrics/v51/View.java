package io.vtsphere.shardingsphere.metrics.v51;

import io.vtsphere.shardingsphere.metrics.HostView;
import io.vtsphere.shardingsphere.rule.VitessSettings;
import io.vtsphere.shardingsphere.rule.v51.VitessRule;
import io.vtsphere.shardingsphere.rule.v51.VitessRuleConfiguration;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.shardingsphere.infra.metadata.rule.ShardingSphereRuleMetaData;
import org.apache.shardingsphere.mode.manager.ContextManager;
import org.jspecify.annotations.Nullable;

/** A host of 5.1. Thread-safe. */
public final class View implements HostView {
    private final ContextManager host;

    public View(ContextManager host) {
        this.host = host;
    }

    @Override
    public @Nullable VitessSettings settings() {
        ShardingSphereRuleMetaData rules = host.getMetaDataContexts().getGlobalRuleMetaData();
        return rules.findSingleRule(VitessRule.class)
                .map(VitessRule::configuration)
                .or(() -> rules.findSingleRule(MetricsRule.class).map(MetricsRule::configuration))
                .map(VitessRuleConfiguration::settings)
                .orElse(null);
    }

    @Override
    public Map<String, Map<String, DataSource>> dataSources() {
        Map<String, Map<String, DataSource>> all = new TreeMap<>();
        host.getMetaDataContexts()
                .getMetaDataMap()
                .forEach(
                        (name, database) -> all.put(name, database.getResource().getDataSources()));
        return all;
    }
}
