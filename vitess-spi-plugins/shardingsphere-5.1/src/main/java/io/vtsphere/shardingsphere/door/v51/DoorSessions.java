package io.vtsphere.shardingsphere.door.v51;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.vtsphere.executor.GateSession;
import io.vtsphere.executor.GateSessions;
import io.vtsphere.executor.SessionParams;
import io.vtsphere.shardingsphere.kernel.v51.KernelClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Opens sessions over keyspaces and the host's databases. Thread-safe. */
final class DoorSessions implements GateSessions, AutoCloseable {
    private static final long IDLE_SECONDS = 60;

    private final GateSessions gate;
    private final HostDatabases databases;
    private final ExecutorService threads;
    private final ExecutorService closing;

    /** @param limit most statements of the host's databases that run at one time */
    DoorSessions(GateSessions gate, HostDatabases databases, int limit) {
        this.gate = gate;
        this.databases = databases;
        this.threads = new ThreadPoolExecutor(
                0,
                limit,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new DefaultThreadFactory("host-kernel", true));
        // as many as there are clients wait here at most
        this.closing = Executors.newSingleThreadExecutor(new DefaultThreadFactory("host-kernel-closing", true));
    }

    @Override
    public GateSession newSession(SessionParams params) {
        return new DoorSession(gate.newSession(params), new KernelClient(params, threads, closing), databases);
    }

    /** Lets what runs end: the host's connections are its own. */
    @Override
    public void close() {
        threads.shutdown();
        closing.shutdown();
    }
}
