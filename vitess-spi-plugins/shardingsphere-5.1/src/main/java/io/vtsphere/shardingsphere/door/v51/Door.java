package io.vtsphere.shardingsphere.door.v51;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.server.GateCore;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.shardingsphere.channel.v51.HostTransport;
import io.vtsphere.topo.connection.EtcdTopo;
import java.nio.channels.SocketChannel;
import java.util.Collection;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate inside a host whose sockets it takes: on event loops of its own Netty, which are of the same kind as the host's. Thread-safe.
 */
final class Door implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final GateServerConfig config;
    private final GateCore core;

    private Door(GateServerConfig config, GateCore core) {
        this.config = config;
        this.core = core;
    }

    /**
     * Opens it; blocks until the topology is loaded and the waited tablet types serve, or have had their time.
     *
     * @param hostNames the databases that the host knows
     * @throws io.vtsphere.topo.connection.TopoException when the topology does not answer and the start policy does not help
     */
    static Door open(GateServerConfig config, Supplier<Collection<String>> hostNames, MeterRegistry registry)
            throws InterruptedException {
        GateCore.Transport transport = HostTransport.isEpoll() ? GateCore.Transport.EPOLL : GateCore.Transport.NIO;
        if (transport != GateCore.Transport.NIO && transport != GateCore.Transport.available()) {
            throw new IllegalArgumentException("the host's sockets are epoll's, which the plug-in cannot load here:"
                    + " start the host with -Dio.netty.transport.noNative=true");
        }
        GateCore core = GateCore.open(
                config,
                new EtcdTopo(config.etcd()),
                transport,
                "vitess-io",
                (gate, states) -> new DoorSessions(
                        gate,
                        new HostDatabases(hostNames, states),
                        config.gate().sessionThreads()),
                registry);
        LOG.info(
                "Vitess front end: topology of cell {} is loaded: keyspaces {}",
                config.topology().cell(),
                core.watcher().current().keyspaces().keySet());
        if (!core.gateway()
                .awaitServing(config.tabletTypesToWait(), config.gateway().initialTabletTimeout())) {
            LOG.warn("clients are let in although tablets of {} are missing", config.tabletTypesToWait());
        }
        core.trackSchemas(config.schemaTracking(), registry);
        return new Door(config, core);
    }

    /** @param descriptor of a socket of epoll's */
    void take(int descriptor) {
        take(new EpollSocketChannel(descriptor));
    }

    void take(SocketChannel socket) {
        take(new NioSocketChannel(socket));
    }

    private void take(Channel channel) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        channel.pipeline().addLast(MySqlListener.initializer(core.frontend()));
        core.loops().register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                LOG.warn("a client's socket cannot be taken over", registered.cause());
                channel.unsafe().closeForcibly();
            }
        });
    }

    /** Lets clients finish for as long as {@code onterm-timeout}, then closes everything. */
    @Override
    public void close() {
        core.frontend().drain(config.ontermTimeout());
        core.close();
    }
}
