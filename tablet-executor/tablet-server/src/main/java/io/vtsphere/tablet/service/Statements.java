package io.vtsphere.tablet.service;

import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query.QueryResult;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.tablet.query.PlanType;
import io.vtsphere.tablet.query.QueryEngine;
import io.vtsphere.tablet.query.QueryPlan;
import io.vtsphere.tablet.query.ReleasingSink;
import io.vtsphere.tablet.query.SchemaChange;
import io.vtsphere.tablet.query.StatementCall;
import io.vtsphere.tablet.query.StreamSink;
import io.vtsphere.tablet.transaction.StatefulConnection;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;

/** Runs a call's statement where it belongs: on a pooled connection, on its transaction's, or on a sequence. Thread-safe. */
final class Statements {
    private final TabletCore core;

    Statements(TabletCore core) {
        this.core = core;
    }

    /** The one id of a call that may name two; 0 for none. */
    static long stateId(long transactionId, long reservedId) {
        if (transactionId != 0 && reservedId != 0 && transactionId != reservedId) {
            throw VtException.of(Code.INTERNAL, "[BUG] transactionID and reserveID must match if both are non-zero");
        }
        return transactionId != 0 ? transactionId : reservedId;
    }

    /** Whether the statement needs a connection that stays with its session. */
    static boolean needsReserved(QueryPlan plan) {
        PlanType type = plan.type();
        return type == PlanType.SELECT_LOCK_FUNC
                || type == PlanType.SET
                || type == PlanType.LOCK_TABLES
                || plan.temporaryTable();
    }

    void execute(StatementCall call, long stateId, List<String> settings, Callback<QueryResult> callback) {
        if (stateId != 0) {
            StatefulConnection owned = core.transactions().checkOut(stateId, "for query");
            guarded(owned, () -> executeOn(owned, call, checkingIn(owned, callback)));
        } else {
            QueryPlan.NextVal sequence = call.plan().nextVal();
            if (sequence != null) {
                nextValue(call, sequence, callback);
            } else {
                core.engine().execute(call, settings, announcing(call.plan(), callback));
            }
        }
    }

    private void nextValue(StatementCall call, QueryPlan.NextVal sequence, Callback<QueryResult> callback) {
        if (core.states().status().primaryTermStart() == 0) {
            throw VtException.of(
                    Code.FAILED_PRECONDITION, "sequence " + sequence.table() + " can be read on a primary only");
        }
        core.sequences().next(call, sequence, callback);
    }

    /** Runs on a connection that the caller owns and keeps owning. */
    void executeOn(StatefulConnection owned, StatementCall call, Callback<QueryResult> callback) {
        checkAllowed(owned, call.plan());
        QueryPlan.NextVal sequence = call.plan().nextVal();
        if (sequence != null) {
            // Numbers are handed out outside of any transaction: a rollback must not hand them out again.
            nextValue(call, sequence, callback);
            return;
        }
        call.control().limit(owned.expiryNanos());
        ByteBuf command = core.runner().command(call);
        Callback<QueryResult> announcing = announcing(call.plan(), callback);
        core.runner().run(owned.connection(), call, command, owned.inTransaction(), new Callback<>() {
            @Override
            public void success(QueryResult result) {
                if (call.plan().type().limitsRows()
                        && result.getRowsAffected() > core.limits().maxResultRows()) {
                    callback.failure(VtException.of(
                            Code.ABORTED, "Row count exceeded " + core.limits().maxResultRows()));
                } else {
                    announcing.success(result);
                }
            }

            @Override
            public void failure(RuntimeException error) {
                callback.failure(error);
            }
        });
    }

    /** Tells gates of a schema that changes, before the client hears of it. */
    private Callback<QueryResult> announcing(QueryPlan plan, Callback<QueryResult> callback) {
        if (plan.type() != PlanType.DDL || plan.temporaryTable()) {
            return callback;
        }
        return new Callback<>() {
            @Override
            public void success(QueryResult result) {
                SchemaChange change = plan.schemaChange();
                if (!change.isEmpty()) {
                    core.health().schemaChanged(change.tables(), change.views());
                }
                callback.success(result);
            }

            @Override
            public void failure(RuntimeException error) {
                callback.failure(error);
            }
        };
    }

    private static void checkAllowed(StatefulConnection owned, QueryPlan plan) {
        if (needsReserved(plan) && !owned.reserved()) {
            throw QueryEngine.needsReserved(plan.type());
        }
        if (plan.type() == PlanType.DDL && owned.inTransaction() && !plan.temporaryTable()) {
            throw VtException.of(Code.INTERNAL, "DDL statement executed inside a transaction");
        }
    }

    void stream(StatementCall call, long stateId, List<String> settings, StreamSink sink) {
        if (stateId != 0) {
            StatefulConnection owned = core.transactions().checkOut(stateId, "for stream query");
            guarded(
                    owned,
                    () -> streamOn(owned, call, new ReleasingSink(sink, () -> core.connections()
                            .checkIn(owned))));
        } else {
            requireStream(call.plan());
            core.engine().stream(call, settings, sink);
        }
    }

    /** Streams on a connection that the caller owns until the sink hears of the end. */
    void streamOn(StatefulConnection owned, StatementCall call, StreamSink sink) {
        requireStream(call.plan());
        checkAllowed(owned, call.plan());
        call.control().limit(owned.expiryNanos());
        core.runner().stream(owned.connection(), call, owned.inTransaction(), sink);
    }

    private static void requireStream(QueryPlan plan) {
        if (!plan.streams()) {
            throw VtException.of(Code.FAILED_PRECONDITION, plan.statementType() + " not allowed for streaming");
        }
    }

    /** Runs the first step of a call on an owned connection; what it throws must not keep the connection. */
    private void guarded(StatefulConnection owned, Runnable step) {
        try {
            step.run();
        } catch (VtException e) {
            core.connections().checkIn(owned);
            throw e;
        }
    }

    private <T> Callback<T> checkingIn(StatefulConnection owned, Callback<T> callback) {
        return new Callback<>() {
            @Override
            public void success(T value) {
                core.connections().checkIn(owned);
                callback.success(value);
            }

            @Override
            public void failure(RuntimeException error) {
                core.connections().checkIn(owned);
                callback.failure(error);
            }
        };
    }
}
