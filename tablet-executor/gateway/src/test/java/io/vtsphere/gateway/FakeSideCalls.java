package io.vtsphere.gateway;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vitess.proto.Binlogdata.VEvent;
import io.vitess.proto.Binlogdata.VEventType;
import io.vitess.proto.Binlogdata.VStreamRequest;
import io.vitess.proto.Binlogdata.VStreamResponse;
import io.vitess.proto.Query.CommitPreparedRequest;
import io.vitess.proto.Query.CommitPreparedResponse;
import io.vitess.proto.Query.ConcludeTransactionRequest;
import io.vitess.proto.Query.ConcludeTransactionResponse;
import io.vitess.proto.Query.CreateTransactionRequest;
import io.vitess.proto.Query.CreateTransactionResponse;
import io.vitess.proto.Query.GetSchemaRequest;
import io.vitess.proto.Query.GetSchemaResponse;
import io.vitess.proto.Query.MessageAckRequest;
import io.vitess.proto.Query.MessageAckResponse;
import io.vitess.proto.Query.MessageStreamRequest;
import io.vitess.proto.Query.MessageStreamResponse;
import io.vitess.proto.Query.PrepareRequest;
import io.vitess.proto.Query.PrepareResponse;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.ReadTransactionRequest;
import io.vitess.proto.Query.ReadTransactionResponse;
import io.vitess.proto.Query.RollbackPreparedRequest;
import io.vitess.proto.Query.RollbackPreparedResponse;
import io.vitess.proto.Query.SetRollbackRequest;
import io.vitess.proto.Query.SetRollbackResponse;
import io.vitess.proto.Query.StartCommitRequest;
import io.vitess.proto.Query.StartCommitResponse;
import io.vitess.proto.Query.StartCommitState;
import io.vitess.proto.Query.TransactionMetadata;
import io.vitess.proto.Query.TransactionState;
import io.vitess.proto.Query.UnresolvedTransactionsRequest;
import io.vitess.proto.Query.UnresolvedTransactionsResponse;
import io.vitess.proto.grpc.QueryGrpc;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls of {@link FakeTablet} beside statements: it notes them and answers each with what little there is to say. */
abstract class FakeSideCalls extends QueryGrpc.QueryImplBase {
    /** Requests of two-phase commits and acknowledgements, in order. */
    final List<Message> twoPhase = new CopyOnWriteArrayList<>();

    final AtomicInteger vstreamsEnded = new AtomicInteger();

    @Override
    public void getSchema(GetSchemaRequest request, StreamObserver<GetSchemaResponse> answer) {
        answer.onNext(GetSchemaResponse.newBuilder()
                .putTableDefinition(
                        request.getTableNames(0),
                        "create table for " + request.getTarget().getShard())
                .build());
        answer.onCompleted();
    }

    @Override
    public void messageAck(MessageAckRequest request, StreamObserver<MessageAckResponse> answer) {
        twoPhase.add(request);
        answer.onNext(MessageAckResponse.newBuilder()
                .setResult(QueryResult.newBuilder().setRowsAffected(request.getIdsCount()))
                .build());
        answer.onCompleted();
    }

    @Override
    public void messageStream(MessageStreamRequest request, StreamObserver<MessageStreamResponse> answer) {
        answer.onNext(MessageStreamResponse.newBuilder()
                .setResult(QueryResult.newBuilder().setInfo(request.getName()))
                .build());
        answer.onCompleted();
    }

    @Override
    public void createTransaction(CreateTransactionRequest request, StreamObserver<CreateTransactionResponse> answer) {
        noteAndAnswer(request, answer, CreateTransactionResponse.getDefaultInstance());
    }

    @Override
    public void prepare(PrepareRequest request, StreamObserver<PrepareResponse> answer) {
        noteAndAnswer(request, answer, PrepareResponse.getDefaultInstance());
    }

    @Override
    public void startCommit(StartCommitRequest request, StreamObserver<StartCommitResponse> answer) {
        noteAndAnswer(
                request,
                answer,
                StartCommitResponse.newBuilder()
                        .setState(StartCommitState.Success)
                        .build());
    }

    @Override
    public void setRollback(SetRollbackRequest request, StreamObserver<SetRollbackResponse> answer) {
        noteAndAnswer(request, answer, SetRollbackResponse.getDefaultInstance());
    }

    @Override
    public void commitPrepared(CommitPreparedRequest request, StreamObserver<CommitPreparedResponse> answer) {
        noteAndAnswer(request, answer, CommitPreparedResponse.getDefaultInstance());
    }

    @Override
    public void rollbackPrepared(RollbackPreparedRequest request, StreamObserver<RollbackPreparedResponse> answer) {
        noteAndAnswer(request, answer, RollbackPreparedResponse.getDefaultInstance());
    }

    @Override
    public void concludeTransaction(
            ConcludeTransactionRequest request, StreamObserver<ConcludeTransactionResponse> answer) {
        noteAndAnswer(request, answer, ConcludeTransactionResponse.getDefaultInstance());
    }

    @Override
    public void readTransaction(ReadTransactionRequest request, StreamObserver<ReadTransactionResponse> answer) {
        noteAndAnswer(request, answer, ReadTransactionResponse.getDefaultInstance());
    }

    @Override
    public void unresolvedTransactions(
            UnresolvedTransactionsRequest request, StreamObserver<UnresolvedTransactionsResponse> answer) {
        noteAndAnswer(
                request,
                answer,
                UnresolvedTransactionsResponse.newBuilder()
                        .addTransactions(TransactionMetadata.newBuilder()
                                .setDtid("commerce:0:7")
                                .setState(TransactionState.COMMIT))
                        .build());
    }

    /** One event, and then nothing more until the caller goes. */
    @Override
    public void vStream(VStreamRequest request, StreamObserver<VStreamResponse> answer) {
        ServerCallStreamObserver<VStreamResponse> call = (ServerCallStreamObserver<VStreamResponse>) answer;
        call.setOnCancelHandler(vstreamsEnded::incrementAndGet);
        if (request.getPosition().equals("broken")) {
            answer.onError(Status.UNAVAILABLE.withDescription("no binlog").asRuntimeException());
            return;
        }
        answer.onNext(VStreamResponse.newBuilder()
                .addEvents(VEvent.newBuilder()
                        .setType(VEventType.GTID)
                        .setGtid(request.getPosition())
                        .setShard(request.getTarget().getShard()))
                .build());
    }

    private <Q extends Message, R> void noteAndAnswer(Q request, StreamObserver<R> answer, R response) {
        twoPhase.add(request);
        answer.onNext(response);
        answer.onCompleted();
    }
}
