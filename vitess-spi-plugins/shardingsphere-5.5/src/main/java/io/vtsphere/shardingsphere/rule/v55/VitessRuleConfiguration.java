package io.vtsphere.shardingsphere.rule.v55;

import io.vtsphere.shardingsphere.rule.VitessSettings;
import java.util.Map;
import org.apache.shardingsphere.infra.config.rule.scope.GlobalRuleConfiguration;

/** The {@code !VITESS} rule, checked. Immutable. */
public final class VitessRuleConfiguration implements GlobalRuleConfiguration {
    private final VitessSettings settings;

    /**
     * Checks all keys.
     *
     * @throws IllegalArgumentException that names the key which is unknown, missing, wrong or contradicts another
     */
    public VitessRuleConfiguration(Map<String, Object> values) {
        this.settings = VitessSettings.of(values);
    }

    public VitessSettings settings() {
        return settings;
    }
}
