package io.vtsphere.shardingsphere.metrics.v55;

import io.vtsphere.shardingsphere.rule.v55.VitessRuleConfiguration;
import org.apache.shardingsphere.infra.rule.scope.GlobalRule;

/** What a host keeps of a {@code !VITESS} rule that names the port of metrics alone. Immutable. */
public final class MetricsRule implements GlobalRule {
    private final VitessRuleConfiguration configuration;
    private final int order;

    public MetricsRule(VitessRuleConfiguration configuration, int order) {
        this.configuration = configuration;
        this.order = order;
    }

    @Override
    public VitessRuleConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public int getOrder() {
        return order;
    }
}
