package io.vtsphere.shardingsphere.rule.v55;

import io.vtsphere.shardingsphere.rule.OtherLine;
import java.util.Collection;
import org.apache.shardingsphere.infra.config.props.ConfigurationProperties;
import org.apache.shardingsphere.infra.metadata.database.ShardingSphereDatabase;
import org.apache.shardingsphere.infra.rule.builder.global.GlobalRuleBuilder;
import org.apache.shardingsphere.infra.rule.scope.GlobalRule;

/**
 * Makes the {@link VitessRule} of a host's context. Stateless.
 *
 * <p>The SPI has the same name in 5.1, whose loader makes an instance too: the class must load there, so that no type of 5.5 may be needed
 * to verify it.
 */
public final class VitessRuleBuilder implements GlobalRuleBuilder<VitessRuleConfiguration> {
    /** Not that of 5.1's: a loader that has both needs two. */
    private static final int ORDER = 5_101;

    @Override
    public GlobalRule build(
            VitessRuleConfiguration configuration,
            Collection<ShardingSphereDatabase> databases,
            ConfigurationProperties props) {
        return VitessRule.of(configuration);
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Class<VitessRuleConfiguration> getTypeClass() {
        return OtherLine.unless(() -> VitessRuleConfiguration.class);
    }
}
