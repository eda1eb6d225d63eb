package io.vtsphere.topo.watch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vtsphere.topo.connection.TopoEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a watch told and the topology thread has not seen yet: at most the newest state of each file, so that a slow reader costs no memory.
 * Thread-safe.
 */
final class Pending {
    private final Object lock = new Object();

    /** Set when the watch began anew and everything not in it is gone. */
    @GuardedBy("lock")
    private @Nullable Map<String, TopoEntry> whole;

    /** Empty values are deletions. */
    @GuardedBy("lock")
    private Map<String, Optional<TopoEntry>> changes = new HashMap<>();

    @GuardedBy("lock")
    private boolean announced;

    /** Which watch is listened to; what an earlier one still tells is dropped. */
    @GuardedBy("lock")
    private int generation;

    /** What was told: either all files, or those that changed. */
    record Batch(@Nullable Map<String, TopoEntry> whole, Map<String, Optional<TopoEntry>> changes) {}

    /** Forgets what was told and listens to another watch. */
    void begin(int next) {
        synchronized (lock) {
            generation = next;
            whole = null;
            changes.clear();
            announced = false;
        }
    }

    /** Whether the reader has to be woken. */
    boolean snapshot(int teller, List<TopoEntry> entries) {
        synchronized (lock) {
            if (teller != generation) {
                return false;
            }
            Map<String, TopoEntry> files = new HashMap<>();
            entries.forEach(entry -> files.put(entry.path(), entry));
            whole = files;
            changes.clear();
            return announce();
        }
    }

    /** Whether the reader has to be woken. */
    boolean changed(int teller, TopoEntry entry) {
        synchronized (lock) {
            if (teller != generation) {
                return false;
            }
            if (whole != null) {
                whole.put(entry.path(), entry);
            } else {
                changes.put(entry.path(), Optional.of(entry));
            }
            return announce();
        }
    }

    /** Whether the reader has to be woken. */
    boolean deleted(int teller, String path) {
        synchronized (lock) {
            if (teller != generation) {
                return false;
            }
            if (whole != null) {
                whole.remove(path);
            } else {
                changes.put(path, Optional.empty());
            }
            return announce();
        }
    }

    Batch take() {
        synchronized (lock) {
            Batch batch = new Batch(whole, changes);
            whole = null;
            changes = new HashMap<>();
            announced = false;
            return batch;
        }
    }

    @GuardedBy("lock")
    private boolean announce() {
        boolean wake = !announced;
        announced = true;
        return wake;
    }
}
