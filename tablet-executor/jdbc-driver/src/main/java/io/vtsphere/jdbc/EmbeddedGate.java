package io.vtsphere.jdbc;

import io.micrometer.core.instrument.MeterRegistry;
import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.server.GateCore;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.gateway.DefaultTabletGateway;
import io.vtsphere.gateway.TabletHealth;
import io.vtsphere.gateway.Way;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.connection.TopoConnector;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A gate in this process: topology, tablets, sessions, and a port of the loopback address that only who knows its password may use.
 * Thread-safe.
 */
final class EmbeddedGate implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    /** By target, the database that MySQL knows the shard as. */
    private final Map<String, String> schemas = new ConcurrentHashMap<>();

    private final GateCore core;
    private final int port;

    private EmbeddedGate(GateCore core, int port) {
        this.core = core;
        this.port = port;
    }

    /**
     * Starts one; blocks until the topology is read.
     *
     * @param connector is closed with the gate, also when the start fails
     * @throws io.vtsphere.topo.connection.TopoException when the topology does not answer
     * @throws InterruptedException when the thread is interrupted; nothing is left open
     */
    static EmbeddedGate open(GateServerConfig config, TopoConnector connector, MeterRegistry registry)
            throws IOException, InterruptedException {
        GateCore core = GateCore.open(
                config, connector, GateCore.Transport.available(), "jdbc-vitess-io", (gate, states) -> gate, registry);
        boolean started = false;
        try {
            core.trackSchemas(config.schemaTracking(), registry);
            int port = core.listen(LOOPBACK, 0, MySqlListener.initializer(core.frontend()))
                    .port();
            started = true;
            return new EmbeddedGate(core, port);
        } finally {
            if (!started) {
                core.close();
            }
        }
    }

    int port() {
        return port;
    }

    ServingStates states() {
        return core.watcher();
    }

    /** See {@link DefaultTabletGateway#choose(List)}. */
    int choose(List<Way> ways) {
        return core.gateway().choose(ways);
    }

    /**
     * The database that MySQL knows a shard as, for example {@code vt_customer}: the one in which a connection to it runs.
     *
     * @param connection to that shard
     * @throws SQLException when it cannot be asked
     */
    String schema(String target, Connection connection) throws SQLException {
        String known = schemas.get(target);
        if (known != null) {
            return known;
        }
        // database() would be answered with the target; what MySQL itself says can be seen in its list of running
        // statements
        String mark = "jdbc-vitess-" + UUID.randomUUID();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT DB FROM information_schema.PROCESSLIST WHERE INFO LIKE '%" + mark
                                + "%' AND DB IS NOT NULL")) {
            if (!rows.next()) {
                throw new SQLException("jdbc:vitess: the tablet of " + target + " runs in no database", "08001");
            }
            String schema = rows.getString(1);
            schemas.put(target, schema);
            return schema;
        }
    }

    /**
     * Waits until the gateway has heard of a tablet that serves the target: right after the start it knows none.
     *
     * @return false when that did not come about in time, or the thread is interrupted
     */
    boolean awaitTablet(VitessUrl url, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!serves(url)) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return true;
    }

    private boolean serves(VitessUrl url) {
        for (TabletHealth tablet : core.gateway().tablets()) {
            if (tablet.serving()
                    && tablet.target().keyspace().equals(url.keyspace())
                    && (url.shard() == null || tablet.target().shard().equals(url.shard()))
                    && (url.alias() == null || tablet.tablet().alias().equals(url.alias()))
                    && tablet.target().type() == url.served()) {
                return true;
            }
        }
        return false;
    }

    /** Ends its connections too. */
    @Override
    public void close() {
        core.close();
    }
}
