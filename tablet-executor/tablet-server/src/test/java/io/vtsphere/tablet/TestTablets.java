package io.vtsphere.tablet;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vtsphere.tablet.TabletConfig.PoolSizes;
import io.vtsphere.tablet.health.HealthConfig;
import io.vtsphere.tablet.mysql.MysqlAddress;
import io.vtsphere.tablet.query.QueryLimits;
import io.vtsphere.tablet.transaction.TransactionConfig;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Tablets for tests, on free ports, with short intervals. */
public final class TestTablets {
    private TestTablets() {}

    /** Of customer/-80 over the database vt_customer. */
    public static TabletConfig config(int mysqlPort, TabletType type, Duration transactionTimeout) {
        return config(mysqlPort, type, transactionTimeout, "customer", "-80");
    }

    public static TabletConfig config(
            int mysqlPort, TabletType type, Duration transactionTimeout, String keyspace, String shard) {
        return new TabletConfig(
                new TabletAlias("zone1", 200),
                keyspace,
                shard,
                type,
                "127.0.0.1",
                "127.0.0.1",
                0,
                0,
                new MysqlAddress("127.0.0.1", mysqlPort, "root", "", "vt_" + keyspace),
                new HealthConfig(Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofHours(2), true),
                new QueryLimits(10_000, 16 << 20, 32_768, Duration.ofSeconds(30), 1_000),
                new TransactionConfig(transactionTimeout, transactionTimeout),
                new PoolSizes(
                        4,
                        4,
                        4,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofMillis(300),
                        Duration.ofMinutes(30),
                        Duration.ZERO),
                2,
                16 << 20,
                Duration.ofMillis(200));
    }

    /** Starts it and waits until it serves. */
    public static TabletServer serving(TabletConfig config) throws IOException {
        return serving(config, new SimpleMeterRegistry());
    }

    public static TabletServer serving(TabletConfig config, MeterRegistry registry) throws IOException {
        TabletServer tablet = TabletServer.start(config, registry);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> org.assertj.core.api.Assertions.assertThat(tablet.status())
                        .matches(s -> s.serving()));
        return tablet;
    }
}
