package io.vtsphere.topo.watch;

import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoConnection.Scope;
import io.vtsphere.topo.connection.TopoEntry;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoWatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of one file or directory of the topology that follows every change, for good: when the watch fails, falls silent or is due for an
 * audit, everything is read again and compared.
 *
 * <p>All methods and fields belong to the topology thread unless they say otherwise; blocking calls are made on another.
 */
final class WatchedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedFiles.class);

    /** Where changes go, on the topology thread. */
    interface Sink {
        void written(TopoEntry entry);

        void removed(String path);

        /** After all changes that arrived together. */
        void settled();
    }

    private final String name;
    private final Supplier<TopoConnection> connect;
    private final String path;
    private final Scope scope;
    private final Sink sink;
    private final TopologyThreads threads;
    private final TopologyConfig config;
    private final TopologyMetrics metrics;

    private final Map<String, TopoEntry> files = new HashMap<>();
    private final Pending pending = new Pending();
    /** When the server last gave a sign of life; written by any thread. */
    private final AtomicLong lastAlive = new AtomicLong();

    private int generation;
    private @Nullable TopoWatch watch;
    private @Nullable TopoException trouble;
    private boolean loaded;
    private boolean loading;
    private long lastLoad;
    private long troubleSince;

    WatchedFiles(
            String name,
            Supplier<TopoConnection> connect,
            String path,
            Scope scope,
            Sink sink,
            TopologyThreads threads,
            TopologyConfig config,
            TopologyMetrics metrics) {
        this.name = name;
        this.connect = connect;
        this.path = path;
        this.scope = scope;
        this.sink = sink;
        this.threads = threads;
        this.config = config;
        this.metrics = metrics;
        this.troubleSince = threads.nanoTime();
    }

    String name() {
        return name;
    }

    /** Whether the files were read at least once since the start. */
    boolean isLoaded() {
        return loaded;
    }

    /** Why the copy may be out of date; null while it follows. */
    @Nullable
    TopoException trouble() {
        return trouble;
    }

    /** For how long the copy may have been out of date, in nanoseconds; 0 while it follows. */
    long staleNanos() {
        return trouble == null && loaded ? 0 : threads.nanoTime() - troubleSince;
    }

    Collection<TopoEntry> files() {
        return new TreeMap<>(files).values();
    }

    /** Begins with files from another source, until they are read. */
    void restore(List<TopoEntry> entries) {
        for (TopoEntry entry : entries) {
            files.put(entry.path(), entry);
            sink.written(entry);
        }
    }

    /** Reads everything, for the first time or again, at the address that holds now. */
    void reload() {
        endWatch();
        load();
    }

    /** Called every second. */
    void tick() {
        if (watch == null) {
            return;
        }
        long now = threads.nanoTime();
        if (now - lastAlive.get() > config.silenceLimit().toNanos()) {
            TopoWatch silent = watch;
            watch = null;
            threads.blocking(silent::abandon);
            fail(generation, TopoException.of(TopoException.Kind.TIMEOUT, name + ": the watch is silent"));
        } else if (now - lastLoad > config.auditInterval().toNanos()) {
            metrics.operation("Audit");
            reload();
        } else {
            watch.probe();
        }
    }

    void stop() {
        endWatch();
        loading = true;
    }

    private void load() {
        // A retry may come when the files have been read for another reason meanwhile.
        if (loading || watch != null) {
            return;
        }
        loading = true;
        int mine = ++generation;
        lastLoad = threads.nanoTime();
        pending.begin(mine);
        threads.blocking(() -> {
            try {
                TopoWatch started = connect.get().watch(path, scope, new Ear(mine));
                threads.topology(() -> attach(mine, started));
            } catch (RuntimeException e) {
                TopoException reason = e instanceof TopoException topo
                        ? topo
                        : TopoException.of(TopoException.Kind.OTHER, name + ": " + e, e);
                threads.topology(() -> fail(mine, reason));
            }
        });
    }

    private void attach(int mine, TopoWatch started) {
        if (mine != generation) {
            started.close();
            return;
        }
        loading = false;
        watch = started;
        lastAlive.set(threads.nanoTime());
        if (trouble != null) {
            LOG.info(
                    "{} follows the topology again after {} ms", name, (threads.nanoTime() - troubleSince) / 1_000_000);
        }
        trouble = null;
        drain();
    }

    private void fail(int mine, TopoException reason) {
        if (mine != generation) {
            return;
        }
        loading = false;
        metrics.error("Watch");
        if (trouble == null) {
            troubleSince = loaded ? threads.nanoTime() : troubleSince;
            LOG.warn(
                    "{} does not follow the topology now; the last state stays in use and the watch is restored: {}",
                    name,
                    reason.getMessage());
        }
        trouble = reason;
        endWatch();
        threads.later(this::load, config.retryInterval());
    }

    private void endWatch() {
        generation++;
        loading = false;
        if (watch != null) {
            watch.close();
            watch = null;
        }
    }

    /** Takes over what the watch told so far. */
    private void drain() {
        Pending.Batch batch = pending.take();
        if (batch.whole() != null) {
            loaded = true;
            metrics.operation("Load");
            for (String known : new ArrayList<>(files.keySet())) {
                if (!batch.whole().containsKey(known)) {
                    remove(known);
                }
            }
            batch.whole().values().forEach(this::write);
        }
        for (Map.Entry<String, Optional<TopoEntry>> change : batch.changes().entrySet()) {
            change.getValue().ifPresentOrElse(this::write, () -> remove(change.getKey()));
        }
        sink.settled();
    }

    private void write(TopoEntry entry) {
        TopoEntry before = files.put(entry.path(), entry);
        if (before == null || !before.contents().equals(entry.contents())) {
            sink.written(entry);
        }
    }

    private void remove(String file) {
        if (files.remove(file) != null) {
            sink.removed(file);
        }
    }

    /** Hears what the watch of one generation tells; that of an earlier one is not listened to any more. */
    private final class Ear implements TopoWatch.Listener {
        private final int mine;

        Ear(int mine) {
            this.mine = mine;
        }

        @Override
        public void snapshot(List<TopoEntry> entries, long revision) {
            if (pending.snapshot(mine, entries)) {
                wake();
            }
        }

        @Override
        public void changed(TopoEntry entry) {
            if (pending.changed(mine, entry)) {
                wake();
            }
        }

        @Override
        public void deleted(String file, long version) {
            if (pending.deleted(mine, file)) {
                wake();
            }
        }

        @Override
        public void alive() {
            lastAlive.set(threads.nanoTime());
        }

        @Override
        public void lost(TopoException reason) {
            threads.topology(() -> fail(mine, reason));
        }

        private void wake() {
            threads.topology(() -> {
                if (mine == generation) {
                    drain();
                }
            });
        }
    }
}
