package io.vtsphere.tablet.mysql;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Deque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded set of connections, last used first, with one stack of idle ones per event loop.
 *
 * <p>A call prefers a connection of its own loop, then any other, then a new one, then waits. Thread-safe without locks: a connection is
 * either in a stack or owned by one caller; permits count the owners.
 */
public final class ConnectionPool implements AutoCloseable {
    private final PoolConfig config;
    private final EventLoops loops;
    private final MysqlConnector connector;
    private final LongSupplier ticker;
    private final Deque<MysqlConnection>[] idle;
    private final AtomicInteger permits;
    /** Connections that exist or are being made. */
    private final AtomicInteger total = new AtomicInteger();

    /** All of them, idle and in use. */
    private final Set<MysqlConnection> connections = ConcurrentHashMap.newKeySet();

    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledFuture<?> sweep;
    private volatile boolean closed;

    @SuppressWarnings("unchecked")
    public ConnectionPool(PoolConfig config, EventLoops loops, MysqlConnector connector, LongSupplier ticker) {
        this.config = config;
        this.loops = loops;
        this.connector = connector;
        this.ticker = ticker;
        this.permits = new AtomicInteger(config.capacity());
        this.idle = new Deque[loops.size()];
        for (int i = 0; i < idle.length; i++) {
            idle[i] = new ConcurrentLinkedDeque<>();
        }
        this.sweep = loops.get(0).scheduleWithFixedDelay(this::closeIdle, 10, 10, TimeUnit.SECONDS);
    }

    public PoolConfig config() {
        return config;
    }

    /** Connections that a caller owns now. */
    public int inUse() {
        return config.capacity() - permits.get();
    }

    /** Connections that exist. */
    public int size() {
        return total.get();
    }

    public int waitingCalls() {
        return waiting.get();
    }

    /**
     * Gives a connection to the callback: at once on this thread when one is idle, else later on some event loop.
     *
     * @param loop index of the caller's event loop
     * @param settings of the connection that is wanted, null for none; one with others may come, see {@link SettingsApplier}
     * @param control whose deadline bounds the wait
     */
    public void acquire(int loop, @Nullable String settings, QueryControl control, Callback<MysqlConnection> callback) {
        if (closed) {
            callback.failure(VtException.of(Code.UNAVAILABLE, "connection pool is closed"));
        } else if (takePermit()) {
            hand(loop, settings, callback);
        } else {
            await(loop, settings, control, callback);
        }
    }

    /**
     * Gives the connection back; one that is closed or too old is dropped, and so is one with a transaction left open: the next statement on
     * it would be acknowledged and never committed.
     */
    public void release(MysqlConnection connection) {
        long now = ticker.getAsLong();
        boolean expired = !config.maxLifetime().isZero()
                && now - connection.createdNanos() > config.maxLifetime().toNanos();
        // Two calls that look for an idle connection at once can make one too many; it goes when it comes back.
        boolean surplus = total.get() > config.capacity();
        if (closed || expired || surplus || connection.inTransaction() || !connection.isOpen()) {
            drop(connection);
        } else {
            connection.idleSince(now);
            idle[loops.indexOf(connection.loop())].addFirst(connection);
        }
        returnPermit();
    }

    private boolean takePermit() {
        int current = permits.get();
        while (current > 0) {
            if (permits.compareAndSet(current, current - 1)) {
                return true;
            }
            current = permits.get();
        }
        return false;
    }

    private void returnPermit() {
        permits.incrementAndGet();
        if (closed) {
            closeIdle();
        }
        serveWaiter();
    }

    private void serveWaiter() {
        while (!waiters.isEmpty() && takePermit()) {
            Waiter waiter = waiters.poll();
            if (waiter != null && waiter.claim()) {
                hand(waiter.loop, waiter.settings, waiter.callback);
                return;
            }
            // That one had timed out: its permit is free for the next.
            permits.incrementAndGet();
        }
    }

    /** The caller holds a permit. */
    private void hand(int loop, @Nullable String settings, Callback<MysqlConnection> callback) {
        MysqlConnection connection = pollIdle(loop, settings);
        if (connection != null) {
            callback.success(connection);
            return;
        }
        total.incrementAndGet();
        connector.connect(loops.get(loop), config.foundRows(), new Callback<>() {
            @Override
            public void success(MysqlConnection made) {
                connections.add(made);
                callback.success(made);
            }

            @Override
            public void failure(RuntimeException error) {
                total.decrementAndGet();
                returnPermit();
                callback.failure(error);
            }
        });
    }

    private @Nullable MysqlConnection pollIdle(int loop, @Nullable String settings) {
        for (int i = 0; i < idle.length; i++) {
            Deque<MysqlConnection> stack = idle[(loop + i) % idle.length];
            MysqlConnection connection = settings == null ? stack.pollFirst() : pollWith(stack, settings);
            while (connection != null) {
                if (connection.isOpen()) {
                    return connection;
                }
                drop(connection);
                connection = stack.pollFirst();
            }
        }
        return null;
    }

    /** The one that has the settings already, else the least recently used, so that plain calls keep the plain connections. */
    private static @Nullable MysqlConnection pollWith(Deque<MysqlConnection> stack, String settings) {
        for (MysqlConnection connection : stack) {
            if (settings.equals(connection.settings()) && stack.remove(connection)) {
                return connection;
            }
        }
        return stack.pollLast();
    }

    private void await(int loop, @Nullable String settings, QueryControl control, Callback<MysqlConnection> callback) {
        if (waiting.incrementAndGet() > config.maxWaiters()) {
            waiting.decrementAndGet();
            callback.failure(VtException.of(
                    Code.RESOURCE_EXHAUSTED,
                    config.name() + " pool: more than " + config.maxWaiters() + " calls wait"));
            return;
        }
        Waiter waiter = new Waiter(loop, settings, callback);
        EventLoop eventLoop = loops.get(loop);
        long nanos = control.deadlineNanos() == QueryControl.NEVER
                ? Long.MAX_VALUE
                : control.deadlineNanos() - ticker.getAsLong();
        if (!config.waitTimeout().isZero()) {
            nanos = Math.min(nanos, config.waitTimeout().toNanos());
        }
        if (nanos != Long.MAX_VALUE) {
            waiter.timer = eventLoop.schedule(() -> timeOut(waiter), Math.max(0, nanos), TimeUnit.NANOSECONDS);
        }
        waiters.add(waiter);
        // A permit may have come back between the caller's look and the add: nobody else would wake this waiter.
        serveWaiter();
    }

    private void timeOut(Waiter waiter) {
        if (waiter.claim()) {
            waiters.remove(waiter);
            waiter.callback.failure(VtException.of(Code.RESOURCE_EXHAUSTED, config.exhaustedText()));
        }
    }

    private void drop(MysqlConnection connection) {
        total.decrementAndGet();
        connections.remove(connection);
        connection.close();
    }

    /** Closes all connections, because MySQL has stopped answering on them; what runs on them fails now instead of at its deadline. */
    public void abort() {
        connections.forEach(MysqlConnection::close);
    }

    /** Closes the idle connections, because one has just turned out to be dead: the others may be too, and not know it yet. */
    public void dropIdle() {
        for (Deque<MysqlConnection> stack : idle) {
            for (MysqlConnection connection = stack.pollFirst(); connection != null; connection = stack.pollFirst()) {
                drop(connection);
            }
        }
    }

    private void closeIdle() {
        long now = ticker.getAsLong();
        long limit = config.idleTimeout().toNanos();
        for (Deque<MysqlConnection> stack : idle) {
            for (MysqlConnection connection : stack) {
                boolean stale = limit > 0 && now - connection.idleSinceNanos() > limit;
                if ((closed || stale || !connection.isOpen()) && stack.remove(connection)) {
                    drop(connection);
                }
            }
        }
    }

    /** Closes the idle connections now and the others when they come back; waiting calls fail. */
    @Override
    public void close() {
        closed = true;
        sweep.cancel(false);
        closeIdle();
        for (Waiter waiter = waiters.poll(); waiter != null; waiter = waiters.poll()) {
            if (waiter.claim()) {
                waiter.callback.failure(VtException.of(Code.UNAVAILABLE, "connection pool is closed"));
            }
        }
    }

    private final class Waiter {
        private final int loop;
        private final @Nullable String settings;
        private final Callback<MysqlConnection> callback;
        private final AtomicBoolean claimed = new AtomicBoolean();
        /** Set before the waiter is published. */
        private @Nullable ScheduledFuture<?> timer;

        Waiter(int loop, @Nullable String settings, Callback<MysqlConnection> callback) {
            this.loop = loop;
            this.settings = settings;
            this.callback = callback;
        }

        boolean claim() {
            if (!claimed.compareAndSet(false, true)) {
                return false;
            }
            waiting.decrementAndGet();
            ScheduledFuture<?> scheduled = timer;
            if (scheduled != null) {
                scheduled.cancel(false);
            }
            return true;
        }
    }
}
