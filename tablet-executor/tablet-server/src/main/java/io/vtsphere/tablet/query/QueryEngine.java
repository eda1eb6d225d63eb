package io.vtsphere.tablet.query;

import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query.QueryResult;
import io.vtsphere.tablet.health.ServingStatus;
import io.vtsphere.tablet.health.StateManager;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.tablet.mysql.ConnectionPool;
import io.vtsphere.tablet.mysql.MysqlConnection;
import io.vtsphere.tablet.mysql.MysqlException;
import io.vtsphere.tablet.mysql.SettingsApplier;
import io.vtsphere.tablet.mysql.SimpleQuery;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements that belong to no transaction, on pooled connections.
 *
 * <p>Thread-safe. A statement that could not be sent because its connection had died is sent again on another; one that was lost on its
 * way only when it reads.
 */
public final class QueryEngine {
    private static final int RETRIES = 2;

    private final Pools pools;
    private final StatementRunner runner;
    private final SettingsApplier settings;
    private final StateManager states;

    /** Which connections serve what; {@code foundRows} are those that count found rows. */
    public record Pools(ConnectionPool reads, ConnectionPool streams, ConnectionPool writes, ConnectionPool foundRows) {
        public ConnectionPool writes(boolean countFoundRows) {
            return countFoundRows ? foundRows : writes;
        }
    }

    public QueryEngine(Pools pools, StatementRunner runner, SettingsApplier settings, StateManager states) {
        this.pools = pools;
        this.runner = runner;
        this.settings = settings;
        this.states = states;
    }

    /**
     * Runs a statement and collects its result.
     *
     * @param preQueries {@code set} statements that hold for this statement; empty for none
     */
    public void execute(StatementCall call, List<String> preQueries, Callback<QueryResult> callback) {
        PlanType type = call.plan().type();
        if (type == PlanType.SELECT_LOCK_FUNC || type == PlanType.SET || type == PlanType.LOCK_TABLES) {
            callback.failure(needsReserved(type));
            return;
        }
        if (call.plan().temporaryTable()) {
            callback.failure(VtException.of(
                    Code.FAILED_PRECONDITION, "Temporary table not allowed without reserved connection"));
            return;
        }
        attempt(call, preQueries, poolFor(call), RETRIES, callback);
    }

    /** What a statement fails with that needs a connection of its own. */
    public static VtException needsReserved(PlanType type) {
        return VtException.of(Code.FAILED_PRECONDITION, type.vitessName() + " not allowed without reserved connection");
    }

    private ConnectionPool poolFor(StatementCall call) {
        return switch (call.plan().type()) {
            case INSERT, UPDATE, DELETE, UPDATE_LIMIT, DELETE_LIMIT, DDL, LOAD ->
                pools.writes(call.options().getClientFoundRows());
            default -> pools.reads();
        };
    }

    private void attempt(
            StatementCall call,
            List<String> preQueries,
            ConnectionPool pool,
            int retries,
            Callback<QueryResult> callback) {
        // Written before a connection is taken: wrong bind variables cost none.
        ByteBuf command = runner.command(call);
        String wanted = preQueries.isEmpty() ? null : String.join(";", preQueries);
        pool.acquire(call.loop(), wanted, call.control(), new Callback<>() {
            @Override
            public void success(MysqlConnection connection) {
                settings.apply(connection, preQueries, call.control(), new Callback<>() {
                    @Override
                    public void success(MysqlConnection ready) {
                        runOn(ready, call, command, new Answer(call, preQueries, pool, ready, retries, callback));
                    }

                    @Override
                    public void failure(RuntimeException error) {
                        command.release();
                        pool.release(connection);
                        callback.failure(error);
                    }
                });
            }

            @Override
            public void failure(RuntimeException error) {
                command.release();
                callback.failure(error instanceof MysqlException mysql ? elsewhere(mysql) : error);
            }
        });
    }

    /** The error of a statement that has not run: once it is known that MySQL is away, the gate is told to look elsewhere, or to wait. */
    private RuntimeException elsewhere(MysqlException error) {
        ServingStatus status = states.status();
        return status.serving()
                ? error
                : VtException.of(Code.CLUSTER_EVENT, "operation not allowed in state " + status.state());
    }

    private void runOn(MysqlConnection connection, StatementCall call, ByteBuf command, Answer answer) {
        if (!call.plan().type().readOnly() && states.isDistrusted()) {
            command.release();
            answer.failure(stoodStill());
        } else if (call.plan().type().limitsRows()) {
            runLimited(connection, call, command, answer);
        } else {
            runner.run(connection, call, command, false, answer);
        }
    }

    /** What a statement fails with that was under way when the tablet stood still, and is not done. */
    private static VtException stoodStill() {
        return VtException.of(Code.CLUSTER_EVENT, "operation not allowed in state NOT_SERVING");
    }

    /** begin, the statement with its limit, and commit; or rollback when it touched more rows than allowed. */
    private void runLimited(MysqlConnection connection, StatementCall call, ByteBuf command, Answer answer) {
        SimpleQuery.run(connection, "begin", call.control(), new Callback<>() {
            @Override
            public void success(SimpleQuery.Rows ignored) {
                runner.run(connection, call, command, true, new Callback<>() {
                    @Override
                    public void success(QueryResult result) {
                        if (states.isDistrusted()) {
                            // rolled back with its connection: another primary may have taken over since
                            connection.close();
                            answer.failure(stoodStill());
                        } else if (result.getRowsAffected() > runner.maxRows()) {
                            end("rollback", null, ResultCollector.tooManyRows(runner.maxRows()));
                        } else {
                            end("commit", result, null);
                        }
                    }

                    @Override
                    public void failure(RuntimeException error) {
                        end("rollback", null, error);
                    }
                });
            }

            @Override
            public void failure(RuntimeException error) {
                command.release();
                // a begin whose caller gave up may have begun all the same: what ran here next would not be committed
                connection.close();
                answer.failure(error);
            }

            private void end(String statement, @Nullable QueryResult result, @Nullable RuntimeException outcome) {
                SimpleQuery.run(connection, statement, call.control(), new Callback<>() {
                    @Override
                    public void success(SimpleQuery.Rows ended) {
                        if (result != null) {
                            String gtids = ended.completion().gtids();
                            answer.success(
                                    gtids.isEmpty()
                                            ? result
                                            : result.toBuilder()
                                                    .setSessionStateChanges(gtids)
                                                    .build());
                        } else if (outcome != null) {
                            answer.failure(outcome);
                        }
                    }

                    @Override
                    public void failure(RuntimeException error) {
                        // Whatever state the transaction is in, it must not reach the next call.
                        connection.close();
                        answer.failure(outcome != null ? outcome : error);
                    }
                });
            }
        });
    }

    /** Streams a result; the connection stays with the stream until it has ended. */
    public void stream(StatementCall call, List<String> preQueries, StreamSink sink) {
        PlanType type = call.plan().type();
        if (type == PlanType.SELECT_LOCK_FUNC) {
            throw needsReserved(type);
        }
        ByteBuf command = runner.command(call, 0);
        String wanted = preQueries.isEmpty() ? null : String.join(";", preQueries);
        ConnectionPool pool = pools.streams();
        pool.acquire(call.loop(), wanted, call.control(), new Callback<>() {
            @Override
            public void success(MysqlConnection connection) {
                settings.apply(connection, preQueries, call.control(), new Callback<>() {
                    @Override
                    public void success(MysqlConnection ready) {
                        StreamSink releasing = new ReleasingSink(sink, () -> pool.release(ready));
                        runner.stream(ready, call, command, false, releasing);
                    }

                    @Override
                    public void failure(RuntimeException error) {
                        command.release();
                        pool.release(connection);
                        sink.failed(error);
                    }
                });
            }

            @Override
            public void failure(RuntimeException error) {
                command.release();
                sink.failed(error);
            }
        });
    }

    /** Gives the connection back before it answers, so that the next call of the same client finds it. */
    private final class Answer implements Callback<QueryResult> {
        private final StatementCall call;
        private final List<String> preQueries;
        private final ConnectionPool pool;
        private final MysqlConnection connection;
        private final int retries;
        private final Callback<QueryResult> callback;

        Answer(
                StatementCall call,
                List<String> preQueries,
                ConnectionPool pool,
                MysqlConnection connection,
                int retries,
                Callback<QueryResult> callback) {
            this.call = call;
            this.preQueries = preQueries;
            this.pool = pool;
            this.connection = connection;
            this.retries = retries;
            this.callback = callback;
        }

        @Override
        public void success(QueryResult result) {
            pool.release(connection);
            callback.success(result);
        }

        @Override
        public void failure(RuntimeException error) {
            pool.release(connection);
            if (error instanceof MysqlException mysql && mayRepeat(mysql)) {
                if (retries > 0 && states.status().serving()) {
                    pool.dropIdle();
                    attempt(call, preQueries, pool, retries - 1, callback);
                } else {
                    callback.failure(elsewhere(mysql));
                }
            } else {
                callback.failure(error);
            }
        }

        private boolean mayRepeat(MysqlException error) {
            return error.errno() == MysqlException.SERVER_GONE
                    || error.errno() == MysqlException.SERVER_LOST
                            && call.plan().type().readOnly();
        }
    }
}
