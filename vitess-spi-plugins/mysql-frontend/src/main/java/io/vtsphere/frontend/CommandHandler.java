package io.vtsphere.frontend;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.vtsphere.executor.GateSession;
import io.vtsphere.mysql.MalformedPacketException;
import io.vtsphere.mysql.OkPacket;
import io.vtsphere.mysql.Packet;
import io.vtsphere.mysql.PacketTooLargeException;
import io.vtsphere.mysql.StatusFlags;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that has logged in: takes its commands one after the other.
 *
 * <p>One instance per connection, on its event loop, which guards every field. Commands that arrive while one runs wait; reading stops
 * with the first of them, so that at most what one read brought is kept.
 */
final class CommandHandler extends ChannelInboundHandlerAdapter implements ClientConnection, ResultWriter.Client {
    private static final Logger LOG = LoggerFactory.getLogger(CommandHandler.class);

    /** How long a client whose packet was refused may go on sending before the connection is cut. */
    private static final long LINGER_SECONDS = 2;

    private final MySqlFrontend frontend;
    private final GateSession session;
    private final int capabilities;
    private final int textCollation;
    private final RowEncoder rows;
    private final Charset charset;
    private final Deque<Packet> waiting = new ArrayDeque<>();
    private @Nullable Channel channel;
    private @Nullable PacketWriter out;
    private @Nullable Commands commands;
    private @Nullable Runnable onWritable;
    private boolean running;
    private boolean dispatching;
    private boolean shuttingDown;
    private boolean closed;

    CommandHandler(MySqlFrontend frontend, GateSession session, int capabilities, int collation, Charset charset) {
        this.frontend = frontend;
        this.session = session;
        this.capabilities = capabilities;
        this.charset = charset;
        this.rows = new RowEncoder(charset);
        this.textCollation = charset.equals(StandardCharsets.UTF_8) ? 0 : collation;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = ctx.channel();
        out = new PacketWriter(ctx.channel(), capabilities);
        commands = new Commands(frontend, session, this, capabilities, charset);
    }

    /** The log-in is through: switches to the client's database, if it named one, and says OK. */
    void connected(int sequenceId, @Nullable String database) {
        PacketWriter writer = out();
        writer.sequenceId(sequenceId);
        if (database == null || database.isEmpty()) {
            writer.ok(OkPacket.HEADER, 0, 0, session.statusFlags(), 0, "");
            writer.flush();
            return;
        }
        running = true;
        session.initDb(database, new ResultWriter(this, false, false) {
            @Override
            public void fail(VtException error) {
                writer.error(error);
                hangUp();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Packet packet = (Packet) message;
        if (closed) {
            packet.release();
            return;
        }
        waiting.add(packet);
        if (running) {
            ctx.channel().config().setAutoRead(false);
        } else {
            dispatch();
        }
    }

    /** Runs what waits, as far as nothing runs; a loop and not a recursion, since answers may come at once. */
    private void dispatch() {
        if (dispatching) {
            return;
        }
        dispatching = true;
        try {
            while (!running && !closed && (commands().moreStatements() || !waiting.isEmpty())) {
                running = true;
                runNext();
            }
        } finally {
            dispatching = false;
        }
        if (!running && !closed) {
            if (!channel().config().isAutoRead()) {
                channel().config().setAutoRead(true);
            }
            if (shuttingDown) {
                shutdown();
            }
        }
    }

    private void runNext() {
        Commands run = commands();
        if (run.moreStatements()) {
            guarded(run::nextStatement);
            return;
        }
        Packet packet = waiting.remove();
        try {
            out().sequenceId((packet.sequenceId() + 1) & 0xff);
            guarded(() -> run.start(packet.content()));
        } finally {
            packet.release();
        }
    }

    /** Whatever is thrown becomes the command's answer. */
    private void guarded(Runnable command) {
        try {
            command.run();
        } catch (VtException e) {
            failed(e);
        } catch (MalformedPacketException | IndexOutOfBoundsException e) {
            failed(1835, "HY000", "Malformed communication packet. " + e.getMessage());
        } catch (Throwable e) {
            LOG.error("a command of connection {} crashed", channel(), e);
            failed(VtError.VT13001.with(e));
        }
    }

    private void failed(VtException error) {
        failed(error.errno(), error.sqlState(), error.getMessage());
    }

    private void failed(int errno, String sqlState, String message) {
        commands().abandon();
        if (running && !closed) {
            out().error(errno, sqlState, message);
            answered(false);
        }
    }

    @Override
    public void answered(boolean success) {
        if (closed) {
            return;
        }
        Commands run = commands();
        run.answered(success);
        running = false;
        onWritable = null;
        if (!run.moreStatements()) {
            out().flush();
        }
        dispatch();
    }

    /** The command has no answer. */
    void silent() {
        running = false;
        dispatch();
    }

    /** Flushes what was written and closes the connection. */
    void hangUp() {
        if (!closed) {
            out().flush();
            end();
            channel().close();
        }
    }

    private void end() {
        closed = true;
        onWritable = null;
        while (!waiting.isEmpty()) {
            waiting.remove().release();
        }
        session.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!closed) {
            end();
        }
        out().release();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Runnable task = onWritable;
        if (task != null && ctx.channel().isWritable()) {
            onWritable = null;
            task.run();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof IdleStateEvent && !running && !closed) {
            out().sequenceId(0);
            out().error(
                            4031,
                            "HY000",
                            "The client was disconnected by the server because of inactivity. See wait_timeout and"
                                    + " interactive_timeout for configuring this behavior.");
            hangUp();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (closed) {
            return;
        }
        if (running || cause instanceof IOException) {
            LOG.debug("connection {} is closed", ctx.channel(), cause);
            hangUp();
        } else if (cause instanceof PacketTooLargeException tooLarge) {
            out().sequenceId((tooLarge.sequenceId() + 1) & 0xff);
            out().error(1153, "08S01", "Got a packet bigger than 'max_allowed_packet' bytes");
            linger(ctx);
        } else if (cause instanceof MalformedPacketException) {
            out().error(1156, "08S01", "Got packets out of order");
            hangUp();
        } else {
            LOG.error("connection {} failed", ctx.channel(), cause);
            out().error(VtError.VT13001.with(cause));
            hangUp();
        }
    }

    /** Lets the client read the error: closing while it still sends would reset the connection. */
    private void linger(ChannelHandlerContext ctx) {
        out().flush();
        end();
        if (ctx.channel() instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
        ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void shutdown() {
        shuttingDown = true;
        if (!closed && !running && (session.statusFlags() & StatusFlags.IN_TRANS) == 0) {
            out().sequenceId(0);
            out().error(1053, "08S01", "Server shutdown in progress");
            hangUp();
        }
    }

    @Override
    public Channel channel() {
        return java.util.Objects.requireNonNull(channel, "not in a pipeline");
    }

    @Override
    public PacketWriter out() {
        return java.util.Objects.requireNonNull(out, "not in a pipeline");
    }

    private Commands commands() {
        return java.util.Objects.requireNonNull(commands, "not in a pipeline");
    }

    @Override
    public RowEncoder rows() {
        return rows;
    }

    @Override
    public int textCollation() {
        return textCollation;
    }

    @Override
    public int statusFlags() {
        return session.statusFlags();
    }

    @Override
    public boolean writable() {
        return channel().isWritable();
    }

    @Override
    public void onWritable(Runnable task) {
        if (channel().isWritable()) {
            task.run();
        } else if (!closed) {
            onWritable = task;
        }
    }
}
