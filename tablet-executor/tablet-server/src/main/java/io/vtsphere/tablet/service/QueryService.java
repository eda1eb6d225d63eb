package io.vtsphere.tablet.service;

import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.vitess.proto.Query;
import io.vitess.proto.Query.ExecuteRequest;
import io.vitess.proto.Query.ExecuteResponse;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.StreamExecuteRequest;
import io.vitess.proto.Query.StreamExecuteResponse;
import io.vitess.proto.grpc.QueryGrpc;
import io.vtsphere.tablet.mysql.Callback;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * {@code queryservice.Query} of a Vitess tablet; methods that are not overridden answer UNIMPLEMENTED.
 *
 * <p>Thread-safe; gRPC calls it on its event loops, so nothing here blocks.
 */
public final class QueryService extends QueryGrpc.QueryImplBase {
    private final TabletCore core;
    private final Statements statements;
    private final TransactionCalls transactions;
    private final ReserveCalls reserves;

    public QueryService(TabletCore core) {
        this.core = core;
        this.statements = new Statements(core);
        this.transactions = new TransactionCalls(core, statements);
        this.reserves = new ReserveCalls(core, statements, transactions);
    }

    /** What a server serves; the streams need it. */
    public ServerServiceDefinition definition() {
        return EncodedMessages.allowedIn(bindService());
    }

    @Override
    public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        boolean tied = request.getTransactionId() != 0 || request.getReservedId() != 0;
        admit(context, request.hasTarget() ? request.getTarget() : null, tied, () -> {
            long id = Statements.stateId(request.getTransactionId(), request.getReservedId());
            context.statement(request.getQuery(), request.getOptions()).bounded();
            statements.execute(context.call(), id, List.of(), new Callback<>() {
                @Override
                public void success(QueryResult result) {
                    context.finished(Code.OK);
                    observer.onNext(
                            ExecuteResponse.newBuilder().setResult(result).build());
                    observer.onCompleted();
                }

                @Override
                public void failure(RuntimeException error) {
                    context.fail(error);
                }
            });
        });
    }

    @Override
    public void streamExecute(StreamExecuteRequest request, StreamObserver<StreamExecuteResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        MessageSink<StreamExecuteResponse> sink = new MessageSink<>(
                context,
                observer,
                StreamExecuteResponse.RESULT_FIELD_NUMBER,
                result -> StreamExecuteResponse.newBuilder().setResult(result).build());
        boolean tied = request.getTransactionId() != 0 || request.getReservedId() != 0;
        admit(context, request.hasTarget() ? request.getTarget() : null, tied, () -> {
            long id = Statements.stateId(request.getTransactionId(), request.getReservedId());
            context.statement(request.getQuery(), request.getOptions());
            statements.stream(context.call(), id, List.of(), sink);
        });
    }

    @Override
    public void begin(Query.BeginRequest request, StreamObserver<Query.BeginResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        admit(context, request.hasTarget() ? request.getTarget() : null, false, () -> {
            context.options(request.getOptions()).bounded();
            transactions.begin(context, observer);
        });
    }

    @Override
    public void commit(Query.CommitRequest request, StreamObserver<Query.CommitResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        admit(context, request.hasTarget() ? request.getTarget() : null, true, () -> core.transactions()
                .commit(
                        request.getTransactionId(),
                        context.bounded().control(),
                        reply(context, observer, id -> Query.CommitResponse.newBuilder()
                                .setReservedId(id)
                                .build())));
    }

    @Override
    public void rollback(Query.RollbackRequest request, StreamObserver<Query.RollbackResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        admit(context, request.hasTarget() ? request.getTarget() : null, true, () -> core.transactions()
                .rollback(
                        request.getTransactionId(),
                        context.bounded().control(),
                        reply(context, observer, id -> Query.RollbackResponse.newBuilder()
                                .setReservedId(id)
                                .build())));
    }

    @Override
    public void release(Query.ReleaseRequest request, StreamObserver<Query.ReleaseResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        admit(context, request.hasTarget() ? request.getTarget() : null, true, () -> {
            long id = request.getReservedId() != 0 ? request.getReservedId() : request.getTransactionId();
            if (id == 0) {
                throw VtException.of(Code.INVALID_ARGUMENT, "connection ID and transaction ID do not exist");
            }
            core.transactions()
                    .release(
                            id,
                            context.bounded().control(),
                            reply(context, observer, ignored -> Query.ReleaseResponse.getDefaultInstance()));
        });
    }

    @Override
    public void beginExecute(Query.BeginExecuteRequest request, StreamObserver<Query.BeginExecuteResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        admit(context, request.hasTarget() ? request.getTarget() : null, request.getReservedId() != 0, () -> {
            context.statement(request.getQuery(), request.getOptions()).bounded();
            transactions.beginExecute(context, request, observer);
        });
    }

    @Override
    public void beginStreamExecute(
            Query.BeginStreamExecuteRequest request, StreamObserver<Query.BeginStreamExecuteResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        MessageSink<Query.BeginStreamExecuteResponse> sink = new MessageSink<>(
                context,
                observer,
                Query.BeginStreamExecuteResponse.RESULT_FIELD_NUMBER,
                result -> Query.BeginStreamExecuteResponse.newBuilder()
                        .setResult(result)
                        .build());
        admit(context, request.hasTarget() ? request.getTarget() : null, request.getReservedId() != 0, () -> {
            context.statement(request.getQuery(), request.getOptions());
            transactions.beginStreamExecute(context, request, sink);
        });
    }

    @Override
    public void reserveExecute(
            Query.ReserveExecuteRequest request, StreamObserver<Query.ReserveExecuteResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        admit(context, request.hasTarget() ? request.getTarget() : null, request.getTransactionId() != 0, () -> {
            context.statement(request.getQuery(), request.getOptions()).bounded();
            reserves.reserveExecute(context, request, observer);
        });
    }

    @Override
    public void reserveBeginExecute(
            Query.ReserveBeginExecuteRequest request, StreamObserver<Query.ReserveBeginExecuteResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        admit(context, request.hasTarget() ? request.getTarget() : null, false, () -> {
            context.statement(request.getQuery(), request.getOptions()).bounded();
            reserves.reserveBeginExecute(context, request, observer);
        });
    }

    @Override
    public void reserveStreamExecute(
            Query.ReserveStreamExecuteRequest request, StreamObserver<Query.ReserveStreamExecuteResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        MessageSink<Query.ReserveStreamExecuteResponse> sink = new MessageSink<>(
                context,
                observer,
                Query.ReserveStreamExecuteResponse.RESULT_FIELD_NUMBER,
                result -> Query.ReserveStreamExecuteResponse.newBuilder()
                        .setResult(result)
                        .build());
        admit(context, request.hasTarget() ? request.getTarget() : null, request.getTransactionId() != 0, () -> {
            context.statement(request.getQuery(), request.getOptions());
            reserves.reserveStreamExecute(context, request, sink);
        });
    }

    @Override
    public void reserveBeginStreamExecute(
            Query.ReserveBeginStreamExecuteRequest request,
            StreamObserver<Query.ReserveBeginStreamExecuteResponse> observer) {
        CallContext context = CallContext.of(core, observer, request.getImmediateCallerId());
        MessageSink<Query.ReserveBeginStreamExecuteResponse> sink = new MessageSink<>(
                context,
                observer,
                Query.ReserveBeginStreamExecuteResponse.RESULT_FIELD_NUMBER,
                result -> Query.ReserveBeginStreamExecuteResponse.newBuilder()
                        .setResult(result)
                        .build());
        admit(context, request.hasTarget() ? request.getTarget() : null, false, () -> {
            context.statement(request.getQuery(), request.getOptions());
            reserves.reserveBeginStreamExecute(context, request, sink);
        });
    }

    @Override
    public void streamHealth(Query.StreamHealthRequest request, StreamObserver<Query.StreamHealthResponse> observer) {
        core.health().subscribe(observer);
    }

    @Override
    public void getSchema(Query.GetSchemaRequest request, StreamObserver<Query.GetSchemaResponse> observer) {
        CallContext context = CallContext.of(core, observer, Query.VTGateCallerID.getDefaultInstance());
        admit(context, request.hasTarget() ? request.getTarget() : null, false, () -> core.schema()
                .read(
                        context.loop(),
                        request.getTableType(),
                        request.getTableNamesList(),
                        context.bounded().control(),
                        observer,
                        context::fail));
    }

    private static <T> Callback<Long> reply(CallContext context, StreamObserver<T> observer, LongFunction<T> message) {
        return new Callback<>() {
            @Override
            public void success(Long id) {
                context.finished(Code.OK);
                observer.onNext(message.apply(id));
                observer.onCompleted();
            }

            @Override
            public void failure(RuntimeException error) {
                context.fail(error);
            }
        };
    }

    /** Checks the state and the target, then runs; what either throws ends the call. */
    private void admit(CallContext context, Query.@Nullable Target target, boolean tied, Runnable call) {
        try {
            core.states().check(target, tied);
        } catch (VtException e) {
            context.failAsIs(e);
            return;
        }
        try {
            call.run();
        } catch (VtException e) {
            context.fail(e);
        }
    }
}
