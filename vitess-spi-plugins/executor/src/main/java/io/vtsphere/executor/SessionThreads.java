package io.vtsphere.executor;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for statements that must wait: virtual ones where the JDK has them, else a pool that grows up to a limit. Thread-safe.
 *
 * <p>A session has at most one statement at a time, so the sessions bound the virtual threads.
 */
final class SessionThreads implements AutoCloseable {
    private static final long IDLE_SECONDS = 60;

    private final ExecutorService threads;
    private final int limit;

    private SessionThreads(ExecutorService threads, int limit) {
        this.threads = threads;
        this.limit = limit;
    }

    /** @param limit most statements that run at once on platform threads */
    static SessionThreads open(int limit) {
        try {
            // Executors.newVirtualThreadPerTaskExecutor(), which JDK 17 does not have.
            Object virtual =
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            return new SessionThreads((ExecutorService) virtual, Integer.MAX_VALUE);
        } catch (ReflectiveOperationException e) {
            return platform(limit);
        }
    }

    static SessionThreads platform(int limit) {
        return new SessionThreads(
                new ThreadPoolExecutor(
                        0,
                        limit,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        new DefaultThreadFactory("session", true)),
                limit);
    }

    /** @throws VtException RESOURCE_EXHAUSTED when all threads are busy; the task does not run then */
    void execute(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            throw VtException.of(
                    Code.RESOURCE_EXHAUSTED,
                    threads.isShutdown()
                            ? "the gate is shutting down"
                            : "all " + limit
                                    + " session threads are busy with statements over several shards (session-threads)",
                    e);
        }
    }

    /** Interrupts what still runs. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
