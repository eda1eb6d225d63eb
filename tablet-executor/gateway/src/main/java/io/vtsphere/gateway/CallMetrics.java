package io.vtsphere.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vtsphere.topo.Target;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How calls for one target went: vtgate's {@code VttabletCall} and {@code VttabletCallErrorCount}. Thread-safe.
 *
 * <p>Label sets are bounded by what tablets say they serve; they go when the last tablet of the target does. The histogram is in seconds
 * with vtgate's cutoffs ({@code go/stats/timings.go}).
 */
final class CallMetrics implements AutoCloseable {
    private static final double[] CUTOFFS = {0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10};

    private final MeterRegistry registry;
    private final Target target;
    private final Map<Operation, DistributionSummary> times = new ConcurrentHashMap<>();
    private final Map<Operation, Counter> errors = new ConcurrentHashMap<>();

    CallMetrics(MeterRegistry registry, Target target) {
        this.registry = registry;
        this.target = target;
    }

    void record(Operation operation, long nanos) {
        DistributionSummary summary = times.get(operation);
        if (summary == null) {
            summary = times.computeIfAbsent(operation, this::summary);
        }
        summary.record(nanos / 1e9);
    }

    void recordError(Operation operation) {
        errors.computeIfAbsent(operation, this::counter).increment();
    }

    private DistributionSummary summary(Operation operation) {
        return DistributionSummary.builder("vtgate.vttablet.call")
                .description("Seconds of a call to a tablet, retries included")
                .serviceLevelObjectives(CUTOFFS)
                .tags(tags(operation))
                .register(registry);
    }

    private Counter counter(Operation operation) {
        return Counter.builder("vtgate.vttablet.call.error.count")
                .description("Calls that failed by the tablet's fault")
                .tags(tags(operation))
                .register(registry);
    }

    private Tags tags(Operation operation) {
        return Tags.of(
                "operation", operation.label(),
                "keyspace", target.keyspace(),
                "shard_name", target.shard(),
                "db_type", target.type().lower());
    }

    @Override
    public void close() {
        times.values().forEach(registry::remove);
        errors.values().forEach(registry::remove);
    }
}
