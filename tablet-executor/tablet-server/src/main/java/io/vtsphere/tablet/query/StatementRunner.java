package io.vtsphere.tablet.query;

import com.google.protobuf.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.ExecuteOptions;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.Type;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.tablet.mysql.MysqlConnection;
import io.vtsphere.tablet.mysql.ResponseHandler;
import io.vtsphere.tablet.mysql.ResponseHandler.Completion;
import io.vtsphere.tablet.mysql.SimpleQuery;
import io.vtsphere.tablet.query.ResultCollector.Collected;
import io.vtsphere.tablet.query.ResultCollector.Names;
import io.vtsphere.tablet.query.ResultCollector.ResultLimits;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.HashMap;
import java.util.Map;

/** Runs one statement on a connection that the caller owns. Thread-safe: it keeps no state between calls. */
public final class StatementRunner {
    private static final String REPLACE_SCHEMA = "__replacevtschemaname";
    private static final String SCHEMA = "__vtschemaname";
    /** A value that nobody passes to last_insert_id(), to see whether a statement did; as Vitess. */
    private static final String UNSET_INSERT_ID = "18446744073709547416";

    private final QueryLimits limits;
    private final Names names;

    public StatementRunner(QueryLimits limits, String database, String keyspace) {
        this.limits = limits;
        this.names = new Names(database, keyspace);
    }

    public int maxRows() {
        return limits.maxResultRows();
    }

    /**
     * Writes the statement, with the row limit where it belongs; before a connection is taken, because it may fail.
     *
     * @throws VtException for wrong bind variables
     */
    public ByteBuf command(StatementCall call) {
        boolean unlimited = call.options().getWorkload() == ExecuteOptions.Workload.DBA;
        return command(call, unlimited ? 0 : limits.maxResultRows() + 1);
    }

    ByteBuf command(StatementCall call, int rowLimit) {
        return call.plan().command(ByteBufAllocator.DEFAULT, withSchema(call.variables()), rowLimit);
    }

    private Map<String, BindVariable> withSchema(Map<String, BindVariable> variables) {
        if (!variables.containsKey(REPLACE_SCHEMA)) {
            return variables;
        }
        Map<String, BindVariable> replaced = new HashMap<>(variables);
        replaced.put(
                SCHEMA,
                BindVariable.newBuilder()
                        .setType(Type.VARCHAR)
                        .setValue(ByteString.copyFromUtf8(names.database()))
                        .build());
        return replaced;
    }

    /** @param inTransaction whether a kill must end the connection, whose transaction would be half done */
    public void run(
            MysqlConnection connection,
            StatementCall call,
            ByteBuf command,
            boolean inTransaction,
            Callback<QueryResult> callback) {
        if (call.options().getFetchLastInsertId()) {
            withInsertId(connection, call, command, inTransaction, callback);
        } else {
            collect(connection, call, command, inTransaction, new Callback<>() {
                @Override
                public void success(Collected collected) {
                    finish(connection, call, inTransaction, collected, callback);
                }

                @Override
                public void failure(RuntimeException error) {
                    callback.failure(error);
                }
            });
        }
    }

    private void collect(
            MysqlConnection connection,
            StatementCall call,
            ByteBuf command,
            boolean inTransaction,
            Callback<Collected> callback) {
        boolean unlimited = call.options().getWorkload() == ExecuteOptions.Workload.DBA;
        ResultLimits bounds = new ResultLimits(unlimited ? 0 : limits.maxResultRows(), limits.maxResultBytes());
        ResponseHandler handler =
                new ResultCollector(bounds, names, call.options().getIncludedFields(), call.plan(), callback);
        connection.execute(command, handler, call.control(), inTransaction);
    }

    /**
     * Streams the statement's result to the sink.
     *
     * @throws VtException for wrong bind variables
     */
    public void stream(MysqlConnection connection, StatementCall call, boolean inTransaction, StreamSink sink) {
        stream(connection, call, command(call, 0), inTransaction, sink);
    }

    void stream(
            MysqlConnection connection, StatementCall call, ByteBuf command, boolean inTransaction, StreamSink sink) {
        ResponseHandler handler = new StreamCollector(
                limits.streamBufferBytes(), names, call.options().getIncludedFields(), call.plan(), sink, connection);
        connection.execute(command, handler, call.control(), inTransaction);
    }

    private static void finish(
            MysqlConnection connection,
            StatementCall call,
            boolean inTransaction,
            Collected collected,
            Callback<QueryResult> callback) {
        Completion completion = collected.completion();
        if (call.plan().type() == PlanType.CALL_PROCEDURE && completion.inTransaction() != inTransaction) {
            connection.close();
            callback.failure(
                    VtException.of(
                            Code.CANCELED,
                            inTransaction
                                    ? "Transaction state change inside the stored procedure is not allowed"
                                    : "Transaction not concluded inside the stored procedure, leaking transaction from stored procedure is not allowed"));
            return;
        }
        callback.success(collected.result());
    }

    private void withInsertId(
            MysqlConnection connection,
            StatementCall call,
            ByteBuf command,
            boolean inTransaction,
            Callback<QueryResult> callback) {
        String reset = "select last_insert_id(" + UNSET_INSERT_ID + ")";
        SimpleQuery.run(connection, reset, call.control(), new Callback<>() {
            @Override
            public void success(SimpleQuery.Rows ignored) {
                collect(connection, call, command, inTransaction, new Callback<>() {
                    @Override
                    public void success(Collected collected) {
                        readInsertId(connection, call, inTransaction, collected, callback);
                    }

                    @Override
                    public void failure(RuntimeException error) {
                        callback.failure(error);
                    }
                });
            }

            @Override
            public void failure(RuntimeException error) {
                command.release();
                callback.failure(error);
            }
        });
    }

    private static void readInsertId(
            MysqlConnection connection,
            StatementCall call,
            boolean inTransaction,
            Collected collected,
            Callback<QueryResult> callback) {
        if (collected.result().getInsertIdChanged()) {
            finish(connection, call, inTransaction, collected, callback);
            return;
        }
        SimpleQuery.run(connection, "select last_insert_id()", call.control(), new Callback<>() {
            @Override
            public void success(SimpleQuery.Rows rows) {
                String id = rows.text(0, 0);
                Collected answer = collected;
                if (id != null && !id.equals(UNSET_INSERT_ID)) {
                    QueryResult result = collected.result().toBuilder()
                            .setInsertId(Long.parseUnsignedLong(id))
                            .setInsertIdChanged(true)
                            .build();
                    answer = new Collected(result, collected.completion());
                }
                finish(connection, call, inTransaction, answer, callback);
            }

            @Override
            public void failure(RuntimeException error) {
                callback.failure(error);
            }
        });
    }
}
