package io.vtsphere.executor;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.vtsphere.vterrors.Code;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the gate counts, under vtgate's names. Thread-safe.
 *
 * <p>Source: Vitess' {@code go/vt/vtgate/vtgate.go} and {@code executor.go}. {@code vtgate_api} is in seconds, with vtgate's bucket bounds.
 */
final class GateMetrics {
    private static final double[] SECONDS = {0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10};
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final ConcurrentMap<ApiKey, Api> apis = new ConcurrentHashMap<>();
    private final ConcurrentMap<PlanKey, Executions> plans = new ConcurrentHashMap<>();

    /** By plan; not among the meters, as there is no bound to their names. */
    final PlanStatistics statistics = new PlanStatistics();

    GateMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    private record ApiKey(String operation, String keyspace, String type) {}

    private record PlanKey(String query, String plan, String tablet) {}

    /** The meters of one operation on one keyspace and tablet type. */
    static final class Api {
        private final DistributionSummary seconds;
        private final Counter rowsReturned;
        private final Counter rowsAffected;

        private Api(MeterRegistry registry, ApiKey key) {
            String[] tags = {"operation", key.operation, "keyspace", key.keyspace, "db_type", key.type};
            this.seconds = DistributionSummary.builder("vtgate.api")
                    .tags(tags)
                    .serviceLevelObjectives(SECONDS)
                    .register(registry);
            this.rowsReturned =
                    Counter.builder("vtgate.api.rows.returned").tags(tags).register(registry);
            this.rowsAffected =
                    Counter.builder("vtgate.api.rows.affected").tags(tags).register(registry);
        }
    }

    private record Executions(Counter executions, Counter routes) {}

    Api api(String operation, String keyspace, String type) {
        ApiKey key = new ApiKey(operation, keyspace, type);
        Api api = apis.get(key);
        return api != null ? api : apis.computeIfAbsent(key, made -> new Api(registry, made));
    }

    void succeeded(Api api, long nanos, long rows, long affected) {
        api.seconds.record(nanos / NANOS_PER_SECOND);
        if (rows > 0) {
            api.rowsReturned.increment(rows);
        }
        if (affected > 0) {
            api.rowsAffected.increment(affected);
        }
    }

    void failed(Api api, String operation, String keyspace, String type, Code code, long nanos) {
        api.seconds.record(nanos / NANOS_PER_SECOND);
        Counter.builder("vtgate.api.error.counts")
                .tags("operation", operation, "keyspace", keyspace, "db_type", type, "code", code.name())
                .register(registry)
                .increment();
    }

    /** @param shards calls to shards that the execution made */
    void executed(String query, String plan, String tablet, int shards) {
        PlanKey key = new PlanKey(query, plan, tablet);
        Executions counters = plans.get(key);
        if (counters == null) {
            counters = plans.computeIfAbsent(key, made -> {
                String[] tags = {"query", made.query, "plan", made.plan, "tablet", made.tablet};
                return new Executions(
                        Counter.builder("vtgate.query.executions").tags(tags).register(registry),
                        Counter.builder("vtgate.query.routes").tags(tags).register(registry));
            });
        }
        counters.executions.increment();
        counters.routes.increment(shards);
    }

    void transaction(boolean crossShard, boolean writes) {
        Counter.builder("vtgate.transactions.processed")
                .tags("shard", crossShard ? "Cross" : "Single", "type", writes ? "ReadWrite" : "ReadOnly")
                .register(registry)
                .increment();
    }

    /** @param type one of vtgate's: IgnoredSet, NonAtomicCommit, ResultsExceeded, WarnPayloadSizeExceeded */
    void warning(String type) {
        Counter.builder("vtgate.warnings").tag("type", type).register(registry).increment();
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
