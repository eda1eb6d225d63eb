package io.vtsphere.shardingsphere.balance.v55;

import io.vtsphere.shardingsphere.algorithm.HostAlgorithm;
import io.vtsphere.shardingsphere.balance.HealthBalance;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.apache.shardingsphere.infra.algorithm.loadbalancer.core.LoadBalanceAlgorithm;

/**
 * {@code VITESS_HEALTH} of ShardingSphere 5.5. The host does not say which data source is for writes: when no data source is well, the read
 * fails, unless the primary's is among the read data sources. Thread-safe after the start.
 */
public final class HealthLoadBalance extends HostAlgorithm<HealthBalance> implements LoadBalanceAlgorithm {
    public HealthLoadBalance() {
        super("VITESS_HEALTH");
    }

    @Override
    protected HealthBalance make(Properties props) {
        return HealthBalance.of(props);
    }

    /** @throws IllegalArgumentException when a data source is not among the targets */
    @Override
    public void check(String database, Collection<String> configured) {
        made().check(configured);
    }

    @Override
    public String getTargetName(String group, List<String> available) {
        return made().choose(available, null);
    }
}
