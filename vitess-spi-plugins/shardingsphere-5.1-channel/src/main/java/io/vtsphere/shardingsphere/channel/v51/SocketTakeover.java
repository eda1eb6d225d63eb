package io.vtsphere.shardingsphere.channel.v51;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.nio.AbstractNioChannel;
import io.netty.channel.unix.UnixChannel;
import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import org.apache.shardingsphere.db.protocol.payload.PacketPayload;
import org.apache.shardingsphere.mode.manager.listener.ContextManagerLifecycleListener;
import org.apache.shardingsphere.proxy.frontend.authentication.AuthenticationEngine;
import org.apache.shardingsphere.proxy.frontend.authentication.AuthenticationResult;
import org.apache.shardingsphere.proxy.frontend.executor.ConnectionThreadExecutorGroup;
import org.apache.shardingsphere.spi.ShardingSphereServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the socket out of the host's channel when the host asks for the handshake: on the channel's event loop, before a byte was read or
 * written. The channel leaves its event loop and is forgotten, unclosed, since closing it would close the socket.
 *
 * <p>Stateless.
 */
final class SocketTakeover implements AuthenticationEngine {
    private static final Logger LOG = LoggerFactory.getLogger(SocketTakeover.class);

    @Override
    public int handshake(ChannelHandlerContext context) {
        ClientSockets sockets = sockets();
        int ticket = sockets.ticket();
        Channel channel = context.channel();
        EventLoop loop = channel.eventLoop();
        // the host reads as soon as this handler returns
        channel.config().setAutoRead(false);
        ChannelPipeline pipeline = channel.pipeline();
        for (ChannelHandler handler : new ArrayList<>(pipeline.toMap().values())) {
            pipeline.remove(handler);
        }
        channel.deregister().addListener((ChannelFuture left) -> {
            if (left.isSuccess()) {
                hand(channel, sockets);
            } else {
                LOG.warn("{} cannot leave its event loop", channel, left.cause());
                channel.close();
            }
        });
        // right after this the host registers a thread for the connection; its own handler, which would take it back,
        // is gone
        loop.execute(() -> ConnectionThreadExecutorGroup.getInstance().unregisterAndAwaitTermination(ticket));
        return ticket;
    }

    private static ClientSockets sockets() {
        for (ContextManagerLifecycleListener listener :
                ShardingSphereServiceLoader.getSingletonServiceInstances(ContextManagerLifecycleListener.class)) {
            if (listener instanceof ClientSockets sockets) {
                return sockets;
            }
        }
        throw new IllegalStateException("the VTSphere plug-in has no listener in this host");
    }

    private static void hand(Channel channel, ClientSockets sockets) {
        try {
            if (channel instanceof UnixChannel epoll) {
                sockets.take(epoll.fd().intValue());
            } else {
                sockets.take(javaChannel(channel));
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("{} cannot be taken over", channel, e);
            channel.unsafe().closeForcibly();
        }
    }

    private static SocketChannel javaChannel(Channel channel) throws ReflectiveOperationException {
        Method method = AbstractNioChannel.class.getDeclaredMethod("javaChannel");
        method.setAccessible(true);
        return (SocketChannel) method.invoke(channel);
    }

    @Override
    public AuthenticationResult authenticate(ChannelHandlerContext context, PacketPayload payload) {
        throw new IllegalStateException("log-ins do not pass through the host");
    }
}
