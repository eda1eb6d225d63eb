package io.vtsphere.topo.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The watcher's metrics; operations and errors are named as vtgate's {@code TopologyWatcherOperations} and {@code …Errors}. */
final class TopologyMetrics {
    private final MeterRegistry registry;
    private final List<Meter> gauges = new ArrayList<>();

    TopologyMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void operation(String operation) {
        registry.counter("topology.watcher.operations", "operation", operation).increment();
    }

    void error(String operation) {
        registry.counter("topology.watcher.errors", "operation", operation).increment();
    }

    void watch(TopologyWatcher watcher) {
        gauge("topology.epoch", "version of what plans depend on", watcher, w -> w.current()
                .epoch());
        gauge("topology.version", "version of the serving snapshot", watcher, w -> w.current()
                .version());
        gauge(
                "topology.staleness.seconds",
                "for how long the serving snapshot may have been out of date",
                watcher,
                w -> w.status().staleNanos() / (double) TimeUnit.SECONDS.toNanos(1));
        gauge(
                "topology.vschema.faults",
                "keyspaces whose newest VSchema is faulty and not in use",
                watcher,
                w -> w.status().vschemaFaults().size());
        gauge(
                "topology.record.faults",
                "records that could not be read; the ones before stay in use",
                watcher,
                w -> w.status().recordFaults().size());
        gauge("topology.unknown.fields", "fields of records that this version does not know", watcher, w -> w.status()
                .unknownFields());
        gauge("topology.keyspaces", "keyspaces in the serving snapshot", watcher, w -> w.current()
                .keyspaces()
                .size());
        gauge("topology.tablets", "tablets in the serving snapshot", watcher, w -> w.current()
                .tablets()
                .size());
    }

    /** The registry may outlive the watcher. */
    void close() {
        gauges.forEach(registry::remove);
    }

    private void gauge(
            String name, String description, TopologyWatcher watcher, ToDoubleFunction<TopologyWatcher> value) {
        gauges.add(Gauge.builder(name, watcher, value).description(description).register(registry));
    }
}
