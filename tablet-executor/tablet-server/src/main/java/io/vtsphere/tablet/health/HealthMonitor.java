package io.vtsphere.tablet.health;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vtsphere.tablet.health.ServingStatus.State;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.tablet.mysql.MysqlConnection;
import io.vtsphere.tablet.mysql.MysqlConnector;
import io.vtsphere.tablet.mysql.QueryControl;
import io.vtsphere.tablet.mysql.SimpleQuery;
import io.vtsphere.topo.TabletType;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at MySQL at intervals, on a connection of its own, and says whether this tablet can serve.
 *
 * <p>Confined to one event loop, which guards all fields. It recovers by itself: the next look that succeeds makes the tablet serve again.
 */
public final class HealthMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);
    /** With the look that is due every second, a MySQL that stands still is noticed in five. */
    private static final long LOOK_TIMEOUT_SECONDS = 4;

    /** Often enough for {@link StateManager#distrustPauses}. */
    private static final long PULSE_MILLIS = 500;

    private final EventLoop loop;
    private final MysqlConnector connector;
    private final StateManager states;
    private final HealthConfig config;
    private final LongSupplier ticker;
    private final ReplicationLag lag;
    private final Runnable stuck;
    private @Nullable MysqlConnection connection;
    /** The type that MySQL's read_only was set for on the present connection; null when it was not. */
    private @Nullable TabletType readOnlyFor;

    /** Whether the type is certain; until then no MySQL is made writable. */
    private volatile boolean confirmed;

    private @Nullable ScheduledFuture<?> timer;
    private @Nullable ScheduledFuture<?> pulse;
    private boolean looking;
    /** Whether the type changed during a look, whose answer is about what the tablet was. */
    private boolean lookAgain;

    private boolean closed;

    /** @param stuck called when a MySQL that stands still has been noticed and the state says so; must not block */
    public HealthMonitor(
            EventLoop loop,
            MysqlConnector connector,
            StateManager states,
            HealthConfig config,
            LongSupplier ticker,
            Runnable stuck) {
        this.stuck = stuck;
        this.loop = loop;
        this.connector = connector;
        this.states = states;
        this.config = config;
        this.ticker = ticker;
        this.lag = new ReplicationLag(config.unhealthyLag(), ticker);
    }

    public void start() {
        loop.execute(() -> {
            timer = loop.scheduleWithFixedDelay(
                    this::look, 0, config.checkInterval().toNanos(), TimeUnit.NANOSECONDS);
            pulse = loop.scheduleWithFixedDelay(states::pulse, PULSE_MILLIS, PULSE_MILLIS, TimeUnit.MILLISECONDS);
        });
    }

    /** The topology has said that the type is right. */
    public void confirmType() {
        confirmed = true;
    }

    /** Looks at MySQL now, because the type has changed. */
    public void lookNow() {
        loop.execute(() -> {
            lookAgain = looking;
            look();
        });
    }

    private void look() {
        if (looking || closed) {
            return;
        }
        looking = true;
        TabletType type = states.status().type();
        MysqlConnection present = connection;
        if (present != null && present.isOpen()) {
            examine(present, type);
            return;
        }
        readOnlyFor = null;
        connector.connect(loop, false, new Callback<>() {
            @Override
            public void success(MysqlConnection made) {
                connection = made;
                examine(made, type);
            }

            @Override
            public void failure(RuntimeException error) {
                unhealthy(type, String.valueOf(error.getMessage()));
            }
        });
    }

    private void examine(MysqlConnection mysql, TabletType type) {
        boolean certain = confirmed || type != TabletType.PRIMARY;
        if (config.manageReadOnly() && certain && readOnlyFor != type) {
            String sql = type == TabletType.PRIMARY
                    ? "set global super_read_only = off, global read_only = off"
                    : "set global super_read_only = on";
            run(mysql, type, sql, rows -> {
                readOnlyFor = type;
                readOnly(mysql, type);
            });
        } else {
            readOnly(mysql, type);
        }
    }

    private void readOnly(MysqlConnection mysql, TabletType type) {
        if (type == TabletType.PRIMARY) {
            run(mysql, type, "select @@global.read_only", rows -> {
                if ("0".equals(rows.text(0, 0))) {
                    healthy(type, 0);
                } else {
                    unhealthy(type, "MySQL is read only, a primary must be able to write");
                }
            });
        } else {
            // MySQL 8.0.22 has a new name for it and 8.4 no longer knows the old one.
            run(
                    mysql,
                    type,
                    "select @@version",
                    version -> run(
                            mysql,
                            type,
                            lag.statement(String.valueOf(version.text(0, 0))),
                            rows -> replication(type, rows)));
        }
    }

    private void replication(TabletType type, SimpleQuery.Rows rows) {
        ReplicationLag.Reading reading = lag.read(rows);
        String error = reading.error();
        if (error == null) {
            healthy(type, reading.seconds());
        } else {
            unhealthy(type, error);
        }
    }

    private void run(MysqlConnection mysql, TabletType type, String sql, Consumer<SimpleQuery.Rows> then) {
        QueryControl control = new QueryControl(ticker.getAsLong(), QueryControl.NEVER);
        // closed rather than killed: a MySQL that does not answer here would not take a KILL either
        ScheduledFuture<?> limit = loop.schedule(mysql::close, LOOK_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        SimpleQuery.run(mysql, sql, control, new Callback<>() {
            @Override
            public void success(SimpleQuery.Rows rows) {
                limit.cancel(false);
                then.accept(rows);
            }

            @Override
            public void failure(RuntimeException error) {
                boolean silent = !limit.cancel(false);
                mysql.close();
                unhealthy(type, silent ? "MySQL does not answer" : String.valueOf(error.getMessage()));
                if (silent) {
                    stuck.run();
                }
            }
        });
    }

    private void healthy(TabletType type, long seconds) {
        ServingStatus before = states.status();
        states.update(s ->
                s.type() == type ? new ServingStatus(State.SERVING, type, s.primaryTermStart(), null, seconds) : s);
        if (before.state() == State.NOT_SERVING && states.status().serving()) {
            LOG.info("serving {}/{} as {}", states.keyspace(), states.shard(), name(type));
        }
        looked();
    }

    private void unhealthy(TabletType type, String error) {
        ServingStatus before = states.status();
        states.update(s -> s.type() == type
                ? new ServingStatus(State.NOT_SERVING, type, s.primaryTermStart(), error, s.lagSeconds())
                : s);
        if (before.state() == State.SERVING) {
            LOG.warn("not serving {}/{} any more: {}", states.keyspace(), states.shard(), error);
        }
        looked();
    }

    private void looked() {
        looking = false;
        if (lookAgain) {
            lookAgain = false;
            look();
        }
    }

    private static String name(TabletType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        loop.submit(() -> {
                    closed = true;
                    for (ScheduledFuture<?> scheduled : Arrays.asList(timer, pulse)) {
                        if (scheduled != null) {
                            scheduled.cancel(false);
                        }
                    }
                    MysqlConnection present = connection;
                    if (present != null) {
                        present.close();
                    }
                })
                .awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
