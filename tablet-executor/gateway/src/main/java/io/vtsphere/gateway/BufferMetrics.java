package io.vtsphere.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vtsphere.topo.Target;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

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

    BufferMetrics(MeterRegistry registry, Target target) {
        this.registry = registry;
        this.tags = Tags.of("keyspace", target.keyspace(), "shard_name", target.shard());
    }

    void started() {
        counter("starts", tags).increment();
    }

    void stopped(Stop reason, long nanos) {
        counter("stops", tags.and("reason", reason.label)).increment();
        counter("failover.duration.sum.ms", tags).increment((double) TimeUnit.NANOSECONDS.toMillis(nanos));
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

    private Counter counter(String name, Tags all) {
        return Counter.builder("vtgate.buffer." + name.toLowerCase(Locale.ROOT))
                .tags(all)
                .register(registry);
    }
}
