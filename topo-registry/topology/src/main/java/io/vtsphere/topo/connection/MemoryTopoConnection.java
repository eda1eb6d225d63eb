package io.vtsphere.topo.connection;

import com.google.protobuf.ByteString;
import io.vtsphere.topo.connection.MemoryTopo.Stored;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files below one root of a {@link MemoryTopo}. */
final class MemoryTopoConnection implements TopoConnection {
    private static final long ANY = -1;

    private final MemoryTopo topo;
    private final String root;
    private final Set<TopoWatch> watches = ConcurrentHashMap.newKeySet();
    private final HeldLocks locks = new HeldLocks();

    MemoryTopoConnection(MemoryTopo topo, String root) {
        this.topo = topo;
        this.root = root;
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public TopoEntry get(String path) {
        String key = key(path);
        Stored stored = topo.get(key);
        if (stored == null) {
            throw TopoException.of(Kind.NO_NODE, key);
        }
        return entry(key, stored);
    }

    @Override
    public long create(String path, ByteString contents) {
        String key = key(path);
        long version = topo.put(key, contents, 0, false);
        if (version == 0) {
            throw TopoException.of(Kind.NODE_EXISTS, key);
        }
        return version;
    }

    @Override
    public long put(String path, ByteString contents) {
        return topo.put(key(path), contents, ANY, false);
    }

    @Override
    public long update(String path, ByteString contents, long version) {
        String key = key(path);
        long updated = version <= 0 ? 0 : topo.put(key, contents, version, false);
        if (updated == 0) {
            throw TopoException.of(Kind.BAD_VERSION, key);
        }
        return updated;
    }

    @Override
    public void delete(String path) {
        String key = key(path);
        if (!topo.delete(key, ANY)) {
            throw TopoException.of(Kind.NO_NODE, key);
        }
    }

    @Override
    public void delete(String path, long version) {
        String key = key(path);
        if (!topo.delete(key, version)) {
            throw TopoException.of(topo.get(key) == null ? Kind.NO_NODE : Kind.BAD_VERSION, key);
        }
    }

    @Override
    public List<TopoEntry> list(String prefix) {
        String key = key(prefix);
        List<TopoEntry> entries = new ArrayList<>();
        topo.range(key).forEach((path, stored) -> entries.add(entry(path, stored)));
        if (entries.isEmpty()) {
            throw TopoException.of(Kind.NO_NODE, key);
        }
        return entries;
    }

    @Override
    public List<TopoDirEntry> listDir(String path) {
        String prefix = TopoPaths.directoryPrefix(root, path);
        TopoPaths.Names names = new TopoPaths.Names(prefix);
        topo.range(prefix).forEach((key, stored) -> names.add(key, stored.ephemeral()));
        return names.list();
    }

    @Override
    public TopoWatch watch(String path, Scope scope, TopoWatch.Listener listener) {
        boolean file = scope == Scope.FILE;
        MemoryTopo.MemoryWatch watch = new MemoryTopo.MemoryWatch(
                topo, this, file ? key(path) : TopoPaths.directoryPrefix(root, path), file, listener);
        watches.add(watch);
        topo.addWatch(watch);
        return watch;
    }

    @Override
    public TopoLock lock(String path, String text, Duration timeout) {
        listDir(path);
        return lockName(path, text, timeout);
    }

    @Override
    public TopoLock tryLock(String path, String text) {
        if (listDir(path).stream().anyMatch(entry -> entry.name().equals("locks") && entry.ephemeral())) {
            throw TopoException.of(Kind.NODE_EXISTS, "lock already exists at path " + path);
        }
        return lock(path, text, Duration.ofSeconds(1));
    }

    @Override
    public TopoLock lockName(String path, String text, Duration timeout) {
        String directory = TopoPaths.directoryPrefix(root, path + "/locks");
        String key = directory + UUID.randomUUID();
        long version = topo.put(key, ByteString.copyFromUtf8(text), 0, true);
        boolean held = false;
        try {
            held = topo.awaitOldest(directory, version, timeout.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TopoException.of(Kind.INTERRUPTED, "lock of " + path, e);
        } finally {
            if (!held) {
                topo.delete(key, ANY);
            }
        }
        if (!held) {
            throw TopoException.of(Kind.TIMEOUT, "lock of " + path + " was not free within " + timeout);
        }
        return locks.add(new MemoryLock(topo, key));
    }

    @Override
    public TopoLock awaitLeadership(String election, String id, Duration timeout) {
        return lockName(TopoPaths.election(election), id, timeout);
    }

    @Override
    public @Nullable String leader(String election) {
        String directory = TopoPaths.directoryPrefix(root, TopoPaths.election(election) + "/locks");
        return topo.range(directory).values().stream()
                .min(Comparator.comparingLong(Stored::version))
                .map(stored -> stored.contents().toStringUtf8())
                .orElse(null);
    }

    private record MemoryLock(MemoryTopo topo, String key) implements TopoLock {
        @Override
        public void check() {
            if (topo.get(key) == null) {
                throw TopoException.of(Kind.NO_NODE, key);
            }
        }

        @Override
        public void close() {
            topo.delete(key, ANY);
        }
    }

    @Override
    public void close() {
        watches.forEach(TopoWatch::close);
        locks.close();
    }

    void ended(TopoWatch watch) {
        watches.remove(watch);
    }

    TopoEntry entry(String key, Stored stored) {
        return new TopoEntry(path(key), stored.contents(), stored.version());
    }

    String path(String key) {
        return key.substring(TopoPaths.rootLength(root));
    }

    private String key(String path) {
        return TopoPaths.join(root, path);
    }
}
