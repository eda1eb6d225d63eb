package io.vtsphere.tablet.sequence;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.Field;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.Row;
import io.vitess.proto.Query.Type;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.tablet.mysql.ConnectionPool;
import io.vtsphere.tablet.mysql.EventLoops;
import io.vtsphere.tablet.mysql.MysqlConnection;
import io.vtsphere.tablet.mysql.QueryControl;
import io.vtsphere.tablet.mysql.SimpleQuery;
import io.vtsphere.tablet.query.QueryPlan.NextVal;
import io.vtsphere.tablet.query.StatementCall;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sequences of this tablet's database: answers {@code select next N values from t}.
 *
 * <p>A table is a sequence when its comment contains {@code vitess_sequence}; that is looked up once. Thread-safe.
 */
public final class Sequences {
    private static final String MARK = "vitess_sequence";

    private final EventLoops loops;
    private final ConnectionPool pool;
    /** Holds tables that exist with the mark only, so it is bounded by the schema. */
    private final Map<String, Sequence> sequences = new ConcurrentHashMap<>();

    public Sequences(EventLoops loops, ConnectionPool pool) {
        this.loops = loops;
        this.pool = pool;
    }

    /** @throws VtException INVALID_ARGUMENT when the count is no positive integer or a bind variable is missing */
    public void next(StatementCall call, NextVal wanted, Callback<QueryResult> callback) {
        long count = count(wanted, call.variables());
        Sequence known = sequences.get(wanted.table());
        Callback<Long> reply = new Callback<>() {
            @Override
            public void success(Long first) {
                callback.success(result(first));
            }

            @Override
            public void failure(RuntimeException error) {
                callback.failure(error);
            }
        };
        if (known != null) {
            known.next(count, call.control(), reply);
        } else {
            find(call, wanted.table(), count, reply);
        }
    }

    /** Forgets all blocks: another primary may hand out numbers now. */
    public void forget() {
        sequences.clear();
    }

    private void find(StatementCall call, String table, long count, Callback<Long> reply) {
        QueryControl control = call.control();
        pool.acquire(call.loop(), null, control, new Callback<>() {
            @Override
            public void success(MysqlConnection connection) {
                String sql =
                        "select table_comment from information_schema.tables where table_schema = database() and table_name = '"
                                + table.replace("\\", "\\\\").replace("'", "''") + "'";
                SimpleQuery.run(connection, sql, control, new Callback<>() {
                    @Override
                    public void success(SimpleQuery.Rows rows) {
                        pool.release(connection);
                        found(table, rows.text(0, 0), count, control, reply);
                    }

                    @Override
                    public void failure(RuntimeException error) {
                        pool.release(connection);
                        reply.failure(error);
                    }
                });
            }

            @Override
            public void failure(RuntimeException error) {
                reply.failure(error);
            }
        });
    }

    private void found(String table, @Nullable String comment, long count, QueryControl control, Callback<Long> reply) {
        if (comment == null) {
            reply.failure(VtException.of(Code.NOT_FOUND, "table " + table + " not found in schema"));
        } else if (!comment.contains(MARK)) {
            reply.failure(VtException.of(Code.INVALID_ARGUMENT, table + " is not a sequence"));
        } else {
            int loop = Math.floorMod(table.hashCode(), loops.size());
            sequences
                    .computeIfAbsent(table, name -> new Sequence(name, loops.get(loop), loop, pool))
                    .next(count, control, reply);
        }
    }

    private static long count(NextVal wanted, Map<String, BindVariable> variables) {
        String text = wanted.count();
        String variable = wanted.variable();
        if (variable != null) {
            BindVariable bound = variables.get(variable);
            if (bound == null) {
                throw VtException.of(Code.INVALID_ARGUMENT, "missing bind var " + variable);
            }
            text = bound.getValue().toStringUtf8();
        }
        try {
            long count = Long.parseLong(String.valueOf(text));
            if (count >= 1) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Falls through to the one answer for everything that is no positive integer.
            return refuse(wanted.table(), text);
        }
        return refuse(wanted.table(), text);
    }

    private static long refuse(String table, @Nullable String text) {
        throw VtException.of(Code.INVALID_ARGUMENT, "invalid increment for sequence " + table + ": " + text);
    }

    private static QueryResult result(long first) {
        String text = Long.toString(first);
        return QueryResult.newBuilder()
                .addFields(Field.newBuilder().setName("nextval").setType(Type.INT64))
                .addRows(Row.newBuilder().addLengths(text.length()).setValues(ByteString.copyFromUtf8(text)))
                .build();
    }
}
