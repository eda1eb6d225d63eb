package io.vtsphere.shardingsphere;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vtsphere.frontend.MySqlFrontend;
import io.vtsphere.shardingsphere.rule.v51.VitessRule;
import java.util.ArrayList;
import org.apache.shardingsphere.db.protocol.payload.PacketPayload;
import org.apache.shardingsphere.proxy.backend.context.ProxyContext;
import org.apache.shardingsphere.proxy.frontend.authentication.AuthenticationEngine;
import org.apache.shardingsphere.proxy.frontend.authentication.AuthenticationResult;
import org.apache.shardingsphere.proxy.frontend.executor.ConnectionThreadExecutorGroup;

/**
 * Takes a channel from the host: when the host asks for the handshake, on the channel's event loop, all its handlers leave the pipeline
 * and ours come in. So the host sees no byte of the client, and no command goes to its pool of threads.
 *
 * <p>Stateless; the front end is found through the {@code !VITESS} rule of the host's context.
 */
final class ChannelTakeover implements AuthenticationEngine {
    @Override
    public int handshake(ChannelHandlerContext context) {
        MySqlFrontend frontend = rule().frontend();
        Channel channel = context.channel();
        ChannelPipeline pipeline = channel.pipeline();
        for (ChannelHandler handler : new ArrayList<>(pipeline.toMap().values())) {
            pipeline.remove(handler);
        }
        int connectionId = frontend.accept(channel);
        // right after this the host registers an executor for the connection; its own handler, which would take it
        // back, is gone
        channel.eventLoop()
                .execute(() -> channel.closeFuture().addListener(closed -> ConnectionThreadExecutorGroup.getInstance()
                        .unregisterAndAwaitTermination(connectionId)));
        return connectionId;
    }

    private static VitessRule rule() {
        return ProxyContext.getInstance()
                .getContextManager()
                .getMetaDataContexts()
                .getGlobalRuleMetaData()
                .findSingleRule(VitessRule.class)
                .orElseThrow(() -> new IllegalStateException("server.yaml has no !VITESS rule"));
    }

    @Override
    public AuthenticationResult authenticate(ChannelHandlerContext context, PacketPayload payload) {
        throw new IllegalStateException("log-ins do not pass through the host");
    }
}
