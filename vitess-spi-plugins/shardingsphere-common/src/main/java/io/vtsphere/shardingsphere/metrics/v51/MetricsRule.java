package io.vtsphere.shardingsphere.metrics.v51;

import io.vtsphere.shardingsphere.rule.v51.VitessRuleConfiguration;
import org.apache.shardingsphere.infra.rule.identifier.scope.GlobalRule;

/** What a host keeps of a {@code !VITESS} rule that names the port of metrics alone. Immutable. */
public final class MetricsRule implements GlobalRule {
    private final VitessRuleConfiguration configuration;

    public MetricsRule(VitessRuleConfiguration configuration) {
        this.configuration = configuration;
    }

    VitessRuleConfiguration configuration() {
        return configuration;
    }

    @Override
    public String getType() {
        return MetricsRule.class.getSimpleName();
    }
}
