package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The client side of MySQL's handshake; replaces itself by a {@link MysqlConnection} when the login is accepted.
 *
 * <p>Source: "Connection Phase" of the MySQL client/server protocol.
 */
final class Login extends ChannelInboundHandlerAdapter {
    private static final int LONG_PASSWORD = 1;
    private static final int FOUND_ROWS = 1 << 1;
    private static final int LONG_FLAG = 1 << 2;
    private static final int CONNECT_WITH_DB = 1 << 3;
    private static final int PROTOCOL_41 = 1 << 9;
    private static final int TRANSACTIONS = 1 << 13;
    private static final int SECURE_CONNECTION = 1 << 15;
    private static final int MULTI_RESULTS = 1 << 17;
    private static final int PLUGIN_AUTH = 1 << 19;
    private static final int DEPRECATE_EOF = 1 << 24;

    /** utf8mb4_0900_ai_ci from MySQL 8.0 on, utf8mb4_general_ci before. */
    private static final int UTF8MB4_0900 = 255;

    private static final int UTF8MB4_GENERAL = 45;
    private static final int MAX_PACKET = 1 << 30;

    private final MysqlAddress address;
    private final boolean foundRows;
    private final MysqlConnection.Killer killer;
    private final LongSupplier ticker;
    private final Callback<MysqlConnection> callback;
    private @Nullable ScheduledFuture<?> timeout;
    private @Nullable Scramble scramble;
    private int sequence;
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
        ByteBuf packet = (ByteBuf) message;
        try {
            if (finished) {
                return;
            }
            if (packet.getUnsignedByte(packet.readerIndex()) == 0xFF) {
                fail(context, ResponseReader.error(packet));
            } else if (scramble == null) {
                greeting(context, packet);
            } else {
                answer(context, packet);
            }
        } finally {
            packet.release();
        }
    }

    private void greeting(ChannelHandlerContext context, ByteBuf in) {
        in.skipBytes(1);
        int versionLength = in.bytesBefore((byte) 0);
        String version =
                in.readCharSequence(versionLength, StandardCharsets.US_ASCII).toString();
        in.skipBytes(1);
        threadId = in.readUnsignedIntLE();
        byte[] nonce = new byte[20];
        in.readBytes(nonce, 0, 8);
        in.skipBytes(1 + 2 + 1 + 2 + 2 + 1
                + 10); // filler, capabilities, charset, status, capabilities, nonce length, reserved
        in.readBytes(nonce, 8, 12);
        in.skipBytes(1);
        String plugin = in.isReadable() ? plugin(in) : Scramble.NATIVE;
        Scramble chosen = new Scramble(plugin, nonce, address.password());
        scramble = chosen;
        sequence = 1;

        int capabilities = LONG_PASSWORD
                | LONG_FLAG
                | CONNECT_WITH_DB
                | PROTOCOL_41
                | TRANSACTIONS
                | SECURE_CONNECTION
                | MULTI_RESULTS
                | PLUGIN_AUTH
                | DEPRECATE_EOF;
        ByteBuf out = context.alloc().buffer(128);
        out.writeIntLE(foundRows ? capabilities | FOUND_ROWS : capabilities);
        out.writeIntLE(MAX_PACKET);
        out.writeByte(version.startsWith("5.") ? UTF8MB4_GENERAL : UTF8MB4_0900).writeZero(23);
        writeString(out, address.user());
        byte[] response = chosen.response();
        out.writeByte(response.length).writeBytes(response);
        writeString(out, address.database());
        writeString(out, plugin);
        send(context, out);
    }

    private void answer(ChannelHandlerContext context, ByteBuf in) {
        Scramble current = scramble;
        int kind = in.readUnsignedByte();
        if (kind == 0x00) {
            succeed(context);
        } else if (kind == 0xFE) {
            String plugin = plugin(in);
            byte[] nonce = new byte[20];
            in.readBytes(nonce);
            Scramble other = new Scramble(plugin, nonce, address.password());
            scramble = other;
            send(context, context.alloc().buffer().writeBytes(other.response()));
        } else if (kind == 0x01 && current != null) {
            byte[] data = new byte[in.readableBytes()];
            in.readBytes(data);
            byte[] next = current.more(data);
            if (next.length > 0) {
                send(context, context.alloc().buffer().writeBytes(next));
            } else {
                sequence++;
            }
        } else {
            fail(context, lost("unexpected packet " + kind + " in the login"));
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

    private void send(ChannelHandlerContext context, ByteBuf payload) {
        ByteBuf header =
                context.alloc().buffer(4).writeMediumLE(payload.readableBytes()).writeByte(sequence);
        sequence += 2;
        context.write(header, context.voidPromise());
        context.writeAndFlush(payload, context.voidPromise());
    }

    private static String plugin(ByteBuf in) {
        int length = in.bytesBefore((byte) 0);
        String name = in.readCharSequence(length < 0 ? in.readableBytes() : length, StandardCharsets.US_ASCII)
                .toString();
        if (in.isReadable()) {
            in.skipBytes(1);
        }
        return name;
    }

    private static void writeString(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.UTF_8);
        out.writeByte(0);
    }

    private static MysqlException lost(String why) {
        return new MysqlException(MysqlException.SERVER_LOST, "HY000", "Lost connection to MySQL server: " + why);
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
