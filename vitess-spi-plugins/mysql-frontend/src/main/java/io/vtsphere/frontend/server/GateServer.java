package io.vtsphere.frontend.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.ChannelHandler;
import io.vtsphere.executor.QueryPages;
import io.vtsphere.frontend.MySqlFrontend;
import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.gateway.GatewayPage;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.ops.OpsServer;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.watch.TopologyPage;
import io.vtsphere.topo.watch.TopologyWatcher;
import java.io.IOException;
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
    private final GateCore core;
    private final MySqlListener listener;

    private GateServer(GateServerConfig config, Closing closing, OpsServer ops, GateCore core, MySqlListener listener) {
        this.config = config;
        this.closing = closing;
        this.ops = ops;
        this.core = core;
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
        Readiness readiness = new Readiness(config.tabletTypesToWait());
        PrometheusMeterRegistry registry = OpsServer.newRegistry();
        closing.add(connector);
        OpsServer ops = OpsServer.start(config.opsBindAddress(), config.opsPort(), registry, readiness::missing);
        closing.add(ops);
        GateCore core = GateCore.open(
                config, connector, GateCore.Transport.available(), "gate-io", (gate, states) -> gate, registry);
        closing.add(core);
        TopologyWatcher watcher = core.watcher();
        TabletGateway gateway = core.gateway();
        LOG.info(
                "topology of cell {} is loaded: keyspaces {}",
                config.topology().cell(),
                watcher.current().keyspaces().keySet());
        readiness.loaded(watcher, gateway);
        ops.page("/debug/topology", "application/json", () -> TopologyPage.json(watcher));
        ops.page("/debug/gateway", "application/json", () -> GatewayPage.json(gateway.tablets()));
        ops.page("/debug/gateway.html", "text/html; charset=utf-8", () -> GatewayPage.html(gateway.tablets()));
        QueryPages pages = core.gate().queryPages();
        ops.page("/debug/query_plans", "application/json", pages::queryPlans);
        ops.page("/debug/query_stats", "application/json", pages::queryStats);
        if (!gateway.awaitServing(config.tabletTypesToWait(), config.gateway().initialTabletTimeout())) {
            LOG.warn("clients are let in although tablets are missing: {}", readiness.missing());
        }
        core.trackSchemas(config.schemaTracking(), registry);
        MySqlListener listener = core.listen(config.mysqlBindAddress(), mysqlPort, handlers.apply(core.frontend()));
        readiness.listening();
        LOG.info("clients on port {}, metrics and health on port {}", listener.port(), ops.port());
        return new GateServer(config, closing, ops, core, listener);
    }

    public int mysqlPort() {
        return listener.port();
    }

    /** The port of {@code /metrics}, {@code /healthz} and {@code /readyz}. */
    public int opsPort() {
        return ops.port();
    }

    public ServingStates states() {
        return core.watcher();
    }

    public TabletGateway gateway() {
        return core.gateway();
    }

    /** Stops to listen, lets clients finish for as long as {@code onterm-timeout}, then closes everything. Idempotent. */
    @Override
    public void close() {
        listener.close();
        core.frontend().drain(config.ontermTimeout());
        closing.close();
    }
}
