package io.vtsphere.topo.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ServingStateBuilder;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.TrackedSchema;
import io.vtsphere.topo.connection.TopoEntry;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topology and keeps the current {@link ServingState}, of which it is the only writer.
 *
 * <p>The state is changed by one thread, and read by any without waiting. While the topology does not answer, the last state stays in use.
 */
public final class TopologyWatcher implements ServingStates, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyWatcher.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final TopologyConfig config;
    private final TopologyThreads threads;
    private final TopologyMetrics metrics;
    private final ServingStateBuilder builder;
    private final ServingRecords records;
    private final WatchedTopology watched;
    private final List<Consumer<ServingState>> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch loaded = new CountDownLatch(1);
    private final @Nullable SnapshotSaver saver;
    private volatile ServingState current = ServingState.empty();
    private volatile TopologyStatus status = new TopologyStatus(false, false, 0, Map.of(), Map.of(), Map.of(), 0);
    /** Whether the state came from disk and is not complete from the topology yet; topology thread. */
    private boolean restored;

    private TopologyWatcher(TopologyConfig config, TopoServer server, VindexRegistry vindexes, MeterRegistry registry) {
        this.config = config;
        this.threads = new TopologyThreads(System::nanoTime);
        this.metrics = new TopologyMetrics(registry);
        this.builder = new ServingStateBuilder(vindexes);
        this.records = new ServingRecords(builder, metrics, config.filter());
        this.saver = config.snapshotFile() == null ? null : new SnapshotSaver(config.snapshotFile(), threads);
        this.watched = new WatchedTopology(config, server, records, threads, metrics, this::settle);
    }

    /**
     * Starts to follow the topology and returns when there is a state to serve from.
     *
     * @param server stays the caller's, and must be open for as long as the watcher
     * @throws TopoException when the topology did not answer in time and the start policy does not help, NO_NODE when a cell does not exist
     */
    public static TopologyWatcher open(
            TopologyConfig config, TopoServer server, VindexRegistry vindexes, MeterRegistry metrics) {
        TopologyWatcher watcher = new TopologyWatcher(config, server, vindexes, metrics);
        boolean started = false;
        try {
            watcher.start();
            started = true;
            return watcher;
        } finally {
            if (!started) {
                watcher.close();
            }
        }
    }

    private void start() {
        metrics.watch(this);
        threads.topology(watched::start);
        threads.every(this::tick, TICK);
        boolean inTime = awaitLoaded(config.startPolicy() == StartPolicy.WAIT ? null : config.startTimeout());
        if (inTime) {
            return;
        }
        TopoException why = TopoException.of(
                Kind.TIMEOUT,
                "the topology was not loaded within " + config.startTimeout() + ": "
                        + new TreeMap<>(status.troubles()));
        onTopologyThread(watched::checkCells);
        if (config.startPolicy() != StartPolicy.SNAPSHOT || saver == null) {
            throw why;
        }
        try {
            restore(saver.read());
        } catch (IOException e) {
            why.addSuppressed(e);
            throw why;
        }
        LOG.warn("serving from the snapshot on disk until the topology answers: {}", why.getMessage());
    }

    /** Waits until everything was read from the topology at least once; null for however long it takes. */
    private boolean awaitLoaded(@Nullable Duration timeout) {
        try {
            if (timeout == null) {
                loaded.await();
                return true;
            }
            return loaded.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TopoException.of(Kind.INTERRUPTED, "start of the topology watcher", e);
        }
    }

    private void restore(Map<String, List<TopoEntry>> snapshot) {
        onTopologyThread(() -> {
            watched.restore(snapshot);
            restored = true;
            settle();
        });
    }

    @Override
    public ServingState current() {
        return current;
    }

    /** How well it follows, not older than a second. */
    public TopologyStatus status() {
        return status;
    }

    @Override
    public AutoCloseable addListener(Consumer<ServingState> listener) {
        onTopologyThread(() -> {
            listener.accept(current);
            listeners.add(listener);
        });
        return () -> listeners.remove(listener);
    }

    /** Completes a keyspace's VSchema by what its MySQLs say now about its tables, in the next snapshot. Does not wait. */
    public void tracked(String keyspace, TrackedSchema schema) {
        threads.topology(() -> {
            builder.tracked(keyspace, schema);
            settle();
        });
    }

    /** Runs the task on the topology thread once everything that was handed in before is in the snapshot. Does not wait. */
    public void afterwards(Runnable task) {
        threads.topology(task);
    }

    /** Called on the topology thread after changes that arrived together. */
    private void settle() {
        boolean complete = watched.isLoaded();
        if (!complete && !restored) {
            refreshStatus();
            return;
        }
        restored &= !complete;
        ServingState before = current;
        ServingState next = builder.build();
        if (next != before) {
            VSchemaFaults.log(before, next);
            current = next;
            for (Consumer<ServingState> listener : listeners) {
                tell(listener, next);
            }
        }
        refreshStatus();
        if (complete) {
            loaded.countDown();
            if (saver != null && next != before) {
                saver.changed(watched::files);
            }
        }
    }

    private static void tell(Consumer<ServingState> listener, ServingState state) {
        try {
            listener.accept(state);
        } catch (RuntimeException e) {
            LOG.error("a listener did not take topology version {}", state.version(), e);
        }
    }

    private void tick() {
        watched.tick();
        refreshStatus();
    }

    private void refreshStatus() {
        status = new TopologyStatus(
                current.version() > 0,
                restored,
                watched.staleNanos(),
                watched.troubles(),
                VSchemaFaults.of(current),
                records.faults(),
                records.unknownFields());
    }

    private void onTopologyThread(Runnable work) {
        if (threads.isTopologyThread()) {
            work.run();
            return;
        }
        CompletableFuture<Void> done = threads.topologyDone(work);
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TopoException.of(Kind.INTERRUPTED, "topology thread", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopoException topo) {
                throw topo;
            }
            throw TopoException.of(Kind.OTHER, "topology thread: " + e.getCause(), e);
        }
    }

    /** Stops following; {@link #current} stays as it is. */
    @Override
    public void close() {
        threads.topology(watched::stop);
        metrics.close();
        threads.closeWhenIdle();
    }
}
