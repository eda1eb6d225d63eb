package io.vtsphere.frontend;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vtsphere.executor.GateSession;
import io.vtsphere.executor.SessionParams;
import io.vtsphere.mysql.AuthSwitchRequest;
import io.vtsphere.mysql.CachingSha2Password;
import io.vtsphere.mysql.Capabilities;
import io.vtsphere.mysql.CharacterSets;
import io.vtsphere.mysql.ErrPacket;
import io.vtsphere.mysql.Greeting;
import io.vtsphere.mysql.HandshakeResponse;
import io.vtsphere.mysql.MalformedPacketException;
import io.vtsphere.mysql.NativePassword;
import io.vtsphere.mysql.Packet;
import io.vtsphere.mysql.PacketDecoder;
import io.vtsphere.mysql.Packets;
import io.vtsphere.mysql.StatusFlags;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Greets a client and finds out who it is. Until that is done every packet counts as a part of the log-in, so that no command can be
 * answered; after a failure nothing is read any more.
 *
 * <p>One instance per connection, on its event loop. Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">Connection Phase</a>.
 */
final class HandshakeHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeHandler.class);

    private enum Step {
        RESPONSE,
        SWITCHED,
        PASSWORD,
        ENCRYPTED_PASSWORD,
        OVER
    }

    private final MySqlFrontend frontend;
    private final int connectionId;
    private final byte[] scramble;
    private final long startNanos = System.nanoTime();
    private Step step = Step.RESPONSE;
    private boolean greeted;
    private boolean secure;
    private @Nullable HandshakeResponse response;
    private String plugin = NativePassword.NAME;
    private @Nullable ScheduledFuture<?> timeout;

    HandshakeHandler(MySqlFrontend frontend, int connectionId) {
        this.frontend = frontend;
        this.connectionId = connectionId;
        this.scramble = frontend.newScramble();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        frontend.metrics().unauthenticated.incrementAndGet();
        long millis = frontend.config().connectTimeout().toMillis();
        timeout = ctx.executor().schedule(() -> expire(ctx), millis, TimeUnit.MILLISECONDS);
        if (ctx.channel().isActive()) {
            greet(ctx);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        frontend.metrics().unauthenticated.decrementAndGet();
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        greet(ctx);
    }

    /** Once: an accepted channel may be active before it has this handler, and say so again afterwards. */
    private void greet(ChannelHandlerContext ctx) {
        if (greeted) {
            return;
        }
        greeted = true;
        ByteBuf out = ctx.alloc().buffer();
        int start = Packets.begin(out);
        new Greeting(
                        frontend.config().serverVersion(),
                        Integer.toUnsignedLong(connectionId),
                        scramble,
                        frontend.capabilities(),
                        CharacterSets.UTF8MB4_0900_AI_CI,
                        StatusFlags.AUTOCOMMIT,
                        NativePassword.NAME)
                .encode(out);
        Packets.finish(out, start, 0);
        ctx.writeAndFlush(out, ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf) {
            // bytes that the packet decoder, which TLS has pushed aside, had already taken in
            ctx.pipeline().fireChannelRead(message);
            return;
        }
        Packet packet = (Packet) message;
        try {
            if (step != Step.OVER) {
                received(ctx, packet.content(), packet.sequenceId());
            }
        } catch (MalformedPacketException | IndexOutOfBoundsException e) {
            LOG.debug("connection {} sent no handshake", connectionId, e);
            fail(ctx, packet.sequenceId(), 1043, "08S01", "Bad handshake");
        } catch (RuntimeException e) {
            LOG.error("log-in of connection {} crashed", connectionId, e);
            VtException error = VtError.VT13001.with(e);
            fail(ctx, packet.sequenceId(), error.errno(), error.sqlState(), error.getMessage());
        } finally {
            ReferenceCountUtil.release(packet);
        }
    }

    private void received(ChannelHandlerContext ctx, ByteBuf payload, int sequenceId) {
        switch (step) {
            case RESPONSE -> response(ctx, payload, sequenceId);
            case SWITCHED -> prove(ctx, sequenceId, rest(payload));
            case PASSWORD -> password(ctx, sequenceId, rest(payload));
            case ENCRYPTED_PASSWORD -> decrypt(ctx, sequenceId, rest(payload));
            case OVER -> throw new IllegalStateException("the log-in is over");
        }
    }

    private void response(ChannelHandlerContext ctx, ByteBuf payload, int sequenceId) {
        SslContext ssl = frontend.config().sslContext();
        if (ssl != null && !secure && HandshakeResponse.isSslRequest(payload)) {
            startTls(ctx, ssl);
            return;
        }
        HandshakeResponse said = HandshakeResponse.decode(payload);
        response = said;
        if (frontend.config().requireSecureTransport() && !secure) {
            fail(
                    ctx,
                    sequenceId,
                    3159,
                    "HY000",
                    "Connections using insecure transport are prohibited while --require_secure_transport=ON.");
            return;
        }
        if (CharacterSets.javaCharset(said.collation()) == null) {
            fail(ctx, sequenceId, 1115, "42000", "Unknown character set: '#" + said.collation() + "'");
            return;
        }
        String wanted = frontend.users().pluginFor(said.user());
        String offered = said.authPlugin() == null ? NativePassword.NAME : said.authPlugin();
        boolean usable = offered.equals(CachingSha2Password.NAME)
                || offered.equals(NativePassword.NAME) && wanted.equals(NativePassword.NAME);
        plugin = usable ? offered : wanted;
        if (usable) {
            prove(ctx, sequenceId, said.authResponse());
        } else {
            step = Step.SWITCHED;
            send(ctx, sequenceId, out -> new AuthSwitchRequest(plugin, scramble).encode(out));
        }
    }

    private void startTls(ChannelHandlerContext ctx, SslContext ssl) {
        secure = true;
        ChannelPipeline pipeline = ctx.pipeline();
        SslHandler handler = ssl.newHandler(ctx.alloc());
        pipeline.addFirst("mysql-tls", handler);
        pipeline.addAfter("mysql-tls", "mysql-packets-tls", new PacketDecoder(MySqlFrontend.HANDSHAKE_PACKET));
        pipeline.remove("mysql-packets");
    }

    private void prove(ChannelHandlerContext ctx, int sequenceId, byte[] proof) {
        String user = said().user();
        UserEntry entry = frontend.users().verify(user, plugin, proof, scramble);
        boolean sha2 = plugin.equals(CachingSha2Password.NAME);
        if (entry != null) {
            int next = sequenceId;
            if (sha2 && proof.length > 1) {
                next = more(ctx, sequenceId, CachingSha2Password.FAST_AUTH_SUCCESS);
            }
            succeed(ctx, next, entry);
        } else if (sha2 && proof.length > 1 && frontend.users().needsPassword(user)) {
            step = Step.PASSWORD;
            more(ctx, sequenceId, CachingSha2Password.PERFORM_FULL_AUTHENTICATION);
        } else {
            deny(ctx, sequenceId);
        }
    }

    /** The client sends the password itself over TLS, else it asks for the key first. */
    private void password(ChannelHandlerContext ctx, int sequenceId, byte[] bytes) {
        if (secure) {
            conclude(ctx, sequenceId, CachingSha2Password.untilZero(bytes));
            return;
        }
        KeyPair keyPair = frontend.keyPair();
        if (bytes.length != 1 || bytes[0] != CachingSha2Password.REQUEST_PUBLIC_KEY || keyPair == null) {
            deny(ctx, sequenceId);
            return;
        }
        step = Step.ENCRYPTED_PASSWORD;
        send(ctx, sequenceId, out -> {
            out.writeByte(CachingSha2Password.AUTH_MORE_DATA);
            out.writeCharSequence(CachingSha2Password.pem(keyPair.getPublic()), StandardCharsets.US_ASCII);
        });
    }

    private void decrypt(ChannelHandlerContext ctx, int sequenceId, byte[] bytes) {
        KeyPair keyPair = frontend.keyPair();
        if (keyPair == null) {
            deny(ctx, sequenceId);
            return;
        }
        String password;
        try {
            password = CachingSha2Password.decrypt(bytes, scramble, keyPair.getPrivate());
        } catch (GeneralSecurityException e) {
            LOG.debug("connection {} sent a password that cannot be decrypted", connectionId, e);
            deny(ctx, sequenceId);
            return;
        }
        conclude(ctx, sequenceId, password);
    }

    private void conclude(ChannelHandlerContext ctx, int sequenceId, String password) {
        UserEntry entry = frontend.users().verifyPassword(said().user(), password);
        if (entry == null) {
            deny(ctx, sequenceId);
        } else {
            succeed(ctx, sequenceId, entry);
        }
    }

    private void succeed(ChannelHandlerContext ctx, int sequenceId, UserEntry entry) {
        step = Step.OVER;
        HandshakeResponse said = said();
        Channel channel = ctx.channel();
        GateSession session = frontend.sessions()
                .newSession(new SessionParams(
                        Integer.toUnsignedLong(connectionId),
                        channel.eventLoop(),
                        said.user(),
                        entry.userData(),
                        entry.groups(),
                        address(channel.remoteAddress()),
                        said.collation(),
                        (said.capabilities() & Capabilities.FOUND_ROWS) != 0));
        session.onKilled(channel::close);
        Charset charset = CharacterSets.javaCharset(said.collation());
        CommandHandler commands = new CommandHandler(
                frontend,
                session,
                said.capabilities() & frontend.capabilities(),
                said.collation(),
                charset == null ? StandardCharsets.UTF_8 : charset);
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.get(PacketDecoder.class).maxAllowedPacket(frontend.config().maxAllowedPacket());
        pipeline.addLast("mysql-commands", commands);
        pipeline.remove(this);
        frontend.metrics().connect.record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
        commands.connected((sequenceId + 1) & 0xff, said.database());
        frontend.authenticated(commands);
    }

    private int more(ChannelHandlerContext ctx, int sequenceId, int code) {
        send(ctx, sequenceId, out -> {
            out.writeByte(CachingSha2Password.AUTH_MORE_DATA);
            out.writeByte(code);
        });
        return (sequenceId + 1) & 0xff;
    }

    private void deny(ChannelHandlerContext ctx, int sequenceId) {
        fail(ctx, sequenceId, 1045, "28000", "Access denied for user '" + said().user() + "'");
    }

    private void fail(ChannelHandlerContext ctx, int sequenceId, int errno, String sqlState, String message) {
        step = Step.OVER;
        frontend.metrics().refused.increment();
        ByteBuf out = ctx.alloc().buffer();
        int start = Packets.begin(out);
        ErrPacket.encode(out, errno, sqlState, message);
        Packets.finish(out, start, (sequenceId + 1) & 0xff);
        ctx.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
    }

    private static void send(ChannelHandlerContext ctx, int sequenceId, java.util.function.Consumer<ByteBuf> payload) {
        ByteBuf out = ctx.alloc().buffer();
        int start = Packets.begin(out);
        payload.accept(out);
        Packets.finish(out, start, (sequenceId + 1) & 0xff);
        ctx.writeAndFlush(out, ctx.voidPromise());
    }

    private void expire(ChannelHandlerContext ctx) {
        if (step != Step.OVER) {
            step = Step.OVER;
            frontend.metrics().refused.increment();
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("log-in of connection {} failed", connectionId, cause);
        if (step != Step.OVER) {
            step = Step.OVER;
            frontend.metrics().refused.increment();
        }
        ctx.close();
    }

    private HandshakeResponse said() {
        HandshakeResponse said = response;
        if (said == null) {
            throw new IllegalStateException("the client has not said who it is");
        }
        return said;
    }

    private static byte[] rest(ByteBuf payload) {
        byte[] bytes = new byte[payload.readableBytes()];
        payload.readBytes(bytes);
        return bytes;
    }

    private static String address(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : String.valueOf(address);
    }
}
