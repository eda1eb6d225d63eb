package io.vtsphere.shardingsphere.rule.v51;

import io.vtsphere.shardingsphere.rule.OtherLine;
import java.util.Map;
import org.apache.shardingsphere.infra.metadata.ShardingSphereMetaData;
import org.apache.shardingsphere.infra.rule.builder.global.GlobalRuleBuilder;
import org.apache.shardingsphere.infra.rule.identifier.scope.GlobalRule;

/**
 * Makes the {@link VitessRule} of a host's context. Stateless.
 *
 * <p>The SPI has the same name in 5.5, whose loader makes an instance too: the class must load there, so that no type of 5.1 may be needed
 * to verify it.
 */
public final class VitessRuleBuilder implements GlobalRuleBuilder<VitessRuleConfiguration> {
    @Override
    public GlobalRule build(VitessRuleConfiguration configuration, Map<String, ShardingSphereMetaData> metaData) {
        return VitessRule.of(configuration);
    }

    @Override
    public int getOrder() {
        return VitessRuleConfigurationSwapper.ORDER;
    }

    @Override
    public Class<VitessRuleConfiguration> getTypeClass() {
        return OtherLine.unless(() -> VitessRuleConfiguration.class);
    }
}
