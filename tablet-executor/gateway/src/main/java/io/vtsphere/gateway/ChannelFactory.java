package io.vtsphere.gateway;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.NetUtil;
import io.vtsphere.topo.Tablet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes gRPC channels that live on one event loop: connection, timers and callbacks. Thread-safe; connects lazily and never blocks.
 */
final class ChannelFactory {
    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    /** Calls in flight on a connection that was given up have so long, as far as keepalive lets them. */
    private static final long FAREWELL_SECONDS = 30;

    private final GatewayConfig config;
    private final @Nullable SslContext ssl;
    private final @Nullable ClientInterceptor credentials;
    /** Given up, and not shut down yet. */
    private final Set<ManagedChannel> leaving = ConcurrentHashMap.newKeySet();

    /** @throws IllegalArgumentException naming the keys when certificates, key, lists or credentials cannot be used */
    ChannelFactory(GatewayConfig config) {
        this.config = config;
        this.ssl = sslContext(config.tls());
        this.credentials = config.credentials() == null ? null : StaticCredentials.read(config.credentials());
    }

    ManagedChannel open(Tablet tablet, EventLoop loop) {
        NettyChannelBuilder builder = builder(tablet)
                .eventLoopGroup(loop)
                .channelType(channelType(loop))
                .directExecutor()
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .keepAliveTime(config.keepaliveTime().toNanos(), TimeUnit.NANOSECONDS)
                .keepAliveTimeout(config.keepaliveTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .maxInboundMessageSize(config.maxMessageSize())
                // a fixed window: the automatic one pings the tablet on every burst
                .flowControlWindow(NettyChannelBuilder.DEFAULT_FLOW_CONTROL_WINDOW)
                // retries are the gateway's: it alone knows which statement may run twice
                .disableRetry()
                .disableServiceConfigLookUp();
        if (credentials != null) {
            builder.intercept(credentials);
        }
        Tls tls = config.tls();
        if (ssl == null || tls == null) {
            return builder.usePlaintext().build();
        }
        if (tls.serverName() != null) {
            builder.overrideAuthority(tls.serverName());
        }
        return builder.sslContext(ssl).build();
    }

    /**
     * Shuts a channel down that gets no more calls, but not now: one that is shut down pings, and cuts its calls short when the tablet does
     * not answer in time.
     */
    void letGo(ManagedChannel channel, EventLoop loop) {
        if (loop.isShuttingDown()) {
            channel.shutdownNow();
            return;
        }
        leaving.add(channel);
        var unused = loop.schedule(
                () -> {
                    leaving.remove(channel);
                    channel.shutdown();
                },
                FAREWELL_SECONDS,
                TimeUnit.SECONDS);
    }

    /** Ends what was let go. */
    void close() {
        leaving.forEach(ManagedChannel::shutdownNow);
        leaving.clear();
    }

    /** An address in numbers is dialled as it is; a name goes to gRPC's resolver, which looks it up off the loop. */
    private static NettyChannelBuilder builder(Tablet tablet) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(tablet.hostname());
        if (address == null) {
            return NettyChannelBuilder.forAddress(tablet.hostname(), tablet.grpcPort());
        }
        try {
            return NettyChannelBuilder.forAddress(
                    new InetSocketAddress(InetAddress.getByAddress(address), tablet.grpcPort()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an IP address has 4 or 16 bytes: " + tablet.hostname(), e);
        }
    }

    static Class<? extends Channel> channelType(EventLoop loop) {
        return loop.parent() instanceof EpollEventLoopGroup ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    private static @Nullable SslContext sslContext(@Nullable Tls tls) {
        if (tls == null) {
            return null;
        }
        try {
            SslContextBuilder builder = GrpcSslContexts.forClient();
            if (tls.ca() != null && tls.crl() != null) {
                builder.trustManager(Revocations.trusting(tls.ca(), tls.crl()));
            } else if (tls.ca() != null) {
                builder.trustManager(tls.ca().toFile());
            }
            if (tls.cert() != null && tls.key() != null) {
                builder.keyManager(tls.cert().toFile(), tls.key().toFile());
            }
            return builder.build();
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "tablet-grpc-ca (" + tls.ca() + "), tablet-grpc-cert (" + tls.cert() + "), tablet-grpc-key ("
                            + tls.key() + ") or tablet-grpc-crl (" + tls.crl() + ") cannot be used: " + e.getMessage(),
                    e);
        }
    }
}
