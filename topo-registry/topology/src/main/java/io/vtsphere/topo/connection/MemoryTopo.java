package io.vtsphere.topo.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A topology server in this JVM. All connections of one instance see the same files, whatever their address; those of two instances share
 * nothing. Thread-safe.
 */
public final class MemoryTopo implements TopoConnector {
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final TreeMap<String, Stored> files = new TreeMap<>();

    @GuardedBy("lock")
    private final List<MemoryWatch> watches = new ArrayList<>();

    @GuardedBy("lock")
    private long revision = 1;

    /** A file in the store. */
    record Stored(ByteString contents, long version, boolean ephemeral) {}

    @Override
    public String implementation() {
        return "memory";
    }

    @Override
    public TopoConnection connect(String serverAddress, String root) {
        return new MemoryTopoConnection(this, root);
    }

    @Override
    public void close() {
        synchronized (lock) {
            watches.clear();
        }
    }

    @Nullable
    Stored get(String key) {
        synchronized (lock) {
            return files.get(key);
        }
    }

    Map<String, Stored> range(String prefix) {
        synchronized (lock) {
            return new TreeMap<>(files.subMap(prefix, true, prefix + Character.MAX_VALUE, true));
        }
    }

    /**
     * @param expected the version that the file must have, 0 for a file that must not be there, -1 for any
     * @return the new version, or 0 when the file's version is another
     */
    long put(String key, ByteString contents, long expected, boolean ephemeral) {
        synchronized (lock) {
            Stored stored = files.get(key);
            if (expected >= 0 && expected != (stored == null ? 0 : stored.version())) {
                return 0;
            }
            long version = ++revision;
            files.put(key, new Stored(contents, version, ephemeral));
            for (MemoryWatch watch : List.copyOf(watches)) {
                watch.changed(key, contents, version);
            }
            lock.notifyAll();
            return version;
        }
    }

    /**
     * @param expected the version that the file must have, -1 for any
     * @return whether the file was there in that version
     */
    boolean delete(String key, long expected) {
        synchronized (lock) {
            Stored stored = files.get(key);
            if (stored == null || (expected >= 0 && expected != stored.version())) {
                return false;
            }
            files.remove(key);
            long version = ++revision;
            for (MemoryWatch watch : List.copyOf(watches)) {
                watch.deleted(key, version);
            }
            lock.notifyAll();
            return true;
        }
    }

    void addWatch(MemoryWatch watch) {
        synchronized (lock) {
            watch.snapshot(range(watch.key()), revision);
            watches.add(watch);
        }
    }

    void removeWatch(MemoryWatch watch) {
        synchronized (lock) {
            watches.remove(watch);
        }
    }

    /**
     * Waits until this key is the oldest below its directory.
     *
     * @return whether it became so in time
     */
    boolean awaitOldest(String directory, long version, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        synchronized (lock) {
            while (range(directory).values().stream().anyMatch(other -> other.version() < version)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                lock.wait(left / 1_000_000, (int) (left % 1_000_000));
            }
            return true;
        }
    }

    /** A watch on this store; called with the store locked, so that its listener is told of changes in their order. */
    static final class MemoryWatch implements TopoWatch {
        private final MemoryTopo topo;
        private final MemoryTopoConnection connection;
        private final String key;
        private final boolean file;
        private final Listener listener;

        MemoryWatch(MemoryTopo topo, MemoryTopoConnection connection, String key, boolean file, Listener listener) {
            this.topo = topo;
            this.connection = connection;
            this.key = key;
            this.file = file;
            this.listener = listener;
        }

        String key() {
            return key;
        }

        private boolean covers(String changed) {
            return file ? changed.equals(key) : changed.startsWith(key);
        }

        void snapshot(Map<String, Stored> stored, long revision) {
            List<TopoEntry> entries = new ArrayList<>();
            stored.forEach((path, value) -> {
                if (covers(path)) {
                    entries.add(connection.entry(path, value));
                }
            });
            listener.snapshot(entries, revision);
        }

        void changed(String changed, ByteString contents, long version) {
            if (covers(changed)) {
                listener.changed(connection.entry(changed, new Stored(contents, version, false)));
            }
        }

        void deleted(String deleted, long version) {
            if (covers(deleted)) {
                listener.deleted(connection.path(deleted), version);
            }
        }

        @Override
        public void probe() {
            listener.alive();
        }

        @Override
        public void abandon() {
            close();
        }

        @Override
        public void close() {
            topo.removeWatch(this);
            connection.ended(this);
        }
    }
}
