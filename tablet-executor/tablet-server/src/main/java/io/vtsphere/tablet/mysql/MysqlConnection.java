package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vtsphere.mysql.Packet;
import io.vtsphere.mysql.PacketDecoder;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One logged-in connection to MySQL, running one command at a time.
 *
 * <p>{@link #execute} may be called from any thread, by the one owner that got the connection from its pool; everything else happens on the
 * connection's event loop, which guards all fields without another note. A query past its deadline is killed through another connection, and
 * this one is not handed on before MySQL has confirmed the kill: a late kill would hit the next query.
 */
public final class MysqlConnection {
    /** How long a killed query may take to end before the connection is closed. */
    private static final long KILL_GRACE_SECONDS = 5;

    /** Set at once by whoever closes: the channel itself becomes inactive only later, on its loop. */
    private volatile boolean closing;

    private final Channel channel;
    private final EventLoop loop;
    private final long threadId;
    private final Killer killer;
    private final LongSupplier ticker;
    private final long createdNanos;
    private final ResponseReader reader = new ResponseReader(this);

    /** The settings that were applied on this connection, null for none; guarded by ownership. */
    private @Nullable String settings;
    /** Guarded by ownership; written before the pool publishes the connection. */
    private long idleSinceNanos;

    /** Whether MySQL's last answer said that a transaction is open; written on the loop. */
    private volatile boolean inTransaction;

    private @Nullable ResponseHandler handler;
    private @Nullable QueryControl control;
    private boolean killConnection;
    private @Nullable RuntimeException interruption;
    private boolean killPending;
    private boolean responseEnded;
    private @Nullable ScheduledFuture<?> watchdog;
    private long watchdogNanos;

    MysqlConnection(Channel channel, long threadId, Killer killer, LongSupplier ticker) {
        this.channel = channel;
        this.loop = channel.eventLoop();
        this.threadId = threadId;
        this.killer = killer;
        this.ticker = ticker;
        this.createdNanos = ticker.getAsLong();
        channel.pipeline().get(PacketDecoder.class).rows(reader);
        channel.pipeline().addLast(new Inbound());
    }

    public EventLoop loop() {
        return loop;
    }

    /** MySQL's id of this connection. */
    public long threadId() {
        return threadId;
    }

    public boolean isOpen() {
        return !closing && channel.isActive();
    }

    boolean inTransaction() {
        return inTransaction;
    }

    long createdNanos() {
        return createdNanos;
    }

    long idleSinceNanos() {
        return idleSinceNanos;
    }

    void idleSince(long nanos) {
        idleSinceNanos = nanos;
    }

    public @Nullable String settings() {
        return settings;
    }

    public void settings(@Nullable String applied) {
        settings = applied;
    }

    /** Runs the listener on the loop when the connection is gone, at once if it is. */
    public void onClose(Runnable listener) {
        channel.closeFuture().addListener(future -> listener.run());
    }

    /**
     * Sends a command; the answer goes to the handler.
     *
     * @param command as {@link Commands} makes it; taken over
     * @param killConnection whether a kill ends the connection (in a transaction, whose state would be unknown) or only the query
     */
    public void execute(
            ByteBuf command, ResponseHandler responseHandler, QueryControl queryControl, boolean killConnection) {
        if (loop.inEventLoop()) {
            start(command, responseHandler, queryControl, killConnection);
        } else {
            loop.execute(() -> start(command, responseHandler, queryControl, killConnection));
        }
    }

    private void start(ByteBuf command, ResponseHandler responseHandler, QueryControl queryControl, boolean kill) {
        if (handler != null) {
            command.release();
            throw new IllegalStateException("connection " + threadId + " is busy");
        }
        if (queryControl.cancelled()) {
            command.release();
            responseHandler.failed(QueryControl.cancelledError());
            return;
        }
        if (!channel.isActive()) {
            command.release();
            responseHandler.failed(gone());
            return;
        }
        handler = responseHandler;
        control = queryControl;
        killConnection = kill;
        interruption = null;
        responseEnded = false;
        reader.start();
        queryControl.running(this);
        watch(queryControl.deadlineNanos());
        channel.writeAndFlush(command, channel.voidPromise());
        // cancel() may have come between the check above and running(): then it saw no connection to interrupt.
        if (queryControl.cancelled()) {
            interrupt(QueryControl.cancelledError());
        }
    }

    /** Stops reading from the socket (false) until called with true: back pressure for streams. Any thread. */
    public void reading(boolean enabled) {
        channel.config().setAutoRead(enabled);
    }

    /** Closes the socket; the running command fails. Any thread. */
    public void close() {
        closing = true;
        channel.close();
    }

    void cancel(QueryControl cancelled) {
        loop.execute(() -> {
            if (control == cancelled) {
                interrupt(QueryControl.cancelledError());
            }
        });
    }

    /** One timer per connection, not per query: it looks again when it fires before the deadline of the query that runs then. */
    private void watch(long deadlineNanos) {
        if (deadlineNanos == QueryControl.NEVER) {
            return;
        }
        ScheduledFuture<?> current = watchdog;
        if (current != null) {
            if (watchdogNanos <= deadlineNanos) {
                return;
            }
            current.cancel(false);
        }
        watchdogNanos = deadlineNanos;
        watchdog = loop.schedule(
                this::checkDeadline, Math.max(0, deadlineNanos - ticker.getAsLong()), TimeUnit.NANOSECONDS);
    }

    private void checkDeadline() {
        watchdog = null;
        QueryControl current = control;
        if (current == null) {
            return;
        }
        long now = ticker.getAsLong();
        if (current.deadlineNanos() > now) {
            watch(current.deadlineNanos());
            return;
        }
        interrupt(VtException.of(
                Code.CANCELED,
                "(errno 3024) (sqlstate HY000): Query execution was interrupted, maximum statement execution time exceeded, elapsed time: "
                        + GoDuration.format(now - current.startNanos()) + ", killing "
                        + (killConnection ? "connection" : "query") + " ID " + threadId));
    }

    private void interrupt(RuntimeException reason) {
        if (interruption != null || handler == null || responseEnded) {
            return;
        }
        interruption = reason;
        killPending = true;
        killer.kill(threadId, killConnection, () -> loop.execute(this::killed));
        loop.schedule(
                () -> {
                    if (interruption == reason) {
                        channel.close();
                    }
                },
                KILL_GRACE_SECONDS,
                TimeUnit.SECONDS);
        // A stream whose client reads no more would never see the end of its rows.
        channel.config().setAutoRead(true);
    }

    private void killed() {
        killPending = false;
        RuntimeException reason = interruption;
        if (killConnection) {
            channel.close();
        } else if (responseEnded && reason != null) {
            fail(reason);
        }
    }

    /** The handler for the packets of the current command; null once it was interrupted, whose rows nobody wants. */
    @Nullable
    ResponseHandler receiver() {
        return interruption == null ? handler : null;
    }

    /** The last packet of the answer has come. */
    void completed(ResponseHandler.Completion completion) {
        inTransaction = completion.inTransaction();
        ResponseHandler current = handler;
        if (current == null || interrupted()) {
            return;
        }
        finish();
        current.end(completion);
    }

    void failed(RuntimeException error) {
        if (!interrupted()) {
            fail(error);
        }
    }

    private boolean interrupted() {
        RuntimeException reason = interruption;
        if (reason == null) {
            return false;
        }
        responseEnded = true;
        if (!killPending && !killConnection) {
            fail(reason);
        }
        return true;
    }

    private void fail(RuntimeException error) {
        ResponseHandler current = handler;
        if (current != null) {
            finish();
            current.failed(error);
        }
    }

    private void finish() {
        QueryControl finished = control;
        if (finished != null) {
            finished.running(null);
        }
        handler = null;
        control = null;
        interruption = null;
    }

    private void lost() {
        RuntimeException reason = interruption;
        fail(
                reason != null
                        ? reason
                        : new MysqlException(
                                MysqlException.SERVER_LOST, "HY000", "Lost connection to MySQL server during query"));
        ScheduledFuture<?> timer = watchdog;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    static MysqlException gone() {
        return new MysqlException(MysqlException.SERVER_GONE, "HY000", "MySQL server has gone away");
    }

    /** Kills a query or connection by its MySQL id through another connection; {@code done} runs in any case, on any thread. */
    interface Killer {
        void kill(long threadId, boolean connection, Runnable done);
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            Packet packet = (Packet) message;
            try {
                reader.packet(packet.content());
            } finally {
                packet.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(new MysqlException(
                    MysqlException.SERVER_LOST, "HY000", "Lost connection to MySQL server during query: " + cause));
            context.close();
        }
    }
}
