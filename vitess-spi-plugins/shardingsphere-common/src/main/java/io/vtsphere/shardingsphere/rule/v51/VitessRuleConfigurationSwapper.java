package io.vtsphere.shardingsphere.rule.v51;

import org.apache.shardingsphere.infra.yaml.config.swapper.YamlRuleConfigurationSwapper;

/** Between the {@code !VITESS} rule as written and as checked. Stateless. */
public final class VitessRuleConfigurationSwapper
        implements YamlRuleConfigurationSwapper<YamlVitessRuleConfiguration, VitessRuleConfiguration> {
    /** Behind the host's own rules, whose orders end at 800. */
    static final int ORDER = 5_100;

    @Override
    public YamlVitessRuleConfiguration swapToYamlConfiguration(VitessRuleConfiguration configuration) {
        YamlVitessRuleConfiguration yaml = new YamlVitessRuleConfiguration();
        yaml.putAll(configuration.settings().values());
        return yaml;
    }

    @Override
    public VitessRuleConfiguration swapToObject(YamlVitessRuleConfiguration yaml) {
        return new VitessRuleConfiguration(yaml);
    }

    @Override
    public String getRuleTagName() {
        return "VITESS";
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Class<VitessRuleConfiguration> getTypeClass() {
        return VitessRuleConfiguration.class;
    }
}
