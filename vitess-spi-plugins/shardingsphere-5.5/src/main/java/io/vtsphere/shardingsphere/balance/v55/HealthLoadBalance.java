package io.vtsphere.shardingsphere.balance.v55;

import io.vtsphere.shardingsphere.balance.HealthBalance;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.shardingsphere.infra.algorithm.loadbalancer.core.LoadBalanceAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * {@code VITESS_HEALTH} of ShardingSphere 5.5. The host does not say which data source is for writes: when no data source is well, the read
 * fails, unless the primary's is among the read data sources. Thread-safe after the start.
 */
public final class HealthLoadBalance implements LoadBalanceAlgorithm {
    /** Written once, by {@link #init}. */
    private volatile @Nullable HealthBalance balance;

    @Override
    public String getType() {
        return "VITESS_HEALTH";
    }

    /** @throws IllegalArgumentException that names the property which is missing, unknown or wrong */
    @Override
    public void init(Properties props) {
        balance = HealthBalance.of(props);
    }

    /** @throws IllegalArgumentException when a data source is not among the targets */
    @Override
    public void check(String database, Collection<String> configured) {
        balance().check(configured);
    }

    @Override
    public String getTargetName(String group, List<String> available) {
        return balance().choose(available, null);
    }

    private HealthBalance balance() {
        HealthBalance initialised = balance;
        if (initialised == null) {
            throw new IllegalStateException("VITESS_HEALTH is not initialised");
        }
        return initialised;
    }
}
