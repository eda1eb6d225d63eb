package io.vtsphere.executor;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.planner.PlanCache;
import io.vtsphere.planner.Planner;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Vitess gateway: sessions that speak SQL over the shards of all keyspaces. Thread-safe.
 *
 * <p>Owns its session threads; the gateway and the topology belong to whoever opened them.
 */
public final class Gate implements GateSessions, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    /** A DDL has been carried out: whoever tracks schemas may not hold up its answer for longer. */
    private static final Duration SCHEMA_WAIT = Duration.ofSeconds(2);

    private final GateConfig config;
    private final ServingStates states;
    private final TabletGateway gateway;
    private final StatementPlans plans;
    private final SessionThreads threads;
    private final GateMetrics metrics;
    private final PlanFields fields = new PlanFields();
    private final TableDefinitions definitions = new TableDefinitions(Ticker.systemTicker());
    private final Map<Long, Session> sessions = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, Runnable>> schemaListeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger openSessions = new AtomicInteger();

    Gate(
            GateConfig config,
            ServingStates states,
            TabletGateway gateway,
            StatementPlans plans,
            SessionThreads threads,
            MeterRegistry registry) {
        this.config = config;
        this.states = states;
        this.gateway = gateway;
        this.plans = plans;
        this.threads = threads;
        this.metrics = new GateMetrics(registry);
        Gauge.builder("vtgate.sessions", openSessions, AtomicInteger::get).register(registry);
    }

    /** Opens a gate over tablets and a topology that are open already. */
    public static Gate open(GateConfig config, ServingStates states, TabletGateway gateway, MeterRegistry registry) {
        Planner planner = new Planner(VindexRegistry.load());
        PlanCache cache = PlanCache.open(config.queryCacheMemory(), registry);
        return new Gate(
                config,
                states,
                gateway,
                new CachingPlans(planner, cache, config),
                SessionThreads.open(config.sessionThreads()),
                registry);
    }

    @Override
    public GateSession newSession(SessionParams params) {
        SessionState state = new SessionState(params, config);
        RunningCalls running = new RunningCalls();
        CallOptions options = new CallOptions(state, config);
        ShardCalls calls = new ShardCalls(state, gateway, options, running);
        TransactionEnd ends = new TransactionEnd(state, calls, metrics);
        LoopWait loop = new LoopWait(params.loop());
        SessionParts parts = new SessionParts(
                state,
                config,
                metrics,
                calls,
                new ShardStreams(state, gateway, options, running, calls),
                ends,
                running,
                new FastPath(calls, ends, config),
                new SessionValues(state, config),
                new LocalRows(new ShowRows(state, gateway, states)),
                new SessionLocks(params, calls),
                new ReplicationStatus(gateway, options, loop),
                definitions,
                loop);
        openSessions.incrementAndGet();
        Session session = new Session(this, parts);
        sessions.put(params.connectionId(), session);
        return session;
    }

    /** The open session of that connection id, or null. */
    @Nullable
    Session session(long connectionId) {
        return sessions.get(connectionId);
    }

    /** The operator's pages about this gate's plans. */
    public QueryPages queryPages() {
        return new QueryPages(plans, metrics.statistics);
    }

    /**
     * Has this called after every DDL that a session of this gate has carried out, on that session's loop; must not block. It gets the keyspace
     * and a task to run, on any thread, when the change is in the serving state: the DDL is answered then.
     */
    public void onSchemaChange(BiConsumer<String, Runnable> listener) {
        schemaListeners.add(listener);
    }

    /** Runs {@code then} on the session's loop when all listeners have seen the change, or have not for too long. */
    void schemaChanged(SessionParts parts, String keyspace, Runnable then) {
        if (schemaListeners.isEmpty()) {
            then.run();
            return;
        }
        int[] open = {schemaListeners.size()};
        Future<?> late = parts.state()
                .params
                .loop()
                .schedule(
                        () -> {
                            open[0] = 0;
                            then.run();
                        },
                        SCHEMA_WAIT.toMillis(),
                        TimeUnit.MILLISECONDS);
        for (BiConsumer<String, Runnable> listener : schemaListeners) {
            listener.accept(
                    keyspace,
                    () -> onLoop(parts, () -> {
                        if (open[0] > 0 && --open[0] == 0 && late.cancel(false)) {
                            then.run();
                        }
                    }));
        }
    }

    /** A tablet says that tables have changed: what statements have learnt of them lately is asked anew. Thread-safe, does not block. */
    public void schemaChanged() {
        definitions.changed();
    }

    /** What tablets said of tables lately. */
    TableDefinitions definitions() {
        return definitions;
    }

    GateConfig config() {
        return config;
    }

    ServingStates states() {
        return states;
    }

    StatementPlans plans() {
        return plans;
    }

    SessionThreads threads() {
        return threads;
    }

    PlanFields fields() {
        return fields;
    }

    SessionCommands commands(SessionParts parts) {
        return new SessionCommands(this, parts);
    }

    void sessionClosed(long connectionId) {
        sessions.remove(connectionId);
        openSessions.decrementAndGet();
    }

    /** Runs a task on the session's loop; when that is gone, so is the client. */
    void onLoop(SessionParts parts, Runnable task) {
        try {
            parts.state().params.loop().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug(
                    "event loop is shut down; connection {} is gone",
                    parts.state().params.connectionId(),
                    e);
        }
    }

    /** Blocks until a snapshot is there whose plans differ, or the configured time is over. */
    void awaitNewerThan(long epoch, LoopWait wait) {
        CompletableFuture<ServingState> newer = new CompletableFuture<>();
        AutoCloseable listener = states.addListener(state -> {
            if (state.epoch() > epoch) {
                newer.complete(state);
            }
        });
        try {
            wait.await(newer, config.vschemaWait().toMillis());
        } finally {
            close(listener);
        }
    }

    private static void close(AutoCloseable listener) {
        try {
            listener.close();
        } catch (Exception e) {
            throw VtException.of(Code.INTERNAL, "removing a topology listener: " + e, e);
        }
    }

    /** Interrupts statements that still run on session threads. */
    @Override
    public void close() {
        threads.close();
    }
}
