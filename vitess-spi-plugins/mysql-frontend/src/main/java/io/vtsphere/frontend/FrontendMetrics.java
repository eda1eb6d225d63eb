package io.vtsphere.frontend;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The meters of the MySQL port, with vtgate's names. Thread-safe.
 *
 * <p>Source: Vitess' {@code go/mysql/server.go}, MysqlServer variables.
 */
final class FrontendMetrics {
    /** Vitess' histogram cutoffs. */
    private static final Duration[] CUTOFFS = {
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger unauthenticated = new AtomicInteger();
    final Counter accepted;
    final Counter refused;
    final Timer connect;
    final Timer query;

    FrontendMetrics(MeterRegistry registry) {
        accepted = Counter.builder("vtgate.mysql.server.conn.accepted")
                .description("Client connections that were opened")
                .register(registry);
        refused = Counter.builder("vtgate.mysql.server.conn.refused")
                .description("Client connections that were turned away: too many, or a failed log-in")
                .register(registry);
        connect = timer("connect").register(registry);
        query = timer("query").register(registry);
        Gauge.builder("vtgate.mysql.server.conn.count", connections, AtomicInteger::get)
                .description("Open client connections")
                .register(registry);
        Gauge.builder("vtgate.mysql.server.conn.count.unauthenticated", unauthenticated, AtomicInteger::get)
                .description("Open client connections that have not logged in yet")
                .register(registry);
    }

    private static Timer.Builder timer(String operation) {
        return Timer.builder("vtgate.mysql.server.timings")
                .description("Time from a client's packet to the end of its answer")
                .tag("operation", operation)
                .serviceLevelObjectives(CUTOFFS);
    }
}
