package io.vtsphere.shardingsphere.rule.v55;

import java.util.LinkedHashMap;
import org.apache.shardingsphere.infra.yaml.config.pojo.rule.YamlRuleConfiguration;

/**
 * The {@code !VITESS} rule as written: key to value.
 *
 * <p>Not a {@code YamlGlobalRuleConfiguration}: a host drops those from {@code rules}, and reads its own from keys of theirs.
 *
 * <p>A map and not a bean, since keys are vtgate's flag names, and so that an unknown one reaches our own check, which can name it.
 */
public final class YamlVitessRuleConfiguration extends LinkedHashMap<String, Object> implements YamlRuleConfiguration {
    private static final long serialVersionUID = 1L;

    @Override
    public Class<VitessRuleConfiguration> getRuleConfigurationType() {
        return VitessRuleConfiguration.class;
    }
}
