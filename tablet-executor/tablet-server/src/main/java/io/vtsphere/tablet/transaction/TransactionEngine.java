package io.vtsphere.tablet.transaction;

import io.netty.util.concurrent.ScheduledFuture;
import io.vitess.proto.Query.ExecuteOptions;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.tablet.mysql.ConnectionPool;
import io.vtsphere.tablet.mysql.EventLoops;
import io.vtsphere.tablet.mysql.GoDuration;
import io.vtsphere.tablet.mysql.MysqlConnection;
import io.vtsphere.tablet.mysql.QueryControl;
import io.vtsphere.tablet.mysql.SettingsApplier;
import io.vtsphere.tablet.mysql.SimpleQuery;
import io.vtsphere.tablet.query.QueryEngine.Pools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Opens and ends transactions and reserved connections, and rolls back those that have lived too long.
 *
 * <p>Thread-safe.
 */
public final class TransactionEngine implements AutoCloseable {
    private static final long SWEEP_MILLIS = 250;

    private final Pools pools;
    private final StatefulConnections connections;
    private final SettingsApplier settings;
    private final TransactionConfig config;
    private final LongSupplier ticker;
    private final ScheduledFuture<?> killer;

    public TransactionEngine(
            Pools pools,
            StatefulConnections connections,
            SettingsApplier settings,
            TransactionConfig config,
            EventLoops loops,
            LongSupplier ticker) {
        this.pools = pools;
        this.connections = connections;
        this.settings = settings;
        this.config = config;
        this.ticker = ticker;
        this.killer = loops.get(0)
                .scheduleWithFixedDelay(this::rollBackExpired, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * What a client wants to open.
     *
     * @param settings {@code set} statements of the session; empty for none
     * @param primary whether this tablet may write
     */
    public record Opening(
            int loop, ExecuteOptions options, List<String> settings, boolean primary, QueryControl control) {}

    /** Opens a transaction on a pooled connection; the callback owns it. */
    public void begin(Opening opening, Callback<StatefulConnection> callback) {
        List<String> statements = TransactionStatements.begin(opening.options(), opening.primary());
        acquire(opening, new Callback<>() {
            @Override
            public void success(StatefulConnection stateful) {
                run(stateful, statements, 0, opening.control(), new Callback<>() {
                    @Override
                    public void success(StatefulConnection begun) {
                        began(begun, opening.options());
                        callback.success(begun);
                    }

                    @Override
                    public void failure(RuntimeException error) {
                        stateful.connection().close();
                        connections.end(stateful, "initFail");
                        callback.failure(error);
                    }
                });
            }

            @Override
            public void failure(RuntimeException error) {
                callback.failure(error);
            }
        });
    }

    /** Opens a transaction on a reserved connection that the caller owns and keeps owning. */
    public void beginOn(
            StatefulConnection reserved,
            ExecuteOptions options,
            boolean primary,
            QueryControl control,
            Callback<StatefulConnection> callback) {
        List<String> statements = TransactionStatements.begin(options, primary);
        run(reserved, statements, 0, control, new Callback<>() {
            @Override
            public void success(StatefulConnection begun) {
                began(begun, options);
                callback.success(begun);
            }

            @Override
            public void failure(RuntimeException error) {
                callback.failure(error);
            }
        });
    }

    /** Takes a connection out of the pool for one client alone; the callback owns it. */
    public void reserve(Opening opening, Callback<StatefulConnection> callback) {
        acquire(opening, new Callback<>() {
            @Override
            public void success(StatefulConnection stateful) {
                stateful.reserve();
                callback.success(stateful);
            }

            @Override
            public void failure(RuntimeException error) {
                callback.failure(error);
            }
        });
    }

    /** Makes a transaction's connection a reserved one; the caller owns it. */
    public void markReserved(StatefulConnection owned) {
        owned.reserve();
    }

    /** Gives a transaction's connection settings, and makes it a reserved one if asked; the caller keeps owning it. */
    public void applySettings(
            StatefulConnection owned,
            List<String> preQueries,
            boolean reserve,
            QueryControl control,
            Callback<StatefulConnection> callback) {
        String added = String.join(";", preQueries);
        String present = owned.connection().settings();
        if (reserve) {
            owned.reserve();
        }
        if (added.equals(present) || preQueries.isEmpty()) {
            callback.success(owned);
            return;
        }
        // Noted first: if one of them fails, the others still need to be taken away before the next user.
        owned.connection().settings(present == null ? added : present + ";" + added);
        run(owned, preQueries, 0, control, callback);
    }

    private void acquire(Opening opening, Callback<StatefulConnection> callback) {
        ConnectionPool pool = pools.writes(opening.options().getClientFoundRows());
        String wanted = opening.settings().isEmpty() ? null : String.join(";", opening.settings());
        pool.acquire(opening.loop(), wanted, opening.control(), new Callback<>() {
            @Override
            public void success(MysqlConnection connection) {
                settings.apply(connection, opening.settings(), opening.control(), new Callback<>() {
                    @Override
                    public void success(MysqlConnection ready) {
                        callback.success(connections.register(ready, pool, "for query"));
                    }

                    @Override
                    public void failure(RuntimeException error) {
                        pool.release(connection);
                        callback.failure(error);
                    }
                });
            }

            @Override
            public void failure(RuntimeException error) {
                callback.failure(error);
            }
        });
    }

    /** Runs statements one after the other on a connection that the caller owns. */
    public void run(
            StatefulConnection owned,
            List<String> statements,
            int index,
            QueryControl control,
            Callback<StatefulConnection> callback) {
        if (index == statements.size()) {
            callback.success(owned);
            return;
        }
        SimpleQuery.run(owned.connection(), statements.get(index), control, new Callback<>() {
            @Override
            public void success(SimpleQuery.Rows ignored) {
                run(owned, statements, index + 1, control, callback);
            }

            @Override
            public void failure(RuntimeException error) {
                callback.failure(error);
            }
        });
    }

    private void began(StatefulConnection stateful, ExecuteOptions options) {
        Duration timeout =
                switch (options.getWorkload()) {
                    case DBA -> Duration.ZERO;
                    case OLAP -> config.olapTimeout();
                    default -> config.timeout();
                };
        long nanos = timeout.toNanos();
        long wanted =
                options.hasTransactionTimeout() ? TimeUnit.MILLISECONDS.toNanos(options.getTransactionTimeout()) : 0;
        if (wanted > 0 && (nanos == 0 || wanted < nanos)) {
            nanos = wanted;
        }
        stateful.began(TransactionStatements.autocommit(options), ticker.getAsLong(), nanos);
    }

    /**
     * The connection with that id, owned by the caller until it is checked in; one whose time is over is rolled back instead.
     *
     * @throws io.vtsphere.vterrors.VtException when there is none, with why
     */
    public StatefulConnection checkOut(long id, String purpose) {
        StatefulConnection owned = connections.checkOut(id, purpose);
        long now = ticker.getAsLong();
        if (owned.expiryNanos() > now) {
            return owned;
        }
        expire(owned, now);
        throw connections.ended(id);
    }

    /**
     * Commits; a reserved connection stays, under a new id, which the callback gets, else 0.
     *
     * @throws io.vtsphere.vterrors.VtException when there is no such transaction
     */
    public void commit(long id, QueryControl control, Callback<Long> callback) {
        conclude(checkOut(id, "for commit"), "commit", "transaction committed", control, callback);
    }

    /** Rolls back; otherwise as {@link #commit}. */
    public void rollback(long id, QueryControl control, Callback<Long> callback) {
        conclude(connections.checkOut(id, "for rollback"), "rollback", "transaction rolled back", control, callback);
    }

    /**
     * Ends a reserved connection by closing it, or a transaction by rolling it back.
     *
     * @throws io.vtsphere.vterrors.VtException when there is none with that id
     */
    public void release(long id, QueryControl control, Callback<Long> callback) {
        StatefulConnection owned = connections.checkOut(id, "for release");
        if (owned.reserved()) {
            owned.connection().close();
            connections.end(owned, "release connection");
            callback.success(0L);
        } else {
            conclude(owned, "rollback", "transaction rolled back", control, callback);
        }
    }

    private void conclude(
            StatefulConnection owned, String statement, String reason, QueryControl control, Callback<Long> callback) {
        if (owned.autocommit() || !owned.inTransaction()) {
            callback.success(concluded(owned, reason));
            return;
        }
        SimpleQuery.run(owned.connection(), statement, control, new Callback<>() {
            @Override
            public void success(SimpleQuery.Rows ignored) {
                callback.success(concluded(owned, reason));
            }

            @Override
            public void failure(RuntimeException error) {
                // Whether it was committed is unknown; closing rolls back what is left.
                owned.connection().close();
                connections.end(owned, "closed");
                callback.failure(error);
            }
        });
    }

    private long concluded(StatefulConnection owned, String reason) {
        owned.concluded();
        if (!owned.reserved()) {
            connections.end(owned, reason);
            return 0;
        }
        connections.renew(owned);
        long id = owned.id();
        connections.checkIn(owned);
        return id;
    }

    private void rollBackExpired() {
        long now = ticker.getAsLong();
        for (StatefulConnection stateful : connections.all()) {
            // One in use ends by its query's own deadline, which is never later.
            if (stateful.expiryNanos() <= now && stateful.take("for timeout") == null) {
                expire(stateful, now);
            }
        }
    }

    private void expire(StatefulConnection owned, long now) {
        String reason = "exceeded timeout: " + GoDuration.format(owned.timeoutNanos());
        connections.announceEnd(owned, reason);
        if (owned.reserved()) {
            owned.connection().close();
            connections.end(owned, reason);
            return;
        }
        QueryControl control = new QueryControl(now, now + TimeUnit.SECONDS.toNanos(5));
        SimpleQuery.run(owned.connection(), "rollback", control, new Callback<>() {
            @Override
            public void success(SimpleQuery.Rows rows) {
                connections.end(owned, reason);
            }

            @Override
            public void failure(RuntimeException error) {
                owned.connection().close();
                connections.end(owned, reason);
            }
        });
    }

    /** Rolls back every transaction and closes every reserved connection that nobody uses now. */
    public void endAll(String reason) {
        for (StatefulConnection stateful : new ArrayList<>(connections.all())) {
            if (stateful.take("to close") == null) {
                stateful.connection().close();
                connections.end(stateful, reason);
            }
        }
    }

    @Override
    public void close() {
        killer.cancel(false);
        endAll("closed");
    }
}
