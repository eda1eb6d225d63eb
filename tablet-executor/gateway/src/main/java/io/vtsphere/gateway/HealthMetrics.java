package io.vtsphere.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The health check's meters with vtgate's names, and a gauge of tablets by type and state. Confined to the health loop; gauges are read by
 * anyone. Label sets are bounded by what tablets say they serve and go with the last of them.
 */
final class HealthMetrics {
    private final MeterRegistry registry;
    private final Map<Target, AtomicInteger> connections = new HashMap<>();
    private final Map<Target, List<Meter>> meters = new HashMap<>();
    private final Map<TabletType, AtomicInteger> serving = new EnumMap<>(TabletType.class);
    private final Map<TabletType, AtomicInteger> notServing = new EnumMap<>(TabletType.class);

    HealthMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (TabletType type : TabletType.values()) {
            serving.put(type, tabletGauge(type, "serving"));
            notServing.put(type, tabletGauge(type, "not_serving"));
        }
    }

    private AtomicInteger tabletGauge(TabletType type, String state) {
        AtomicInteger count = new AtomicInteger();
        Gauge.builder("vtgate.tablets", count, AtomicInteger::get)
                .description("Tablets in the watched cells")
                .tag("tablet_type", type.lower())
                .tag("state", state)
                .register(registry);
        return count;
    }

    void error(Target target) {
        count("vtgate.healthcheck.errors", "Health streams that broke", target, typed(target));
    }

    void promoted(Target target) {
        count("vtgate.healthcheck.primary.promoted", "Tablets that became primary", target, shard(target));
    }

    void connected(Target target, int change) {
        connections.computeIfAbsent(target, this::connectionGauge).addAndGet(change);
    }

    void counted(TabletType type, boolean isServing, int change) {
        AtomicInteger count = (isServing ? serving : notServing).get(type);
        if (count != null) {
            count.addAndGet(change);
        }
    }

    /** The last tablet of this target has gone. */
    void forget(Target target) {
        connections.remove(target);
        List<Meter> gone = meters.remove(target);
        if (gone != null) {
            gone.forEach(registry::remove);
        }
    }

    private AtomicInteger connectionGauge(Target target) {
        AtomicInteger count = new AtomicInteger();
        keep(
                target,
                Gauge.builder("vtgate.healthcheck.connections", count, AtomicInteger::get)
                        .description("Health streams that stand")
                        .tags(typed(target))
                        .register(registry));
        return count;
    }

    private void count(String name, String description, Target target, Tags tags) {
        Counter counter =
                Counter.builder(name).description(description).tags(tags).register(registry);
        keep(target, counter);
        counter.increment();
    }

    private void keep(Target target, Meter meter) {
        List<Meter> kept = meters.computeIfAbsent(target, t -> new ArrayList<>());
        if (!kept.contains(meter)) {
            kept.add(meter);
        }
    }

    private static Tags shard(Target target) {
        return Tags.of("keyspace", target.keyspace(), "shard_name", target.shard());
    }

    private static Tags typed(Target target) {
        return shard(target).and("tablet_type", target.type().lower());
    }
}
