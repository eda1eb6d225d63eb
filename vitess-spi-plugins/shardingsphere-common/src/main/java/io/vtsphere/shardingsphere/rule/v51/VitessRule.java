package io.vtsphere.shardingsphere.rule.v51;

import io.vtsphere.frontend.MySqlFrontend;
import io.vtsphere.shardingsphere.metrics.v51.MetricsRule;
import org.apache.shardingsphere.infra.rule.identifier.scope.GlobalRule;
import org.jspecify.annotations.Nullable;

/** The global rule that the host keeps: where its front-end engine finds ours. Thread-safe. */
public final class VitessRule implements GlobalRule {
    private final VitessRuleConfiguration configuration;
    private volatile @Nullable MySqlFrontend frontend;

    private VitessRule(VitessRuleConfiguration configuration) {
        this.configuration = configuration;
    }

    static GlobalRule of(VitessRuleConfiguration configuration) {
        return configuration.settings().metricsOnly() ? new MetricsRule(configuration) : new VitessRule(configuration);
    }

    @Override
    public String getType() {
        return VitessRule.class.getSimpleName();
    }

    /** What the host's server.yaml says. */
    public VitessRuleConfiguration configuration() {
        return configuration;
    }

    /** Called once, when the front end is started. */
    public void serve(MySqlFrontend started) {
        frontend = started;
    }

    /** @throws IllegalStateException when the gate is not started */
    public MySqlFrontend frontend() {
        MySqlFrontend started = frontend;
        if (started == null) {
            throw new IllegalStateException(
                    "the gate is not started: this host has to be started by VTSphere's ProxyLauncher");
        }
        return started;
    }
}
