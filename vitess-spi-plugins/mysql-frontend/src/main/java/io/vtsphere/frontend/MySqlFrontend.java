package io.vtsphere.frontend;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.timeout.IdleStateHandler;
import io.vtsphere.executor.GateSessions;
import io.vtsphere.mysql.Capabilities;
import io.vtsphere.mysql.ErrPacket;
import io.vtsphere.mysql.PacketDecoder;
import io.vtsphere.mysql.Packets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The MySQL server side of client connections: gives each channel its handlers, and keeps what connections share.
 *
 * <p>Thread-safe. It opens no port: a channel comes from {@link MySqlListener} or from a host server.
 */
public final class MySqlFrontend {
    /** Longest packet before the log-in is through; a handshake response is at most a few kilobytes. */
    static final int HANDSHAKE_PACKET = 64 << 10;

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 << 10, 1 << 20);
    private static final int RSA_BITS = 2048;

    private final FrontendConfig config;
    private final GateSessions sessions;
    private final StatementSplitter splitter;
    private final FrontendMetrics metrics;
    private final Users users;
    private final SecureRandom random = new SecureRandom();
    private final @Nullable KeyPair keyPair;
    private final AtomicInteger connectionIds = new AtomicInteger();
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /**
     * @throws IllegalArgumentException when a user's entry cannot be read, with the user named
     */
    public MySqlFrontend(
            FrontendConfig config, GateSessions sessions, StatementSplitter splitter, MeterRegistry registry) {
        this.config = config;
        this.sessions = sessions;
        this.splitter = splitter;
        this.metrics = new FrontendMetrics(registry);
        this.users = new Users(config.users());
        this.keyPair = users.mayNeedPasswords() ? newKeyPair() : null;
    }

    /**
     * Makes the channel a client connection: adds the handlers at the end of its pipeline, and greets. To be called on the channel's
     * event loop, with no other handler left that reads or writes bytes.
     *
     * @return the connection id, unsigned 32 bit; never 0
     */
    public int accept(Channel channel) {
        int id = nextConnectionId();
        channel.config().setWriteBufferWaterMark(WATER_MARK);
        metrics.accepted.increment();
        int count = metrics.connections.incrementAndGet();
        channel.closeFuture().addListener(closed -> metrics.connections.decrementAndGet());
        if (count > config.maxConnections()) {
            refuse(channel, 1040, "08004", "Too many connections");
            return id;
        }
        if (draining) {
            refuse(channel, 1053, "08S01", "Server shutdown in progress");
            return id;
        }
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast("mysql-packets", new PacketDecoder(HANDSHAKE_PACKET));
        pipeline.addLast("mysql-handshake", new HandshakeHandler(this, id));
        return id;
    }

    private void refuse(Channel channel, int errno, String sqlState, String message) {
        metrics.refused.increment();
        ByteBuf out = channel.alloc().buffer();
        int start = Packets.begin(out);
        ErrPacket.encode(out, errno, sqlState, message);
        Packets.finish(out, start, 0);
        channel.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
    }

    private int nextConnectionId() {
        int id = connectionIds.incrementAndGet();
        return id == 0 ? connectionIds.incrementAndGet() : id;
    }

    /** Called on the channel's loop once the client has proved who it is. */
    void authenticated(ClientConnection connection) {
        open.add(connection);
        Channel channel = connection.channel();
        channel.closeFuture().addListener(closed -> open.remove(connection));
        long wait = config.waitTimeout().toMillis();
        if (wait > 0) {
            channel.pipeline().addFirst("mysql-idle", new IdleStateHandler(wait, 0, 0, TimeUnit.MILLISECONDS));
        }
        if (draining) {
            connection.shutdown();
        }
    }

    /**
     * Lets clients go: new ones are refused, idle ones get errno 1053 and are closed at once, the others after their statement or
     * transaction. Waits until all are gone or the time is over; what is left then is closed.
     */
    public void drain(Duration timeout) {
        draining = true;
        for (ClientConnection connection : open) {
            connection.channel().eventLoop().execute(connection::shutdown);
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!open.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        for (ClientConnection connection : open) {
            connection.channel().close();
        }
    }

    /** Clients that are logged in. */
    public int openConnections() {
        return open.size();
    }

    FrontendConfig config() {
        return config;
    }

    GateSessions sessions() {
        return sessions;
    }

    StatementSplitter splitter() {
        return splitter;
    }

    FrontendMetrics metrics() {
        return metrics;
    }

    Users users() {
        return users;
    }

    /** For caching_sha2_password's exchange of the password itself; null when no user needs that. */
    @Nullable
    KeyPair keyPair() {
        return keyPair;
    }

    /** What the server offers. Source: Vitess' {@code go/mysql/conn.go}, writeHandshakeV10. */
    int capabilities() {
        int offered = Capabilities.LONG_PASSWORD
                | Capabilities.FOUND_ROWS
                | Capabilities.LONG_FLAG
                | Capabilities.CONNECT_WITH_DB
                | Capabilities.PROTOCOL_41
                | Capabilities.TRANSACTIONS
                | Capabilities.SECURE_CONNECTION
                | Capabilities.MULTI_STATEMENTS
                | Capabilities.MULTI_RESULTS
                | Capabilities.PLUGIN_AUTH
                | Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA
                | Capabilities.DEPRECATE_EOF
                | Capabilities.CONNECT_ATTRS;
        return config.sslContext() == null ? offered : offered | Capabilities.SSL;
    }

    /** Twenty printable bytes: none is zero, which would end the scramble, or {@code $}, which some clients mistake. */
    byte[] newScramble() {
        byte[] scramble = new byte[20];
        for (int i = 0; i < scramble.length; i++) {
            int b = 33 + random.nextInt(93);
            scramble[i] = (byte) (b == '$' ? '%' : b);
        }
        return scramble;
    }

    private static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
