package io.vtsphere.topo.watch;

import io.vtsphere.topo.connection.TopoEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the snapshot on disk up to date, writing at most every few seconds. Used by the topology thread. */
final class SnapshotSaver {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotSaver.class);

    /** Changes come in bursts; one file for each burst is enough. */
    private static final Duration DELAY = Duration.ofSeconds(2);

    private final Path path;
    private final SnapshotFile file;
    private final TopologyThreads threads;
    private boolean scheduled;

    SnapshotSaver(Path path, TopologyThreads threads) {
        this.path = path;
        this.file = new SnapshotFile(path);
        this.threads = threads;
    }

    Map<String, List<TopoEntry>> read() throws IOException {
        return file.read();
    }

    /**
     * @param files asked on the topology thread when it is time to write
     */
    void changed(Supplier<Map<String, Collection<TopoEntry>>> files) {
        if (scheduled) {
            return;
        }
        scheduled = true;
        threads.later(
                () -> {
                    scheduled = false;
                    Map<String, Collection<TopoEntry>> snapshot = files.get();
                    threads.blocking(() -> write(snapshot));
                },
                DELAY);
    }

    /** Writers of two bursts may overlap on a slow disk; they take turns. */
    private void write(Map<String, Collection<TopoEntry>> snapshot) {
        synchronized (file) {
            try {
                file.write(snapshot);
            } catch (IOException e) {
                LOG.error("the topology snapshot {} was not written; the one before, if any, is still there", path, e);
            }
        }
    }
}
