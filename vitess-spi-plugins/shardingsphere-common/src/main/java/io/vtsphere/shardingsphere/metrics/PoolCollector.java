package io.vtsphere.shardingsphere.metrics;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;

/** The host's Hikari pools, looked up at each scrape, since databases come and go. Stateless but for the host. */
final class PoolCollector implements MultiCollector {
    private final HostView host;

    PoolCollector(HostView host) {
        this.host = host;
    }

    @Override
    public MetricSnapshots collect() {
        Map<String, Map<String, DataSource>> databases = host.dataSources();
        return MetricSnapshots.of(
                gauge(databases, "active", "Connections in use", HikariPoolMXBean::getActiveConnections),
                gauge(databases, "idle", "Connections at rest", HikariPoolMXBean::getIdleConnections),
                gauge(databases, "pending", "Threads that wait", HikariPoolMXBean::getThreadsAwaitingConnection),
                gauge(databases, "total", "Connections", HikariPoolMXBean::getTotalConnections));
    }

    private static GaugeSnapshot gauge(
            Map<String, Map<String, DataSource>> databases,
            String name,
            String help,
            ToDoubleFunction<HikariPoolMXBean> value) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name("hikaricp_connections_" + name).help(help);
        databases.forEach((database, pools) -> pools.forEach((pool, source) -> {
            // a pool that nobody has used yet has no bean
            HikariPoolMXBean bean = source instanceof HikariDataSource hikari ? hikari.getHikariPoolMXBean() : null;
            if (bean != null) {
                gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("database", database, "pool", pool))
                        .value(value.applyAsDouble(bean))
                        .build());
            }
        }));
        return gauge.build();
    }
}
