package io.vtsphere.frontend.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
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
import io.vtsphere.executor.QueryPages;
import io.vtsphere.frontend.MySqlFrontend;
import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.schema.SchemaTracker;
import io.vtsphere.gateway.DefaultTabletGateway;
import io.vtsphere.gateway.GatewayPage;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.ops.OpsServer;
import io.vtsphere.sql.Statements;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.watch.TopologyPage;
import io.vtsphere.topo.watch.TopologyWatcher;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gate: topology, tablets, sessions, the MySQL port and the operator's port. Thread-safe.
 *
 * <p>The ports of clients open when the topology is loaded and the waited tablet types serve, or have had their time; the operator's port
 * opens first, and says until then what is waited for.
 */
public final class GateServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GateServer.class);

    private final GateServerConfig config;
    private final Closing closing;
    private final OpsServer ops;
    private final TopologyWatcher watcher;
    private final TabletGateway gateway;
    private final MySqlFrontend frontend;
    private final MySqlListener listener;

    private GateServer(
            GateServerConfig config,
            Closing closing,
            OpsServer ops,
            TopologyWatcher watcher,
            TabletGateway gateway,
            MySqlFrontend frontend,
            MySqlListener listener) {
        this.config = config;
        this.closing = closing;
        this.ops = ops;
        this.watcher = watcher;
        this.gateway = gateway;
        this.frontend = frontend;
        this.listener = listener;
    }

    /**
     * Starts a gate whose topology is etcd.
     *
     * @param mysqlPort 0 takes a free one
     * @throws IOException when a port cannot be had
     * @throws io.vtsphere.topo.connection.TopoException when the topology does not answer and the start policy does not help
     * @throws InterruptedException when the thread is interrupted while it waits for tablets
     */
    public static GateServer open(GateServerConfig config, int mysqlPort) throws IOException, InterruptedException {
        if (!config.topoImplementation().equals("etcd2")) {
            throw new IllegalArgumentException("topo-implementation " + config.topoImplementation()
                    + " lives in one process: it can only be used by one that hands it over");
        }
        return open(config, new EtcdTopo(config.etcd()), mysqlPort, MySqlListener::initializer);
    }

    /**
     * Starts a gate.
     *
     * @param connector to the topology; the gate closes it, also when the start fails
     * @param handlers gives each accepted channel its handlers, at whose end {@link MySqlFrontend#accept} has to be called
     */
    public static GateServer open(
            GateServerConfig config,
            TopoConnector connector,
            int mysqlPort,
            Function<MySqlFrontend, ChannelHandler> handlers)
            throws IOException, InterruptedException {
        Closing closing = new Closing();
        boolean started = false;
        try {
            GateServer server = start(config, closing, connector, mysqlPort, handlers);
            started = true;
            return server;
        } finally {
            if (!started) {
                closing.close();
            }
        }
    }

    private static GateServer start(
            GateServerConfig config,
            Closing closing,
            TopoConnector connector,
            int mysqlPort,
            Function<MySqlFrontend, ChannelHandler> handlers)
            throws IOException, InterruptedException {
        closing.add(connector);
        // First, because a jar that clashes is to be reported whether or not the topology can be reached.
        VindexRegistry vindexes = VindexRegistry.load();
        Readiness readiness = new Readiness(config.tabletTypesToWait());
        PrometheusMeterRegistry registry = OpsServer.newRegistry();
        OpsServer ops = OpsServer.start(config.opsBindAddress(), config.opsPort(), registry, readiness::missing);
        closing.add(ops);
        TopoServer topo = TopoServer.open(connector, config.topoAddress(), config.topoRoot());
        closing.add(topo);
        TopologyWatcher watcher = TopologyWatcher.open(config.topology(), topo, vindexes, registry);
        closing.add(watcher);
        LOG.info(
                "topology of cell {} is loaded: keyspaces {}",
                config.topology().cell(),
                watcher.current().keyspaces().keySet());
        boolean epoll = Epoll.isAvailable();
        DefaultThreadFactory threads = new DefaultThreadFactory("gate-io", true);
        EventLoopGroup loops = epoll
                ? new EpollEventLoopGroup(config.ioThreads(), threads)
                : new NioEventLoopGroup(config.ioThreads(), threads);
        closing.add(() -> loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly());
        TabletGateway gateway = DefaultTabletGateway.open(config.gateway(), watcher, loops, registry);
        closing.add(gateway);
        readiness.loaded(watcher, gateway);
        ops.page("/debug/topology", "application/json", () -> TopologyPage.json(watcher));
        ops.page("/debug/gateway", "application/json", () -> GatewayPage.json(gateway.tablets()));
        ops.page("/debug/gateway.html", "text/html; charset=utf-8", () -> GatewayPage.html(gateway.tablets()));
        if (!gateway.awaitServing(config.tabletTypesToWait(), config.gateway().initialTabletTimeout())) {
            LOG.warn("clients are let in although tablets are missing: {}", readiness.missing());
        }
        if (config.schemaTracking() != null) {
            closing.add(SchemaTracker.start(
                    watcher, gateway, loops.next(), config.schemaTracking(), watcher::tracked, registry));
        }
        Gate gate = Gate.open(config.gate(), watcher, gateway, registry);
        closing.add(gate);
        QueryPages pages = gate.queryPages();
        ops.page("/debug/query_plans", "application/json", pages::queryPlans);
        ops.page("/debug/query_stats", "application/json", pages::queryStats);
        MySqlFrontend frontend = new MySqlFrontend(config.frontend(), gate, Statements::split, registry);
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        MySqlListener listener =
                MySqlListener.open(config.mysqlBindAddress(), mysqlPort, loops, type, handlers.apply(frontend));
        closing.add(listener);
        readiness.listening();
        LOG.info("clients on port {}, metrics and health on port {}", listener.port(), ops.port());
        return new GateServer(config, closing, ops, watcher, gateway, frontend, listener);
    }

    public int mysqlPort() {
        return listener.port();
    }

    /** The port of {@code /metrics}, {@code /healthz} and {@code /readyz}. */
    public int opsPort() {
        return ops.port();
    }

    public ServingStates states() {
        return watcher;
    }

    public TabletGateway gateway() {
        return gateway;
    }

    /** Stops to listen, lets clients finish for as long as {@code onterm-timeout}, then closes everything. Idempotent. */
    @Override
    public void close() {
        listener.close();
        frontend.drain(config.ontermTimeout());
        closing.close();
    }
}
