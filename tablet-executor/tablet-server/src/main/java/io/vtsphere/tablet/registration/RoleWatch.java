package io.vtsphere.tablet.registration;

import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoEntry;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoWatch;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.TopoServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes its owner when the shard's record, the tablet's own one or what the cell serves of the keyspace may have changed.
 *
 * <p>Watches are hints only: the records themselves are read by whoever is woken, at the latest after {@link #AUDIT_MILLIS}. A watch that
 * is lost, or that fell silent without a word, therefore costs time and never a change. {@link #await} and {@link #close} belong to one
 * thread; {@link #wake} is for anyone.
 */
final class RoleWatch implements AutoCloseable {
    /** Vitess' {@code shard_sync.go} looks every 30 s beside its watch. */
    private static final long AUDIT_MILLIS = 10_000;

    private final TopoServer topo;
    private final String keyspace;
    private final String shard;
    private final TabletAlias alias;
    private final Semaphore changes = new Semaphore(0);
    private final List<TopoWatch> watches = new ArrayList<>();
    /** Set by watches, read by the owner. */
    private volatile boolean lost = true;

    RoleWatch(TopoServer topo, String keyspace, String shard, TabletAlias alias) {
        this.topo = topo;
        this.keyspace = keyspace;
        this.shard = shard;
        this.alias = alias;
    }

    /**
     * Waits for a change, or until it is time to look without one.
     *
     * @throws TopoException when a lost watch could not be made anew
     */
    void await() throws InterruptedException {
        if (lost) {
            close();
            lost = false;
            watch(topo.global(), RecordPaths.shard(keyspace, shard));
            TopoConnection cell = topo.cells().connection(alias.cell());
            watch(cell, RecordPaths.tablet(alias));
            watch(cell, RecordPaths.srvKeyspace(keyspace));
        }
        if (changes.tryAcquire(AUDIT_MILLIS, TimeUnit.MILLISECONDS)) {
            changes.drainPermits();
        }
    }

    /** Ends a waiting {@link #await}. */
    void wake() {
        changes.release();
    }

    private void watch(TopoConnection connection, String path) {
        watches.add(connection.watch(path, TopoConnection.Scope.FILE, new TopoWatch.Listener() {
            @Override
            public void snapshot(List<TopoEntry> entries, long revision) {
                wake();
            }

            @Override
            public void changed(TopoEntry entry) {
                wake();
            }

            @Override
            public void deleted(String deleted, long version) {
                wake();
            }

            @Override
            public void alive() {}

            @Override
            public void lost(TopoException reason) {
                lost = true;
                wake();
            }
        }));
    }

    @Override
    public void close() {
        watches.forEach(TopoWatch::close);
        watches.clear();
    }
}
