package io.vtsphere.gateway;

import io.vitess.proto.Query.CommitPreparedRequest;
import io.vitess.proto.Query.CommitPreparedResponse;
import io.vitess.proto.Query.ConcludeTransactionRequest;
import io.vitess.proto.Query.ConcludeTransactionResponse;
import io.vitess.proto.Query.CreateTransactionRequest;
import io.vitess.proto.Query.CreateTransactionResponse;
import io.vitess.proto.Query.PrepareRequest;
import io.vitess.proto.Query.PrepareResponse;
import io.vitess.proto.Query.ReadTransactionRequest;
import io.vitess.proto.Query.ReadTransactionResponse;
import io.vitess.proto.Query.RollbackPreparedRequest;
import io.vitess.proto.Query.RollbackPreparedResponse;
import io.vitess.proto.Query.SetRollbackRequest;
import io.vitess.proto.Query.SetRollbackResponse;
import io.vitess.proto.Query.StartCommitRequest;
import io.vitess.proto.Query.StartCommitResponse;
import io.vitess.proto.Query.UnresolvedTransactionsRequest;
import io.vitess.proto.Query.UnresolvedTransactionsResponse;
import io.vitess.proto.grpc.QueryGrpc;
import io.vtsphere.topo.Target;
import java.util.List;

/** The two-phase calls over real connections. */
final class DefaultTwoPhaseCalls implements TwoPhaseCalls {
    private final QueryClient client;

    DefaultTwoPhaseCalls(QueryClient client) {
        this.client = client;
    }

    @Override
    public CallHandle createTransaction(
            Call call, String dtid, List<Target> participants, Reply<CreateTransactionResponse> reply) {
        CreateTransactionRequest request = client.address(CreateTransactionRequest.newBuilder(), call)
                .setDtid(dtid)
                .addAllParticipants(participants.stream().map(Target::proto).toList())
                .build();
        return client.plain(
                Operation.CREATE_TRANSACTION, call, 0, QueryGrpc.getCreateTransactionMethod(), request, reply);
    }

    @Override
    public CallHandle prepare(Call call, long transactionId, String dtid, Reply<PrepareResponse> reply) {
        PrepareRequest request = client.address(PrepareRequest.newBuilder(), call)
                .setTransactionId(transactionId)
                .setDtid(dtid)
                .build();
        return client.plain(Operation.PREPARE, call, transactionId, QueryGrpc.getPrepareMethod(), request, reply);
    }

    @Override
    public CallHandle startCommit(Call call, long transactionId, String dtid, Reply<StartCommitResponse> reply) {
        StartCommitRequest request = client.address(StartCommitRequest.newBuilder(), call)
                .setTransactionId(transactionId)
                .setDtid(dtid)
                .build();
        return client.plain(
                Operation.START_COMMIT, call, transactionId, QueryGrpc.getStartCommitMethod(), request, reply);
    }

    @Override
    public CallHandle setRollback(Call call, long transactionId, String dtid, Reply<SetRollbackResponse> reply) {
        SetRollbackRequest request = client.address(SetRollbackRequest.newBuilder(), call)
                .setTransactionId(transactionId)
                .setDtid(dtid)
                .build();
        return client.plain(
                Operation.SET_ROLLBACK, call, transactionId, QueryGrpc.getSetRollbackMethod(), request, reply);
    }

    @Override
    public CallHandle commitPrepared(Call call, String dtid, Reply<CommitPreparedResponse> reply) {
        CommitPreparedRequest request = client.address(CommitPreparedRequest.newBuilder(), call)
                .setDtid(dtid)
                .build();
        return client.plain(Operation.COMMIT_PREPARED, call, 0, QueryGrpc.getCommitPreparedMethod(), request, reply);
    }

    @Override
    public CallHandle rollbackPrepared(
            Call call, long transactionId, String dtid, Reply<RollbackPreparedResponse> reply) {
        RollbackPreparedRequest request = client.address(RollbackPreparedRequest.newBuilder(), call)
                .setTransactionId(transactionId)
                .setDtid(dtid)
                .build();
        return client.plain(
                Operation.ROLLBACK_PREPARED,
                call,
                transactionId,
                QueryGrpc.getRollbackPreparedMethod(),
                request,
                reply);
    }

    @Override
    public CallHandle concludeTransaction(Call call, String dtid, Reply<ConcludeTransactionResponse> reply) {
        ConcludeTransactionRequest request = client.address(ConcludeTransactionRequest.newBuilder(), call)
                .setDtid(dtid)
                .build();
        return client.plain(
                Operation.CONCLUDE_TRANSACTION, call, 0, QueryGrpc.getConcludeTransactionMethod(), request, reply);
    }

    @Override
    public CallHandle readTransaction(Call call, String dtid, Reply<ReadTransactionResponse> reply) {
        ReadTransactionRequest request = client.address(ReadTransactionRequest.newBuilder(), call)
                .setDtid(dtid)
                .build();
        return client.plain(Operation.READ_TRANSACTION, call, 0, QueryGrpc.getReadTransactionMethod(), request, reply);
    }

    @Override
    public CallHandle unresolvedTransactions(
            Call call, long abandonAgeSeconds, Reply<UnresolvedTransactionsResponse> reply) {
        UnresolvedTransactionsRequest request = client.address(UnresolvedTransactionsRequest.newBuilder(), call)
                .setAbandonAge(abandonAgeSeconds)
                .build();
        return client.plain(
                Operation.UNRESOLVED_TRANSACTIONS,
                call,
                0,
                QueryGrpc.getUnresolvedTransactionsMethod(),
                request,
                reply);
    }
}
