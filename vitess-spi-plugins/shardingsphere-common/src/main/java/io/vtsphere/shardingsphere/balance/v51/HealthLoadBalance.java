package io.vtsphere.shardingsphere.balance.v51;

import io.vtsphere.shardingsphere.balance.HealthBalance;
import java.util.List;
import java.util.Properties;
import org.apache.shardingsphere.infra.config.algorithm.ShardingSphereAlgorithmPostProcessor;
import org.apache.shardingsphere.readwritesplitting.spi.ReplicaLoadBalanceAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * {@code VITESS_HEALTH} of ShardingSphere 5.1; reads go to the write data source when no other is well. Thread-safe after the start.
 *
 * <p>The host asks it only where there are several read data sources.
 */
public final class HealthLoadBalance implements ReplicaLoadBalanceAlgorithm, ShardingSphereAlgorithmPostProcessor {
    /** Written by the host's starting thread only. */
    private volatile Properties props = new Properties();
    /** Written once, by {@link #init}. */
    private volatile @Nullable HealthBalance balance;

    @Override
    public String getType() {
        return "VITESS_HEALTH";
    }

    @Override
    public Properties getProps() {
        return props;
    }

    @Override
    public void setProps(Properties props) {
        this.props = props;
    }

    /** @throws IllegalArgumentException that names the property which is missing, unknown or wrong */
    @Override
    public void init() {
        balance = HealthBalance.of(props);
    }

    @Override
    public String getDataSource(String name, String writeDataSource, List<String> readDataSources) {
        HealthBalance initialised = balance;
        if (initialised == null) {
            throw new IllegalStateException("VITESS_HEALTH is not initialised");
        }
        return initialised.choose(readDataSources, writeDataSource);
    }
}
