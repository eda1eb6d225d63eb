package io.vtsphere.tablet.service;

import io.grpc.stub.StreamObserver;
import io.vitess.proto.Query;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.ReserveBeginExecuteResponse;
import io.vitess.proto.Query.ReserveBeginStreamExecuteResponse;
import io.vitess.proto.Query.ReserveExecuteResponse;
import io.vitess.proto.Query.ReserveStreamExecuteResponse;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.tablet.service.TransactionCalls.Outcome;
import io.vtsphere.tablet.transaction.StatefulConnection;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.function.Consumer;

/**
 * ReserveExecute and its kin: statements of a session that has settings.
 *
 * <p>A connection is really reserved only for a statement that needs one; the settings of all others are applied to a pooled connection, and
 * the answer's reserved id stays 0.
 */
final class ReserveCalls {
    private final TabletCore core;
    private final Statements statements;
    private final TransactionCalls transactions;

    ReserveCalls(TabletCore core, Statements statements, TransactionCalls transactions) {
        this.core = core;
        this.statements = statements;
        this.transactions = transactions;
    }

    void reserveExecute(
            CallContext context, Query.ReserveExecuteRequest request, StreamObserver<ReserveExecuteResponse> observer) {
        boolean needed = Statements.needsReserved(context.plan());
        if (request.getTransactionId() == 0 && !needed) {
            statements.execute(context.call(), 0, request.getPreQueriesList(), new Callback<>() {
                @Override
                public void success(QueryResult result) {
                    context.finished(Code.OK);
                    observer.onNext(ReserveExecuteResponse.newBuilder()
                            .setResult(result)
                            .build());
                    observer.onCompleted();
                }

                @Override
                public void failure(RuntimeException error) {
                    context.fail(error);
                }
            });
            return;
        }
        reserve(
                context,
                request.getTransactionId(),
                request.getPreQueriesList(),
                needed,
                owned -> transactions.run(context, owned, List.of(), outcome -> {
                    ReserveExecuteResponse.Builder response = ReserveExecuteResponse.newBuilder();
                    if (owned.reserved()) {
                        response.setReservedId(owned.id())
                                .setTabletAlias(core.alias().proto());
                    }
                    VtException error = outcome.error();
                    QueryResult result = outcome.result();
                    if (error != null) {
                        response.setError(CallErrors.inBand(error));
                    } else if (result != null) {
                        response.setResult(result);
                    }
                    transactions.finish(context, owned, TransactionCalls.codeOf(outcome), () -> {
                        observer.onNext(response.build());
                        observer.onCompleted();
                    });
                }));
    }

    /** A reserved connection, or the transaction's with the settings; the callback owns it. */
    private void reserve(
            CallContext context,
            long transactionId,
            List<String> settings,
            boolean needed,
            Consumer<StatefulConnection> reserved) {
        Callback<StatefulConnection> callback = context.then(reserved);
        if (transactionId == 0) {
            core.transactions().reserve(transactions.opening(context, settings), callback);
            return;
        }
        StatefulConnection owned = core.transactions().checkOut(transactionId, "to reserve");
        core.transactions()
                .applySettings(owned, settings, needed, context.control(), transactions.givingBack(owned, callback));
    }

    void reserveBeginExecute(
            CallContext context,
            Query.ReserveBeginExecuteRequest request,
            StreamObserver<ReserveBeginExecuteResponse> observer) {
        transactions.open(context, 0, request.getPreQueriesList(), owned -> {
            reserveIfNeeded(context, owned);
            transactions.run(context, owned, request.getPostBeginQueriesList(), outcome -> {
                ReserveBeginExecuteResponse.Builder response = ReserveBeginExecuteResponse.newBuilder()
                        .setTransactionId(owned.id())
                        .setReservedId(reservedId(owned))
                        .setTabletAlias(core.alias().proto());
                fill(response, outcome);
                transactions.finish(context, owned, TransactionCalls.codeOf(outcome), () -> {
                    observer.onNext(response.build());
                    observer.onCompleted();
                });
            });
        });
    }

    private static void fill(ReserveBeginExecuteResponse.Builder response, Outcome outcome) {
        VtException error = outcome.error();
        QueryResult result = outcome.result();
        if (error != null) {
            response.setError(CallErrors.inBand(error));
        } else if (result != null) {
            response.setResult(result);
        }
    }

    void reserveStreamExecute(
            CallContext context,
            Query.ReserveStreamExecuteRequest request,
            MessageSink<ReserveStreamExecuteResponse> sink) {
        boolean needed = Statements.needsReserved(context.plan());
        if (request.getTransactionId() == 0 && !needed) {
            statements.stream(context.call(), 0, request.getPreQueriesList(), sink);
            return;
        }
        reserve(
                context,
                request.getTransactionId(),
                request.getPreQueriesList(),
                needed,
                owned -> transactions.stream(context, owned, List.of(), sink, error -> {
                    ReserveStreamExecuteResponse.Builder last = ReserveStreamExecuteResponse.newBuilder();
                    if (owned.reserved()) {
                        last.setReservedId(owned.id())
                                .setTabletAlias(core.alias().proto());
                    }
                    if (error != null) {
                        last.setError(CallErrors.inBand(error));
                    }
                    transactions.finish(context, owned, null, () -> sink.finish(last.build()));
                }));
    }

    void reserveBeginStreamExecute(
            CallContext context,
            Query.ReserveBeginStreamExecuteRequest request,
            MessageSink<ReserveBeginStreamExecuteResponse> sink) {
        transactions.open(context, 0, request.getPreQueriesList(), owned -> {
            reserveIfNeeded(context, owned);
            transactions.stream(context, owned, request.getPostBeginQueriesList(), sink, error -> {
                ReserveBeginStreamExecuteResponse.Builder last = ReserveBeginStreamExecuteResponse.newBuilder()
                        .setTransactionId(owned.id())
                        .setReservedId(reservedId(owned))
                        .setTabletAlias(core.alias().proto());
                if (error != null) {
                    last.setError(CallErrors.inBand(error));
                }
                transactions.finish(context, owned, null, () -> sink.finish(last.build()));
            });
        });
    }

    private void reserveIfNeeded(CallContext context, StatefulConnection owned) {
        if (Statements.needsReserved(context.plan())) {
            core.transactions().markReserved(owned);
        }
    }

    private static long reservedId(StatefulConnection owned) {
        return owned.reserved() ? owned.id() : 0;
    }
}
