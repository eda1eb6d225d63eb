package io.vtsphere.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vtsphere.topo.Target;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One shard's buffering, with vtgate's names. Thread-safe; meters appear with the first event. */
final class BufferMetrics {
    /** Why a failover was over. */
    enum Stop {
        NEW_PRIMARY_SEEN("NewPrimarySeen"),
        RESHARDING_COMPLETE("ReshardingComplete"),
        MOVE_TABLES_SWITCHED_TRAFFIC("MoveTablesSwitchedTraffic"),
        MAX_DURATION_EXCEEDED("MaxDurationExceeded"),
        SHUTDOWN("Shutdown");

        private final String label;

        Stop(String label) {
            this.label = label;
        }
    }

    private final MeterRegistry registry;
    private final Tags tags;
    /** A handful, by name. */
    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();

    BufferMetrics(MeterRegistry registry, Target target) {
        this.registry = registry;
        this.tags = Tags.of("keyspace", target.keyspace(), "shard_name", target.shard());
    }

    void started() {
        counter("starts", tags).increment();
    }

    /**
     * @param most how many calls were held at once, at most
     * @param percent what part of the whole buffer that was
     */
    void stopped(Stop reason, long nanos, int most, long percent) {
        long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        counter("stops", tags.and("reason", reason.label)).increment();
        counter("failover.duration.sum.ms", tags).increment((double) millis);
        counter("utilization.sum", tags).increment((double) percent);
        gauge("last.failover.duration.ms").set(millis);
        gauge("last.requests.in.flight.max").set(most);
    }

    /** A call of a dry run; {@code passed} is how many there were in this failover. */
    void wouldBuffer(int passed) {
        counter("requests.buffered.dry.run", tags).increment();
        gauge("last.requests.dry.run.max").set(passed);
    }

    /** How many calls may be held at all. */
    static void size(MeterRegistry registry, int calls) {
        Gauge.builder("vtgate.buffer.size", () -> calls).register(registry);
    }

    void buffered() {
        counter("requests.buffered", tags).increment();
    }

    void drained() {
        counter("requests.drained", tags).increment();
    }

    /** @param reason ContextDone, BufferFull or WindowExceeded */
    void evicted(String reason) {
        counter("requests.evicted", tags.and("reason", reason)).increment();
    }

    /** @param reason BufferFull, Shutdown, LastReparentTooRecent or LastFailoverTooRecent */
    void skipped(String reason) {
        counter("requests.skipped", tags.and("reason", reason)).increment();
    }

    private AtomicLong gauge(String name) {
        return gauges.computeIfAbsent(name, missing -> {
            AtomicLong value = new AtomicLong();
            Gauge.builder("vtgate.buffer." + name, value, AtomicLong::get)
                    .tags(tags)
                    .register(registry);
            return value;
        });
    }

    private Counter counter(String name, Tags all) {
        return Counter.builder("vtgate.buffer." + name.toLowerCase(Locale.ROOT))
                .tags(all)
                .register(registry);
    }
}
