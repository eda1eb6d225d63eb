package io.vtsphere.shardingsphere.balance.v51;

import io.vtsphere.shardingsphere.algorithm.HostAlgorithm;
import io.vtsphere.shardingsphere.balance.HealthBalance;
import java.util.List;
import java.util.Properties;
import org.apache.shardingsphere.infra.config.algorithm.ShardingSphereAlgorithmPostProcessor;
import org.apache.shardingsphere.readwritesplitting.spi.ReplicaLoadBalanceAlgorithm;

/**
 * {@code VITESS_HEALTH} of ShardingSphere 5.1; reads go to the write data source when no other is well. Thread-safe after the start.
 *
 * <p>The host asks it only where there are several read data sources.
 */
public final class HealthLoadBalance extends HostAlgorithm<HealthBalance>
        implements ReplicaLoadBalanceAlgorithm, ShardingSphereAlgorithmPostProcessor {
    public HealthLoadBalance() {
        super("VITESS_HEALTH");
    }

    @Override
    protected HealthBalance make(Properties props) {
        return HealthBalance.of(props);
    }

    @Override
    public String getDataSource(String name, String writeDataSource, List<String> readDataSources) {
        return made().choose(readDataSources, writeDataSource);
    }
}
