package io.vtsphere.shardingsphere;

import io.vtsphere.frontend.MySqlFrontend;
import org.apache.shardingsphere.infra.rule.identifier.scope.GlobalRule;
import org.jspecify.annotations.Nullable;

/** The global rule that the host keeps: where its front-end engine finds ours. Thread-safe. */
public final class VitessRule implements GlobalRule {
    private final VitessRuleConfiguration configuration;
    private volatile @Nullable MySqlFrontend frontend;

    VitessRule(VitessRuleConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String getType() {
        return VitessRule.class.getSimpleName();
    }

    VitessRuleConfiguration configuration() {
        return configuration;
    }

    void serve(MySqlFrontend started) {
        frontend = started;
    }

    /** @throws IllegalStateException when the gate is not started by {@link ProxyLauncher} */
    MySqlFrontend frontend() {
        MySqlFrontend started = frontend;
        if (started == null) {
            throw new IllegalStateException("the gate is not started: this host has to be started by ProxyLauncher");
        }
        return started;
    }
}
