package io.vtsphere.shardingsphere.metrics.v55;

import io.vtsphere.shardingsphere.metrics.HostView;
import io.vtsphere.shardingsphere.rule.VitessSettings;
import io.vtsphere.shardingsphere.rule.v55.VitessRule;
import io.vtsphere.shardingsphere.rule.v55.VitessRuleConfiguration;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.shardingsphere.infra.metadata.database.ShardingSphereDatabase;
import org.apache.shardingsphere.infra.metadata.database.rule.RuleMetaData;
import org.apache.shardingsphere.mode.manager.ContextManager;
import org.jspecify.annotations.Nullable;

/** A host of 5.5, whose pools may serve several storage units each. Thread-safe. */
public final class View implements HostView {
    private final ContextManager host;

    public View(ContextManager host) {
        this.host = host;
    }

    @Override
    public @Nullable VitessSettings settings() {
        RuleMetaData rules = host.getMetaDataContexts().getMetaData().getGlobalRuleMetaData();
        return rules.findSingleRule(VitessRule.class)
                .map(VitessRule::getConfiguration)
                .or(() -> rules.findSingleRule(MetricsRule.class).map(MetricsRule::getConfiguration))
                .map(VitessRuleConfiguration::settings)
                .orElse(null);
    }

    @Override
    public Map<String, Map<String, DataSource>> dataSources() {
        Map<String, Map<String, DataSource>> all = new TreeMap<>();
        for (ShardingSphereDatabase database :
                host.getMetaDataContexts().getMetaData().getAllDatabases()) {
            Map<String, DataSource> pools = new TreeMap<>();
            database.getResourceMetaData()
                    .getDataSources()
                    .forEach((node, source) -> pools.put(node.getName(), source));
            all.put(database.getName(), pools);
        }
        return all;
    }
}
