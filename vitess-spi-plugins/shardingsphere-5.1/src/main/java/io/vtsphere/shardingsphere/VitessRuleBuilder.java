package io.vtsphere.shardingsphere;

import java.util.Map;
import org.apache.shardingsphere.infra.metadata.ShardingSphereMetaData;
import org.apache.shardingsphere.infra.rule.builder.global.GlobalRuleBuilder;

/** Makes the {@link VitessRule} of a host's context. Stateless. */
public final class VitessRuleBuilder implements GlobalRuleBuilder<VitessRuleConfiguration> {
    @Override
    public VitessRule build(VitessRuleConfiguration configuration, Map<String, ShardingSphereMetaData> metaData) {
        return new VitessRule(configuration);
    }

    @Override
    public int getOrder() {
        return VitessRuleConfigurationSwapper.ORDER;
    }

    @Override
    public Class<VitessRuleConfiguration> getTypeClass() {
        return VitessRuleConfiguration.class;
    }
}
