package io.vtsphere.topo.watch;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topology thread, which alone changes the state, and the threads that wait for the topology server in its stead: at most one for each
 * watched directory. Thread-safe.
 */
final class TopologyThreads {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyThreads.class);

    private final ScheduledThreadPoolExecutor topology;
    private final ExecutorService blocking;
    private final LongSupplier ticker;
    private volatile @Nullable Thread thread;

    TopologyThreads(LongSupplier ticker) {
        this.ticker = ticker;
        this.topology = new ScheduledThreadPoolExecutor(1, work -> {
            Thread created = daemon("topology").newThread(work);
            thread = created;
            return created;
        });
        topology.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.blocking = Executors.newCachedThreadPool(daemon("topology-read"));
    }

    long nanoTime() {
        return ticker.getAsLong();
    }

    boolean isTopologyThread() {
        return Thread.currentThread() == thread;
    }

    void topology(Runnable work) {
        execute(topology, work);
    }

    /** As {@link #topology}; completes when the work is done or fails, and at once when the threads have ended. */
    CompletableFuture<Void> topologyDone(Runnable work) {
        try {
            return CompletableFuture.runAsync(work, topology);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(new IllegalStateException("the topology watcher is closed", e));
        }
    }

    void blocking(Runnable work) {
        execute(blocking, work);
    }

    void later(Runnable work, Duration delay) {
        try {
            topology.schedule(logged(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the topology is closed: {}", e.getMessage());
        }
    }

    void every(Runnable work, Duration period) {
        topology.scheduleWithFixedDelay(logged(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the threads when they have done what they were given; work for later is dropped. */
    void closeWhenIdle() {
        topology.shutdown();
        blocking.shutdown();
    }

    private static void execute(ExecutorService executor, Runnable work) {
        try {
            executor.execute(logged(work));
        } catch (RejectedExecutionException e) {
            LOG.debug("the topology is closed: {}", e.getMessage());
        }
    }

    /** A fault of one piece of work must not end the thread, nor pass unseen. */
    private static Runnable logged(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.error("the topology thread met an error that should not be", e);
                if (e instanceof Error error) {
                    throw error;
                }
            }
        };
    }

    private static ThreadFactory daemon(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread created = new Thread(work, name + "-" + number.incrementAndGet());
            created.setDaemon(true);
            return created;
        };
    }
}
