package io.vtsphere.shardingsphere.rule.v55;

import io.vtsphere.shardingsphere.metrics.v55.MetricsRule;
import org.apache.shardingsphere.infra.rule.scope.GlobalRule;

/** The global rule that a host keeps: how others find the {@code !VITESS} configuration. Immutable. */
public final class VitessRule implements GlobalRule {
    /** Behind the host's own rules, whose orders end at 900. */
    static final int ORDER = 5_100;

    private final VitessRuleConfiguration configuration;

    private VitessRule(VitessRuleConfiguration configuration) {
        this.configuration = configuration;
    }

    static GlobalRule of(VitessRuleConfiguration configuration) {
        return configuration.settings().metricsOnly()
                ? new MetricsRule(configuration, ORDER)
                : new VitessRule(configuration);
    }

    @Override
    public VitessRuleConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }
}
