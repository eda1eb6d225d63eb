package io.vtsphere.tablet;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vtsphere.ops.OpsServer;
import io.vtsphere.tablet.health.ServingStatus;
import io.vtsphere.tablet.registration.TabletRegistration;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.server.TopoServer;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A tablet server with its operator's port and its entry in the topology; what the program runs, usable inside another process too.
 *
 * <p>Thread-safe.
 */
public final class TabletProcess implements AutoCloseable {
    private final OpsServer ops;
    private final TabletServer server;
    private final TopoServer topo;
    private final TabletRegistration registration;

    private TabletProcess(OpsServer ops, TabletServer server, TopoServer topo, TabletRegistration registration) {
        this.ops = ops;
        this.server = server;
        this.topo = topo;
        this.registration = registration;
    }

    /**
     * Starts all parts; MySQL and the topology may come later.
     *
     * @param connector stays the caller's
     * @throws IOException when a port is taken; nothing is left open
     */
    public static TabletProcess start(TabletFlags flags, TopoConnector connector) throws IOException {
        PrometheusMeterRegistry registry = OpsServer.newRegistry();
        AtomicReference<@Nullable TabletServer> started = new AtomicReference<>();
        OpsServer ops = OpsServer.start(flags.bindAddress, flags.httpPort, registry, () -> notReady(started.get()));
        TabletServer server;
        try {
            server = TabletServer.startUnconfirmed(flags.config(ops.port()), registry);
        } catch (IOException e) {
            ops.close();
            throw e;
        }
        started.set(server);
        TopoServer topo = TopoServer.open(connector, flags.topoAddress, flags.topoRoot);
        TabletRegistration registration = TabletRegistration.start(server, topo, Clock.systemUTC());
        return new TabletProcess(ops, server, topo, registration);
    }

    private static @Nullable String notReady(@Nullable TabletServer server) {
        if (server == null) {
            return "starting";
        }
        ServingStatus status = server.status();
        return status.serving() ? null : status.state() + ": " + status.error();
    }

    public TabletServer server() {
        return server;
    }

    public int httpPort() {
        return ops.port();
    }

    /** Ends in good order: the record says when, open transactions get their grace period. */
    @Override
    public void close() {
        registration.close();
        server.close();
        topo.close();
        ops.close();
    }
}
