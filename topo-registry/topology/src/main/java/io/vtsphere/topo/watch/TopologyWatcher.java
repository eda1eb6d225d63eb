package io.vtsphere.topo.watch;

import io.micrometer.core.instrument.MeterRegistry;
import io.vitess.proto.Topodata;
import io.vtsphere.topo.KeyspaceVSchema;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ServingStateBuilder;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoConnection.Scope;
import io.vtsphere.topo.connection.TopoEntry;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topology and keeps the current {@link ServingState}, of which it is the only writer.
 *
 * <p>It watches, in the cell: SrvVSchema and the SrvKeyspaces; in every watched cell: the tablets; globally: the cells and their aliases. The
 * state is changed by one thread, and read by any without waiting. While the topology does not answer, the last state stays in use.
 */
public final class TopologyWatcher implements ServingStates, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyWatcher.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final TopologyConfig config;
    private final TopologyThreads threads;
    private final TopologyMetrics metrics;
    private final ServingStateBuilder builder;
    private final ServingRecords records;
    private final List<WatchedFiles> watched = new ArrayList<>();
    private final List<WatchedFiles> watchedGlobally = new ArrayList<>();
    private final Map<String, List<WatchedFiles>> watchedByCell = new LinkedHashMap<>();
    /** Where the cells are; written by the topology thread, read by those that connect. */
    private final Map<String, Topodata.CellInfo> cellInfos = new ConcurrentHashMap<>();

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
        this.records = new ServingRecords(builder, metrics);
        this.saver = config.snapshotFile() == null ? null : new SnapshotSaver(config.snapshotFile(), threads);
        Supplier<TopoConnection> global = server::global;
        add(null, "global/cells", global, RecordPaths.CELLS, Scope.DIRECTORY, new CellSink());
        add(
                null,
                "global/cells_aliases",
                global,
                RecordPaths.CELLS_ALIASES,
                Scope.DIRECTORY,
                records.cellsAliases(this::settle));
        String cell = config.cell();
        Supplier<TopoConnection> local = () -> connection(server, cell);
        add(cell, cell + "/SrvVSchema", local, RecordPaths.SRV_VSCHEMA, Scope.FILE, records.vschema(this::settle));
        add(
                cell,
                cell + "/keyspaces",
                local,
                RecordPaths.KEYSPACES,
                Scope.DIRECTORY,
                records.srvKeyspaces(this::settle));
        for (String other : config.cellsToWatch()) {
            add(
                    other,
                    other + "/tablets",
                    () -> connection(server, other),
                    RecordPaths.TABLETS,
                    Scope.DIRECTORY,
                    records.tablets(this::settle));
        }
    }

    private TopoConnection connection(TopoServer server, String cell) {
        Topodata.CellInfo info = cellInfos.get(cell);
        if (info == null) {
            throw TopoException.of(Kind.NO_NODE, RecordPaths.cellInfo(cell));
        }
        return server.cells().connection(cell, info);
    }

    private void add(
            @Nullable String cell,
            String name,
            Supplier<TopoConnection> connect,
            String path,
            Scope scope,
            WatchedFiles.Sink sink) {
        WatchedFiles files = new WatchedFiles(name, connect, path, scope, sink, threads, config, metrics);
        watched.add(files);
        if (cell == null) {
            watchedGlobally.add(files);
        } else {
            watchedByCell.computeIfAbsent(cell, c -> new ArrayList<>()).add(files);
        }
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
        // Those of the cells start as soon as their cell's address is known.
        threads.topology(() -> watchedGlobally.forEach(WatchedFiles::reload));
        threads.every(this::tick, TICK);
        boolean inTime = awaitLoaded(config.startPolicy() == StartPolicy.WAIT ? null : config.startTimeout());
        if (inTime) {
            return;
        }
        TopoException why = TopoException.of(
                Kind.TIMEOUT,
                "the topology was not loaded within " + config.startTimeout() + ": "
                        + new TreeMap<>(status.troubles()));
        onTopologyThread(this::checkCells);
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

    /** A cell that does not exist is a mistake in the configuration, which waiting does not mend. */
    private void checkCells() {
        if (!watchedGlobally.stream().allMatch(WatchedFiles::isLoaded)) {
            return;
        }
        Set<String> cells = new TreeSet<>(cellInfos.keySet());
        if (!cells.contains(config.cell())) {
            throw TopoException.of(Kind.OTHER, "cell:[" + config.cell() + "] does not exist in topo");
        }
        for (String cell : config.cellsToWatch()) {
            if (!cells.contains(cell)) {
                throw TopoException.of(
                        Kind.OTHER,
                        "cells_to_watch validation failed: cell: [" + cell + "] is not valid. Available cells: "
                                + cells);
            }
        }
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
            for (WatchedFiles files : watched) {
                List<TopoEntry> entries = snapshot.get(files.name());
                if (entries != null && !files.isLoaded()) {
                    files.restore(entries);
                }
            }
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

    /** Called on the topology thread after changes that arrived together. */
    private void settle() {
        boolean complete = watched.stream().allMatch(WatchedFiles::isLoaded);
        if (!complete && !restored) {
            refreshStatus();
            return;
        }
        restored &= !complete;
        ServingState before = current;
        ServingState next = builder.build();
        if (next != before) {
            logVSchemaFaults(before, next);
            current = next;
            for (Consumer<ServingState> listener : listeners) {
                tell(listener, next);
            }
        }
        refreshStatus();
        if (complete) {
            loaded.countDown();
            if (saver != null && next != before) {
                saver.changed(this::files);
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

    private Map<String, Collection<TopoEntry>> files() {
        Map<String, Collection<TopoEntry>> files = new LinkedHashMap<>();
        watched.forEach(directory -> files.put(directory.name(), directory.files()));
        return files;
    }

    private void tick() {
        watched.forEach(WatchedFiles::tick);
        refreshStatus();
    }

    private void refreshStatus() {
        long stale = 0;
        Map<String, String> troubles = new TreeMap<>();
        for (WatchedFiles files : watched) {
            stale = Math.max(stale, files.staleNanos());
            TopoException trouble = files.trouble();
            if (trouble != null) {
                troubles.put(files.name(), trouble.getMessage());
            }
        }
        Map<String, List<String>> faults = new TreeMap<>();
        current.vschema().keyspaces().forEach((name, keyspace) -> {
            if (!keyspace.faults().isEmpty()) {
                faults.put(name, texts(keyspace));
            }
        });
        status = new TopologyStatus(
                current.version() > 0, restored, stale, troubles, faults, records.faults(), records.unknownFields());
    }

    private static void logVSchemaFaults(ServingState before, ServingState next) {
        next.vschema().keyspaces().forEach((name, keyspace) -> {
            KeyspaceVSchema old = before.vschema().keyspaces().get(name);
            List<String> faults = texts(keyspace);
            List<String> known = old == null ? List.of() : texts(old);
            if (!faults.isEmpty() && !faults.equals(known)) {
                LOG.warn(
                        "the newest VSchema of keyspace {} is faulty; its last good one, or without one what could be built, is in use: {}",
                        name,
                        faults);
            } else if (faults.isEmpty() && !known.isEmpty()) {
                LOG.info("the VSchema of keyspace {} is good again", name);
            }
        });
    }

    private static List<String> texts(KeyspaceVSchema keyspace) {
        return keyspace.faults().stream().map(Throwable::getMessage).toList();
    }

    /** Reads what is watched in a cell as soon as its address is known, and again when it moves. */
    private final class CellSink implements WatchedFiles.Sink {
        @Override
        public void written(TopoEntry entry) {
            String cell = ServingRecords.middle(entry.path(), RecordPaths.CELLS, "CellInfo");
            if (cell.isEmpty()) {
                return;
            }
            records.read(entry, Topodata.CellInfo.parser(), info -> {
                if (!info.equals(cellInfos.put(cell, info))) {
                    watchedByCell.getOrDefault(cell, List.of()).forEach(WatchedFiles::reload);
                }
            });
        }

        @Override
        public void removed(String path) {
            LOG.warn("{} is gone; what was read of the cell stays in use", path);
        }

        @Override
        public void settled() {
            settle();
        }
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
        threads.topology(() -> watched.forEach(WatchedFiles::stop));
        metrics.close();
        threads.closeWhenIdle();
    }
}
