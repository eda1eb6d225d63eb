package io.vtsphere.tablet;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import io.vtsphere.tablet.TabletConfig.PoolSizes;
import io.vtsphere.tablet.health.HealthMonitor;
import io.vtsphere.tablet.health.HealthStreamer;
import io.vtsphere.tablet.health.Hold;
import io.vtsphere.tablet.health.ServingStatus;
import io.vtsphere.tablet.health.ServingStatus.State;
import io.vtsphere.tablet.health.StateManager;
import io.vtsphere.tablet.mysql.ConnectionPool;
import io.vtsphere.tablet.mysql.EventLoops;
import io.vtsphere.tablet.mysql.MysqlConnector;
import io.vtsphere.tablet.mysql.PoolConfig;
import io.vtsphere.tablet.mysql.SettingsApplier;
import io.vtsphere.tablet.query.DeniedTables;
import io.vtsphere.tablet.query.QueryEngine;
import io.vtsphere.tablet.query.QueryEngine.Pools;
import io.vtsphere.tablet.query.QueryPlans;
import io.vtsphere.tablet.query.StatementRunner;
import io.vtsphere.tablet.sequence.Sequences;
import io.vtsphere.tablet.service.QueryService;
import io.vtsphere.tablet.service.SchemaReader;
import io.vtsphere.tablet.service.TabletCore;
import io.vtsphere.tablet.service.TabletMetrics;
import io.vtsphere.tablet.transaction.StatefulConnections;
import io.vtsphere.tablet.transaction.TransactionEngine;
import io.vtsphere.topo.TabletType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Vitess tablet: serves {@code queryservice.Query} from one MySQL.
 *
 * <p>Thread-safe. It starts without MySQL and says NOT_SERVING until MySQL answers.
 */
public final class TabletServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TabletServer.class);
    private static final int MAX_WAITERS = 5_000;

    private final TabletConfig config;
    private final EventLoops loops;
    private final EventLoops acceptor;
    private final StateManager states;
    private final HealthStreamer streamer;
    private final HealthMonitor monitor;
    private final Pools pools;
    private final TransactionEngine transactions;
    private final StatefulConnections stateful;
    private final Sequences sequences;
    private final QueryPlans plans;
    private final LongSupplier ticker;
    private final Server server;

    private TabletServer(TabletConfig config, MeterRegistry registry, Clock clock, LongSupplier ticker)
            throws IOException {
        this.config = config;
        this.ticker = ticker;
        this.loops = EventLoops.start(config.eventLoops(), "tablet");
        this.acceptor = EventLoops.start(1, "tablet-accept");
        long term = config.type() == TabletType.PRIMARY ? clock.instant().getEpochSecond() : 0;
        this.states = new StateManager(config.keyspace(), config.shard(), config.type(), term);
        MysqlConnector connector = new MysqlConnector(loops, config.mysql(), ticker);
        this.pools = pools(connector, ticker);
        SettingsApplier settings = new SettingsApplier();
        StatementRunner runner =
                new StatementRunner(config.limits(), config.mysql().database(), config.keyspace());
        this.plans = new QueryPlans(config.limits().planCacheEntries());
        this.stateful = new StatefulConnections(clock);
        this.transactions = new TransactionEngine(pools, stateful, settings, config.transactions(), loops, ticker);
        this.sequences = new Sequences(loops, pools.writes());
        this.streamer = new HealthStreamer(
                loops.get(0), states, config.alias(), config.health().streamInterval());
        this.monitor = new HealthMonitor(loops.get(0), connector, states, config.health(), ticker, () -> {
            // reads are repeated elsewhere, or here when MySQL is back; a write cut short would leave its client in
            // doubt
            pools.reads().abort();
            pools.streams().abort();
        });
        TabletCore core = new TabletCore(
                config.alias(),
                states,
                streamer,
                plans,
                config.limits(),
                new QueryEngine(pools, runner, settings, states),
                runner,
                transactions,
                stateful,
                sequences,
                new SchemaReader(pools.reads()),
                metrics(registry, plans),
                loops,
                ticker);
        this.server = listen(core);
    }

    /**
     * Listens, and begins to look at MySQL.
     *
     * @throws IOException when the port is taken; nothing is left open
     */
    public static TabletServer start(TabletConfig config, MeterRegistry registry) throws IOException {
        TabletServer tablet = startUnconfirmed(config, registry);
        tablet.monitor.confirmType();
        return tablet;
    }

    /**
     * As {@link #start}, but MySQL is not made writable before {@link #changeType} has confirmed that this is the primary: a flag may be
     * out of date, and two writable MySQLs in one shard would part.
     */
    public static TabletServer startUnconfirmed(TabletConfig config, MeterRegistry registry) throws IOException {
        TabletServer tablet = new TabletServer(config, registry, Clock.systemUTC(), System::nanoTime);
        tablet.monitor.start();
        LOG.info(
                "tablet {} of {}/{} listens on port {}, MySQL is {}",
                config.alias(),
                config.keyspace(),
                config.shard(),
                tablet.grpcPort(),
                config.mysql());
        return tablet;
    }

    private Pools pools(MysqlConnector connector, LongSupplier ticker) {
        PoolSizes sizes = config.pools();
        String transactionFull = "transaction pool connection limit exceeded";
        return new Pools(
                pool("reads", sizes.reads(), sizes.queryWait(), false, "resource pool timed out", connector, ticker),
                pool(
                        "streams",
                        sizes.streams(),
                        sizes.streamWait(),
                        false,
                        "resource pool timed out",
                        connector,
                        ticker),
                pool(
                        "transactions",
                        sizes.transactions(),
                        sizes.transactionWait(),
                        false,
                        transactionFull,
                        connector,
                        ticker),
                pool(
                        "found-rows",
                        sizes.transactions(),
                        sizes.transactionWait(),
                        true,
                        transactionFull,
                        connector,
                        ticker));
    }

    private ConnectionPool pool(
            String name,
            int capacity,
            Duration wait,
            boolean foundRows,
            String exhausted,
            MysqlConnector connector,
            LongSupplier ticker) {
        PoolSizes sizes = config.pools();
        PoolConfig pool = new PoolConfig(
                name, capacity, wait, MAX_WAITERS, sizes.idleTimeout(), sizes.maxLifetime(), foundRows, exhausted);
        return new ConnectionPool(pool, loops, connector, ticker);
    }

    private TabletMetrics metrics(MeterRegistry registry, QueryPlans plans) {
        TabletMetrics.bind(registry, pools.reads());
        TabletMetrics.bind(registry, pools.streams());
        TabletMetrics.bind(registry, pools.writes());
        TabletMetrics.bind(registry, pools.foundRows());
        TabletMetrics.bind(registry, stateful, plans, states);
        return new TabletMetrics(registry);
    }

    private Server listen(TabletCore core) throws IOException {
        try {
            return NettyServerBuilder.forAddress(new InetSocketAddress(config.bindAddress(), config.grpcPort()))
                    .bossEventLoopGroup(acceptor.group())
                    .workerEventLoopGroup(loops.group())
                    .channelType(loops.serverChannel())
                    .withChildOption(ChannelOption.TCP_NODELAY, true)
                    .directExecutor()
                    .maxInboundMessageSize(config.maxMessageBytes())
                    .permitKeepAliveTime(10, TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true)
                    .addService(new QueryService(core).definition())
                    .build()
                    .start();
        } catch (IOException e) {
            closeParts();
            throw e;
        }
    }

    public TabletConfig config() {
        return config;
    }

    public int grpcPort() {
        return server.getPort();
    }

    public StateManager states() {
        return states;
    }

    /** What this tablet is now. */
    public ServingStatus status() {
        return states.status();
    }

    /**
     * Makes this tablet another type; open transactions of a former primary are rolled back.
     *
     * @param termStart Unix seconds since when it is primary, 0 for another type
     */
    public void changeType(TabletType type, long termStart) {
        TabletType before = states.status().type();
        monitor.confirmType();
        states.update(s -> new ServingStatus(
                type == before ? s.state() : State.NOT_SERVING,
                type,
                termStart,
                type == before ? s.error() : "MySQL has not been looked at as " + type.lower(),
                type == before ? s.lagSeconds() : 0));
        if (type != before) {
            transactions.endAll("closed");
            sequences.forget();
            monitor.lookNow();
        }
    }

    /**
     * Switches the query service off: new calls are refused at once, open transactions have the time of a shutdown to end.
     *
     * @param reason null switches it on again
     */
    public void disable(@Nullable String reason) {
        if (reason == null) {
            if (states.isHeld(Hold.TABLET_CONTROL)) {
                states.release(Hold.TABLET_CONTROL);
                monitor.lookNow();
            }
        } else if (!states.isHeld(Hold.TABLET_CONTROL)) {
            LOG.info("tablet {} stops serving: {}", config.alias(), reason);
            states.hold(Hold.TABLET_CONTROL, reason, true);
            var unused = loops.get(0)
                    .schedule(this::endTransactions, config.shutdownGrace().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void endTransactions() {
        if (states.isHeld(Hold.TABLET_CONTROL)) {
            states.drained();
            transactions.endAll("closed");
        }
    }

    /** Statements that name one of these tables are refused from now on. */
    public void deny(DeniedTables tables) {
        plans.deny(tables);
    }

    /**
     * From now on a primary that stood still serves nobody before {@link #trustAgain}: it may have been replaced meanwhile.
     *
     * @param suspected called when it stood still; must not block
     */
    public void distrustPauses(Duration limit, Runnable suspected) {
        states.distrustPauses(ticker, limit.toNanos(), () -> {
            LOG.warn(
                    "tablet {} stood still for more than {} s as primary: it serves nobody until the topology has been asked",
                    config.alias(),
                    limit.toSeconds());
            suspected.run();
        });
    }

    /** How often the tablet has stood still as primary. */
    public long pauses() {
        return states.pauses();
    }

    /**
     * The tablet is what the topology says.
     *
     * @param pauses how often it had stood still before the topology was asked; nothing changes when it has again since
     */
    public void trustAgain(long pauses) {
        if (states.forgive(pauses)) {
            monitor.lookNow();
        }
    }

    /** Forgets the blocks of all sequences, as vttablet's ResetSequences does: for when their tables were written by others. */
    public void resetSequences() {
        sequences.forget();
    }

    /** Waits until the server has ended. */
    public void awaitTermination() throws InterruptedException {
        server.awaitTermination();
    }

    /** Refuses new calls, lets open transactions finish for the grace period, then ends everything. */
    @Override
    public void close() {
        states.update(s -> new ServingStatus(
                State.SHUTTING_DOWN, s.type(), s.primaryTermStart(), "tablet is shutting down", s.lagSeconds()));
        long end = System.nanoTime() + config.shutdownGrace().toNanos();
        try {
            while (stateful.size() > 0 && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            streamer.close();
            server.shutdown();
            if (!server.awaitTermination(1, TimeUnit.SECONDS)) {
                server.shutdownNow();
                server.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.shutdownNow();
        }
        closeParts();
    }

    private void closeParts() {
        monitor.close();
        transactions.close();
        pools.reads().close();
        pools.streams().close();
        pools.writes().close();
        pools.foundRows().close();
        loops.close();
        acceptor.close();
    }
}
