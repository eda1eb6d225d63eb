package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.vtsphere.mysql.AuthSwitchRequest;
import io.vtsphere.mysql.CachingSha2Password;
import io.vtsphere.mysql.Capabilities;
import io.vtsphere.mysql.ErrPacket;
import io.vtsphere.mysql.Greeting;
import io.vtsphere.mysql.HandshakeResponse;
import io.vtsphere.mysql.NativePassword;
import io.vtsphere.mysql.Packet;
import io.vtsphere.mysql.Packets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The client side of MySQL's handshake; replaces itself by a {@link MysqlConnection} when the login is accepted.
 *
 * <p>Source: "Connection Phase" of the MySQL client/server protocol.
 */
final class Login extends ChannelInboundHandlerAdapter {
    private static final int CAPABILITIES = Capabilities.LONG_PASSWORD
            | Capabilities.LONG_FLAG
            | Capabilities.CONNECT_WITH_DB
            | Capabilities.PROTOCOL_41
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH
            | Capabilities.SESSION_TRACK
            | Capabilities.DEPRECATE_EOF;

    /** utf8mb4_0900_ai_ci from MySQL 8.0 on, utf8mb4_general_ci before. */
    private static final int UTF8MB4_0900 = 255;

    private static final int UTF8MB4_GENERAL = 45;

    private final MysqlAddress address;
    private final boolean foundRows;
    private final MysqlConnection.Killer killer;
    private final LongSupplier ticker;
    private final Callback<MysqlConnection> callback;
    private @Nullable ScheduledFuture<?> timeout;
    private String plugin = "";
    private byte[] scramble = new byte[0];
    private boolean greeted;
    private long threadId;
    private boolean finished;

    Login(
            MysqlAddress address,
            boolean foundRows,
            MysqlConnection.Killer killer,
            LongSupplier ticker,
            Callback<MysqlConnection> callback) {
        this.address = address;
        this.foundRows = foundRows;
        this.killer = killer;
        this.ticker = ticker;
        this.callback = callback;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        timeout = context.executor()
                .schedule(
                        () -> fail(context, lost("no answer to the login within 5 s")),
                        MysqlConnector.LOGIN_TIMEOUT_NANOS,
                        TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Packet packet = (Packet) message;
        try {
            if (!finished) {
                read(context, packet.content(), packet.sequenceId() + 1);
            }
        } catch (GeneralSecurityException e) {
            fail(context, lost("cannot encrypt the password: " + e.getMessage()));
        } finally {
            packet.release();
        }
    }

    private void read(ChannelHandlerContext context, ByteBuf in, int sequenceId) throws GeneralSecurityException {
        int kind = in.getUnsignedByte(in.readerIndex());
        if (kind == ErrPacket.HEADER) {
            fail(context, ResponseReader.error(in));
        } else if (!greeted) {
            greeting(context, in, sequenceId);
        } else if (kind == 0x00) {
            succeed(context);
        } else if (kind == AuthSwitchRequest.HEADER) {
            AuthSwitchRequest other = AuthSwitchRequest.decode(in);
            plugin = other.plugin();
            scramble = other.scramble();
            send(context, proof(), sequenceId);
        } else if (kind == CachingSha2Password.AUTH_MORE_DATA) {
            more(context, in, sequenceId);
        } else {
            fail(context, lost("unexpected packet " + kind + " in the login"));
        }
    }

    private void greeting(ChannelHandlerContext context, ByteBuf in, int sequenceId) {
        Greeting greeting = Greeting.decode(in);
        greeted = true;
        threadId = greeting.connectionId();
        plugin = greeting.authPlugin();
        scramble = greeting.scramble();
        HandshakeResponse response = new HandshakeResponse(
                foundRows ? CAPABILITIES | Capabilities.FOUND_ROWS : CAPABILITIES,
                MysqlConnector.MAX_PACKET,
                greeting.serverVersion().startsWith("5.") ? UTF8MB4_GENERAL : UTF8MB4_0900,
                address.user(),
                proof(),
                address.database(),
                plugin,
                Map.of());
        ByteBuf out = context.alloc().ioBuffer(256);
        int start = Packets.begin(out);
        response.encode(out);
        Packets.finish(out, start, sequenceId);
        context.writeAndFlush(out, context.voidPromise());
    }

    /** No bytes for a plug-in that we do not speak: the server then asks for another, or refuses with its own words. */
    private byte[] proof() {
        return switch (plugin) {
            case NativePassword.NAME -> NativePassword.scramble(address.password(), scramble);
            case CachingSha2Password.NAME -> CachingSha2Password.scramble(address.password(), scramble);
            default -> new byte[0];
        };
    }

    private void more(ChannelHandlerContext context, ByteBuf in, int sequenceId) throws GeneralSecurityException {
        in.skipBytes(1);
        int code = in.readableBytes() == 1 ? in.readUnsignedByte() : -1;
        if (code == CachingSha2Password.PERFORM_FULL_AUTHENTICATION) {
            send(context, new byte[] {CachingSha2Password.REQUEST_PUBLIC_KEY}, sequenceId);
        } else if (code != CachingSha2Password.FAST_AUTH_SUCCESS) {
            String key = in.toString(StandardCharsets.US_ASCII);
            send(context, CachingSha2Password.encrypt(address.password(), scramble, key), sequenceId);
        }
    }

    private void succeed(ChannelHandlerContext context) {
        finished = true;
        cancelTimeout();
        context.pipeline().remove(this);
        callback.success(new MysqlConnection(context.channel(), threadId, killer, ticker));
    }

    private void fail(ChannelHandlerContext context, MysqlException error) {
        context.close();
        if (!finished) {
            finished = true;
            cancelTimeout();
            callback.failure(error);
        }
    }

    private void cancelTimeout() {
        ScheduledFuture<?> scheduled = timeout;
        if (scheduled != null) {
            scheduled.cancel(false);
        }
    }

    private static void send(ChannelHandlerContext context, byte[] payload, int sequenceId) {
        ByteBuf out = context.alloc().ioBuffer(Packets.HEADER_BYTES + payload.length);
        int start = Packets.begin(out);
        out.writeBytes(payload);
        Packets.finish(out, start, sequenceId);
        context.writeAndFlush(out, context.voidPromise());
    }

    /** Not "lost connection": nothing was sent yet that could have happened, and callers tell the two apart by the number. */
    private static MysqlException lost(String why) {
        return new MysqlException(
                MysqlException.CONNECT_FAILED, "HY000", "Can't connect to MySQL server (" + why + ")");
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, lost("closed during the login"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context, lost(cause.toString()));
    }
}
