package io.vtsphere.topo.server;

import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoLock;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** The locks that writers of the global topology take, in Vitess' places. */
final class Locks {
    private final TopoConnection global;
    private final Duration timeout;
    private final Clock clock;

    /**
     * @param timeout for a lock to become free ({@code --lock-timeout})
     */
    Locks(TopoConnection global, Duration timeout, Clock clock) {
        this.global = global;
        this.timeout = timeout;
        this.clock = clock;
    }

    <T> T holdingKeyspace(String keyspace, String action, Supplier<T> work) {
        return holding(RecordPaths.keyspaceDirectory(keyspace), action, work);
    }

    <T> T holdingShard(String keyspace, String shard, String action, Supplier<T> work) {
        return holding(RecordPaths.shardDirectory(keyspace, shard), action, work);
    }

    private <T> T holding(String directory, String action, Supplier<T> work) {
        try (TopoLock lock = global.lock(directory, LockText.of(action, clock), timeout)) {
            lock.check();
            return work.get();
        }
    }

    /** The routing rules' directory may be empty, so the lock is one by name. */
    <T> T holdingRoutingRules(String action, Supplier<T> work) {
        try (TopoLock lock =
                global.lockName(RecordPaths.ROUTING_RULES_DIRECTORY, LockText.of(action, clock), timeout)) {
            lock.check();
            return work.get();
        }
    }
}
