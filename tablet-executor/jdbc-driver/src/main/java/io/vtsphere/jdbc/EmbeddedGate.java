package io.vtsphere.jdbc;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vtsphere.executor.Gate;
import io.vtsphere.frontend.MySqlFrontend;
import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.gateway.DefaultTabletGateway;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.gateway.TabletHealth;
import io.vtsphere.sql.Statements;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.watch.TopologyWatcher;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gate in this process: topology, tablets, sessions, and a port of the loopback address that only who knows its password may use.
 * Thread-safe.
 */
final class EmbeddedGate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedGate.class);
    private static final String LOOPBACK = "127.0.0.1";

    /** Guarded by this; to be closed from the last to the first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** By target, the database that MySQL knows the shard as. */
    private final Map<String, String> schemas = new ConcurrentHashMap<>();

    private final TabletGateway gateway;
    private final int port;

    private EmbeddedGate(GateServerConfig config, TopoConnector connector, MeterRegistry registry) throws IOException {
        opened.push(connector);
        boolean started = false;
        try {
            TopoServer topo = opened(TopoServer.open(connector, config.topoAddress(), config.topoRoot()));
            TopologyWatcher watcher =
                    opened(TopologyWatcher.open(config.topology(), topo, VindexRegistry.load(), registry));
            boolean epoll = Epoll.isAvailable();
            DefaultThreadFactory threads = new DefaultThreadFactory("jdbc-vitess-io", true);
            EventLoopGroup loops = epoll
                    ? new EpollEventLoopGroup(config.ioThreads(), threads)
                    : new NioEventLoopGroup(config.ioThreads(), threads);
            opened.push(() -> loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly());
            gateway = opened(DefaultTabletGateway.open(config.gateway(), watcher, loops, registry));
            Gate gate = opened(Gate.open(config.gate(), watcher, gateway, registry));
            MySqlFrontend frontend = new MySqlFrontend(config.frontend(), gate, Statements::split, registry);
            Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
            port = opened(MySqlListener.open(LOOPBACK, 0, loops, type, MySqlListener.initializer(frontend)))
                    .port();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    /**
     * Starts one; blocks until the topology is read.
     *
     * @param connector is closed with the gate, also when the start fails
     * @throws io.vtsphere.topo.connection.TopoException when the topology does not answer
     */
    static EmbeddedGate open(GateServerConfig config, TopoConnector connector, MeterRegistry registry)
            throws IOException {
        return new EmbeddedGate(config, connector, registry);
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    int port() {
        return port;
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
     * @param shard null for any
     * @return false when that did not come about in time, or the thread is interrupted
     */
    boolean awaitTablet(String keyspace, @Nullable String shard, TabletType type, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!serves(keyspace, shard, type)) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return true;
    }

    private boolean serves(String keyspace, @Nullable String shard, TabletType type) {
        for (TabletHealth tablet : gateway.tablets()) {
            if (tablet.serving()
                    && tablet.target().keyspace().equals(keyspace)
                    && (shard == null || tablet.target().shard().equals(shard))
                    && tablet.target().type() == type) {
                return true;
            }
        }
        return false;
    }

    /** Ends its connections too. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("closing {} failed", part, e);
            }
        }
    }
}
