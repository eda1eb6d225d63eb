package io.vtsphere.frontend;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import java.io.IOException;
import java.net.InetSocketAddress;

/** An open port whose connections run on given event loops. Thread-safe. */
public final class MySqlListener implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final Channel server;

    private MySqlListener(Channel server) {
        this.server = server;
    }

    /** A handler that makes every accepted channel a client connection of the front end. */
    public static ChannelHandler initializer(MySqlFrontend frontend) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                frontend.accept(channel);
            }
        };
    }

    /**
     * Opens the port.
     *
     * @param port 0 takes a free one, see {@link #port}
     * @param type the server channel that fits the event loops
     * @param initializer adds the handlers of each accepted channel
     * @throws IOException when the port cannot be had; the message names it
     */
    public static MySqlListener open(
            String bindAddress,
            int port,
            EventLoopGroup loops,
            Class<? extends ServerChannel> type,
            ChannelHandler initializer)
            throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(initializer);
        var bound = bootstrap.bind(new InetSocketAddress(bindAddress, port)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + bindAddress + ":" + port + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return new MySqlListener(bound.channel());
    }

    /** The port that it listens on. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Closes the port; connections stay. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly();
    }
}
