package io.vtsphere.tablet.service;

import io.grpc.stub.StreamObserver;
import io.vitess.proto.Query;
import io.vitess.proto.Query.BeginExecuteResponse;
import io.vitess.proto.Query.BeginStreamExecuteResponse;
import io.vitess.proto.Query.QueryResult;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.tablet.mysql.QueryControl;
import io.vtsphere.tablet.query.StreamSink;
import io.vtsphere.tablet.transaction.StatefulConnection;
import io.vtsphere.tablet.transaction.TransactionEngine.Opening;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Begin, BeginExecute and BeginStreamExecute.
 *
 * <p>Once a transaction is open its id reaches the client whatever becomes of the statement: errors travel inside the answer then. A client
 * that has gone before it got the id would leave the transaction behind, so it is rolled back.
 */
final class TransactionCalls {
    private final TabletCore core;
    private final Statements statements;

    TransactionCalls(TabletCore core, Statements statements) {
        this.core = core;
        this.statements = statements;
    }

    /** What became of the statement of a call that opened a transaction or reserved a connection. */
    record Outcome(
            StatefulConnection owned,
            @Nullable QueryResult result,
            @Nullable VtException error) {}

    void begin(CallContext context, StreamObserver<Query.BeginResponse> observer) {
        core.transactions().begin(opening(context, List.of()), new Callback<>() {
            @Override
            public void success(StatefulConnection owned) {
                finish(context, owned, Code.OK, () -> {
                    observer.onNext(Query.BeginResponse.newBuilder()
                            .setTransactionId(owned.id())
                            .setTabletAlias(core.alias().proto())
                            .build());
                    observer.onCompleted();
                });
            }

            @Override
            public void failure(RuntimeException error) {
                context.fail(error);
            }
        });
    }

    void beginExecute(
            CallContext context, Query.BeginExecuteRequest request, StreamObserver<BeginExecuteResponse> observer) {
        open(context, request.getReservedId(), List.of(), owned -> {
            run(context, owned, request.getPreQueriesList(), outcome -> {
                BeginExecuteResponse.Builder response = BeginExecuteResponse.newBuilder()
                        .setTransactionId(owned.id())
                        .setTabletAlias(core.alias().proto());
                VtException error = outcome.error();
                QueryResult result = outcome.result();
                if (error != null) {
                    response.setError(CallErrors.inBand(error));
                } else if (result != null) {
                    response.setResult(result);
                }
                finish(context, owned, codeOf(outcome), () -> {
                    observer.onNext(response.build());
                    observer.onCompleted();
                });
            });
        });
    }

    void beginStreamExecute(
            CallContext context,
            Query.BeginStreamExecuteRequest request,
            MessageSink<BeginStreamExecuteResponse> sink) {
        open(
                context,
                request.getReservedId(),
                List.of(),
                owned -> stream(context, owned, request.getPreQueriesList(), sink, error -> {
                    BeginStreamExecuteResponse.Builder last = BeginStreamExecuteResponse.newBuilder()
                            .setTransactionId(owned.id())
                            .setTabletAlias(core.alias().proto());
                    if (error != null) {
                        last.setError(CallErrors.inBand(error));
                    }
                    finish(context, owned, null, () -> sink.finish(last.build()));
                }));
    }

    /** Opens a transaction, on the reserved connection when there is one; then the callback owns it. */
    void open(CallContext context, long reservedId, List<String> settings, Consumer<StatefulConnection> opened) {
        Callback<StatefulConnection> callback = context.then(opened);
        if (reservedId == 0) {
            core.transactions().begin(opening(context, settings), callback);
            return;
        }
        StatefulConnection reserved = core.transactions().checkOut(reservedId, "for query");
        core.transactions()
                .beginOn(reserved, context.options(), primary(), context.control(), givingBack(reserved, callback));
    }

    /** For a step on a connection that is checked in when the step fails. */
    Callback<StatefulConnection> givingBack(StatefulConnection connection, Callback<StatefulConnection> callback) {
        return new Callback<>() {
            @Override
            public void success(StatefulConnection ready) {
                callback.success(ready);
            }

            @Override
            public void failure(RuntimeException error) {
                core.connections().checkIn(connection);
                callback.failure(error);
            }
        };
    }

    Opening opening(CallContext context, List<String> settings) {
        return new Opening(context.loop(), context.options(), settings, primary(), context.control());
    }

    private boolean primary() {
        return core.states().status().type() == TabletType.PRIMARY;
    }

    /** Runs the statements before the call's own, and it; the outcome comes in any case. */
    void run(CallContext context, StatefulConnection owned, List<String> before, Consumer<Outcome> then) {
        Callback<QueryResult> last = new Callback<>() {
            @Override
            public void success(QueryResult result) {
                then.accept(new Outcome(owned, result, null));
            }

            @Override
            public void failure(RuntimeException error) {
                then.accept(new Outcome(owned, null, context.describe(error)));
            }
        };
        core.transactions().run(owned, before, 0, context.control(), new Callback<>() {
            @Override
            public void success(StatefulConnection ready) {
                try {
                    statements.executeOn(owned, context.call(), last);
                } catch (VtException e) {
                    last.failure(e);
                }
            }

            @Override
            public void failure(RuntimeException error) {
                last.failure(error);
            }
        });
    }

    /** The same for a stream; {@code ended} gets null or the error. */
    void stream(
            CallContext context,
            StatefulConnection owned,
            List<String> before,
            StreamSink sink,
            Consumer<@Nullable VtException> ended) {
        StreamSink inBand = new EndingSink(sink, error -> ended.accept(error == null ? null : context.describe(error)));
        core.transactions().run(owned, before, 0, context.control(), new Callback<>() {
            @Override
            public void success(StatefulConnection ready) {
                try {
                    statements.streamOn(owned, context.call(), inBand);
                } catch (VtException e) {
                    inBand.failed(e);
                }
            }

            @Override
            public void failure(RuntimeException error) {
                inBand.failed(error);
            }
        });
    }

    /** Gives the connection back, then answers; rolls back when there is nobody who gets the answer. */
    void finish(CallContext context, StatefulConnection owned, @Nullable Code code, Runnable answer) {
        long id = owned.id();
        core.connections().checkIn(owned);
        if (owned.connection().isOpen()) {
            context.whenLost(() -> abandon(id));
        }
        if (code != null) {
            context.finished(code);
        }
        answer.run();
    }

    private void abandon(long id) {
        try {
            core.transactions().release(id, QueryControl.unlimited(), new Callback<>() {
                @Override
                public void success(Long ignored) {}

                @Override
                public void failure(RuntimeException error) {
                    // The connection is closed then, which rolls back as well.
                }
            });
        } catch (VtException e) {
            // It has ended by itself.
            return;
        }
    }

    static Code codeOf(Outcome outcome) {
        VtException error = outcome.error();
        return error == null ? Code.OK : error.code();
    }
}
