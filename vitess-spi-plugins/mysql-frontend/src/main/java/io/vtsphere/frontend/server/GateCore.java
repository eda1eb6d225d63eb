package io.vtsphere.frontend.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vtsphere.executor.Gate;
import io.vtsphere.executor.GateSessions;
import io.vtsphere.frontend.MySqlFrontend;
import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.schema.SchemaTracker;
import io.vtsphere.gateway.DefaultTabletGateway;
import io.vtsphere.sql.Statements;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.watch.TopologyWatcher;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gate without a port: topology, tablets, sessions and front end, on event loops of its own. Thread-safe.
 *
 * <p>What a program of its own, a driver in an application and a plug-in in a host have in common.
 */
public final class GateCore implements AutoCloseable {
    /** What a gate runs on. */
    public enum Transport {
        EPOLL,
        NIO;

        /** The faster one that this machine has. */
        public static Transport available() {
            return Epoll.isAvailable() ? EPOLL : NIO;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(GateCore.class);
    /** As long as vtgate waits for them. */
    private static final Duration FIRST_SCHEMAS = Duration.ofSeconds(5);

    private final Closing closing = new Closing();
    private final Transport transport;
    private final TopologyWatcher watcher;
    private final EventLoopGroup loops;
    private final DefaultTabletGateway gateway;
    private final Gate gate;
    private final MySqlFrontend frontend;

    private GateCore(
            GateServerConfig config,
            TopoConnector connector,
            Transport transport,
            String threadName,
            BiFunction<Gate, ServingStates, GateSessions> sessions,
            MeterRegistry registry) {
        this.transport = transport;
        closing.add(connector);
        boolean started = false;
        try {
            // First, because a jar that clashes is to be reported whether or not the topology can be reached.
            VindexRegistry vindexes = VindexRegistry.load();
            TopoServer topo = opened(TopoServer.open(connector, config.topoAddress(), config.topoRoot()));
            watcher = opened(TopologyWatcher.open(config.topology(), topo, vindexes, registry));
            DefaultThreadFactory threads = new DefaultThreadFactory(threadName, true);
            EventLoopGroup group = transport == Transport.EPOLL
                    ? new EpollEventLoopGroup(config.ioThreads(), threads)
                    : new NioEventLoopGroup(config.ioThreads(), threads);
            loops = group;
            closing.add(() -> group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly());
            gateway = opened(DefaultTabletGateway.open(config.gateway(), watcher, group, registry));
            gate = opened(Gate.open(config.gate(), watcher, gateway, registry));
            gateway.onSchemaChange(primary -> gate.schemaChanged());
            frontend = new MySqlFrontend(config.frontend(), sessions.apply(gate, watcher), Statements::split, registry);
            started = true;
        } finally {
            if (!started) {
                closing.close();
            }
        }
    }

    /**
     * Starts one; blocks until the topology is read.
     *
     * @param connector is closed with the gate, also when the start fails
     * @param transport of the event loops; channels that are handed over must fit
     * @param sessions what the front end opens sessions of: the gate itself, or something around it
     * @throws io.vtsphere.topo.connection.TopoException when the topology does not answer and the start policy does not help
     */
    public static GateCore open(
            GateServerConfig config,
            TopoConnector connector,
            Transport transport,
            String threadName,
            BiFunction<Gate, ServingStates, GateSessions> sessions,
            MeterRegistry registry) {
        return new GateCore(config, connector, transport, threadName, sessions, registry);
    }

    private <T extends AutoCloseable> T opened(T part) {
        closing.add(part);
        return part;
    }

    /**
     * Has the keyspaces' MySQLs asked for their tables from now on; blocks until each was asked once, but not for long.
     *
     * @param interval how often; null for never
     * @throws InterruptedException when the thread is interrupted; they are asked all the same
     */
    public void trackSchemas(@Nullable Duration interval, MeterRegistry registry) throws InterruptedException {
        if (interval == null) {
            return;
        }
        SchemaTracker tracker = opened(SchemaTracker.start(
                watcher, gateway, loops.next(), interval, watcher::tracked, watcher::afterwards, registry));
        gateway.onSchemaChange(tracker::changed);
        gate.onSchemaChange(tracker::soon);
        if (!tracker.awaitFirst(FIRST_SCHEMAS)) {
            LOG.warn("clients are let in although not every keyspace has said what tables it has");
        }
    }

    /**
     * Opens a port for clients.
     *
     * @param port 0 takes a free one
     * @throws IOException when it cannot be had
     */
    public MySqlListener listen(String address, int port, ChannelHandler handlers) throws IOException {
        Class<? extends ServerChannel> type =
                transport == Transport.EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        return opened(MySqlListener.open(address, port, loops, type, handlers));
    }

    public Transport transport() {
        return transport;
    }

    public TopologyWatcher watcher() {
        return watcher;
    }

    public EventLoopGroup loops() {
        return loops;
    }

    public DefaultTabletGateway gateway() {
        return gateway;
    }

    public Gate gate() {
        return gate;
    }

    public MySqlFrontend frontend() {
        return frontend;
    }

    /** Ends connections too. Idempotent. */
    @Override
    public void close() {
        closing.close();
    }
}
