package io.vtsphere.tablet.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vtsphere.tablet.health.StateManager;
import io.vtsphere.tablet.mysql.ConnectionPool;
import io.vtsphere.tablet.query.PlanType;
import io.vtsphere.tablet.query.QueryPlans;
import io.vtsphere.tablet.transaction.StatefulConnections;
import io.vtsphere.vterrors.Code;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a tablet counts. Thread-safe. */
public final class TabletMetrics {
    private final Timer[] queries = new Timer[PlanType.values().length];
    private final Timer others;
    private final Counter[] errors = new Counter[Code.values().length];

    public TabletMetrics(MeterRegistry registry) {
        for (PlanType type : PlanType.values()) {
            queries[type.ordinal()] = timer(registry, type.vitessName());
        }
        others = timer(registry, "None");
        for (Code code : Code.values()) {
            errors[code.ordinal()] = Counter.builder("vtsphere.tablet.errors")
                    .description("calls that ended with an error, by Vitess code")
                    .tag("code", code.name())
                    .register(registry);
        }
    }

    private static Timer timer(MeterRegistry registry, String plan) {
        return Timer.builder("vtsphere.tablet.queries")
                .description("calls of the query service, by plan type")
                .tag("plan", plan)
                .serviceLevelObjectives(
                        Duration.ofNanos(500_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30))
                .register(registry);
    }

    /** @param type null for calls without a statement */
    void finished(@Nullable PlanType type, Code code, long nanos) {
        (type == null ? others : queries[type.ordinal()]).record(nanos, TimeUnit.NANOSECONDS);
        if (code != Code.OK) {
            errors[code.ordinal()].increment();
        }
    }

    /** Shows a pool. */
    public static void bind(MeterRegistry registry, ConnectionPool pool) {
        String name = pool.config().name();
        Gauge.builder("vtsphere.tablet.pool.in.use", pool, ConnectionPool::inUse)
                .description("connections that a call owns")
                .tag("pool", name)
                .register(registry);
        Gauge.builder("vtsphere.tablet.pool.connections", pool, ConnectionPool::size)
                .description("connections that exist")
                .tag("pool", name)
                .register(registry);
        Gauge.builder("vtsphere.tablet.pool.waiting", pool, ConnectionPool::waitingCalls)
                .description("calls that wait for a connection")
                .tag("pool", name)
                .register(registry);
        Gauge.builder("vtsphere.tablet.pool.capacity", pool, p -> p.config().capacity())
                .description("most connections that may exist")
                .tag("pool", name)
                .register(registry);
    }

    /** Shows transactions, plans and the serving state. */
    public static void bind(
            MeterRegistry registry, StatefulConnections connections, QueryPlans plans, StateManager states) {
        Gauge.builder("vtsphere.tablet.transactions.open", connections, StatefulConnections::transactions)
                .description("open transactions")
                .register(registry);
        Gauge.builder("vtsphere.tablet.stateful.connections", connections, StatefulConnections::size)
                .description("connections tied to a transaction or reserved")
                .register(registry);
        Gauge.builder("vtsphere.tablet.plans", plans, QueryPlans::size)
                .description("statements whose plan is cached")
                .register(registry);
        Gauge.builder("vtsphere.tablet.serving", states, s -> s.status().serving() ? 1 : 0)
                .description("1 when the tablet answers queries")
                .register(registry);
        Gauge.builder("vtsphere.tablet.replication.lag.seconds", states, s -> s.status()
                        .lagSeconds())
                .description("how far this tablet is behind its primary")
                .register(registry);
    }
}
