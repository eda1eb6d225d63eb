package io.vtsphere.shardingsphere;

import io.vtsphere.frontend.server.GateServerConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.shardingsphere.infra.config.scope.GlobalRuleConfiguration;

/** The {@code !VITESS} rule, checked. Immutable. */
public final class VitessRuleConfiguration implements GlobalRuleConfiguration {
    private final Map<String, Object> values;
    private final GateServerConfig gate;

    /**
     * Checks all keys.
     *
     * @throws IllegalArgumentException that names the key which is unknown, missing, wrong or contradicts another
     */
    public VitessRuleConfiguration(Map<String, Object> values) {
        this.values = new LinkedHashMap<>(values);
        this.gate = GateServerConfig.of(values);
    }

    public GateServerConfig gate() {
        return gate;
    }

    Map<String, Object> values() {
        return new LinkedHashMap<>(values);
    }
}
