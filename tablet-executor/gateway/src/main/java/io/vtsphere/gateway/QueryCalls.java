package io.vtsphere.gateway;

import io.vitess.proto.Binlogdata.Filter;
import io.vitess.proto.Binlogdata.TableLastPK;
import io.vitess.proto.Binlogdata.VStreamRequest;
import io.vitess.proto.Binlogdata.VStreamResponse;
import io.vitess.proto.Query;
import io.vitess.proto.Query.BeginExecuteRequest;
import io.vitess.proto.Query.BeginRequest;
import io.vitess.proto.Query.BeginStreamExecuteRequest;
import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Query.CommitRequest;
import io.vitess.proto.Query.ExecuteOptions;
import io.vitess.proto.Query.ExecuteRequest;
import io.vitess.proto.Query.GetSchemaRequest;
import io.vitess.proto.Query.GetSchemaResponse;
import io.vitess.proto.Query.MessageAckRequest;
import io.vitess.proto.Query.MessageStreamRequest;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.ReleaseRequest;
import io.vitess.proto.Query.ReleaseResponse;
import io.vitess.proto.Query.ReserveBeginExecuteRequest;
import io.vitess.proto.Query.ReserveBeginStreamExecuteRequest;
import io.vitess.proto.Query.ReserveExecuteRequest;
import io.vitess.proto.Query.ReserveStreamExecuteRequest;
import io.vitess.proto.Query.RollbackRequest;
import io.vitess.proto.Query.SchemaTableType;
import io.vitess.proto.Query.StreamExecuteRequest;
import io.vitess.proto.grpc.QueryGrpc;
import java.util.List;

/**
 * The calls of the query service as requests: what each carries, whether it may move, and how its answer is read. Thread-safe.
 */
abstract class QueryCalls implements TabletGateway {
    private final QueryClient client;

    QueryCalls(QueryClient client) {
        this.client = client;
    }

    @Override
    public CallHandle execute(
            Call call,
            BoundQuery query,
            ExecuteOptions options,
            long transactionId,
            long reservedId,
            Reply<QueryResult> reply) {
        // written out: this is the one call that most statements are
        ExecuteRequest request = ExecuteRequest.newBuilder()
                .setEffectiveCallerId(call.effectiveCaller())
                .setImmediateCallerId(call.immediateCaller())
                .setTarget(client.target(call))
                .setQuery(query)
                .setTransactionId(transactionId)
                .setReservedId(reservedId)
                .setOptions(options)
                .build();
        return client.unary(
                Operation.EXECUTE,
                call,
                transactionId,
                reservedId,
                QueryGrpc.getExecuteMethod(),
                request,
                (response, servedBy, target) -> Rows.checked(response.getResult(), servedBy),
                reply);
    }

    @Override
    public StreamHandle streamExecute(
            Call call,
            BoundQuery query,
            ExecuteOptions options,
            long transactionId,
            long reservedId,
            StreamReply reply) {
        StreamExecuteRequest request = client.address(StreamExecuteRequest.newBuilder(), call)
                .setQuery(query)
                .setTransactionId(transactionId)
                .setReservedId(reservedId)
                .setOptions(options)
                .build();
        return client.stream(
                Operation.STREAM_EXECUTE,
                call,
                transactionId,
                reservedId,
                QueryGrpc.getStreamExecuteMethod(),
                request,
                new PieceReceiver<>(reply, (piece, servedBy) -> Rows.checked(piece.getResult(), servedBy)));
    }

    @Override
    public CallHandle begin(Call call, ExecuteOptions options, Reply<BeginReply> reply) {
        BeginRequest request = client.address(BeginRequest.newBuilder(), call)
                .setOptions(options)
                .build();
        return client.unary(Operation.BEGIN, call, 0, 0, QueryGrpc.getBeginMethod(), request, Responses::begin, reply);
    }

    @Override
    public CallHandle beginExecute(
            Call call,
            List<String> preQueries,
            BoundQuery query,
            ExecuteOptions options,
            long reservedId,
            Reply<BeginExecuteReply> reply) {
        BeginExecuteRequest request = client.address(BeginExecuteRequest.newBuilder(), call)
                .addAllPreQueries(preQueries)
                .setQuery(query)
                .setReservedId(reservedId)
                .setOptions(options)
                .build();
        return client.unary(
                Operation.BEGIN_EXECUTE,
                call,
                0,
                reservedId,
                QueryGrpc.getBeginExecuteMethod(),
                request,
                Responses::beginExecute,
                reply);
    }

    @Override
    public StreamHandle beginStreamExecute(
            Call call,
            List<String> preQueries,
            BoundQuery query,
            ExecuteOptions options,
            long reservedId,
            OpeningStreamReply reply) {
        BeginStreamExecuteRequest request = client.address(BeginStreamExecuteRequest.newBuilder(), call)
                .addAllPreQueries(preQueries)
                .setQuery(query)
                .setReservedId(reservedId)
                .setOptions(options)
                .build();
        return client.stream(
                Operation.BEGIN_STREAM_EXECUTE,
                call,
                0,
                reservedId,
                QueryGrpc.getBeginStreamExecuteMethod(),
                request,
                OpeningReceiver.begin(reply));
    }

    @Override
    public CallHandle commit(Call call, long transactionId, Reply<Long> reply) {
        CommitRequest request = client.address(CommitRequest.newBuilder(), call)
                .setTransactionId(transactionId)
                .build();
        return client.unary(
                Operation.COMMIT,
                call,
                transactionId,
                0,
                QueryGrpc.getCommitMethod(),
                request,
                (response, servedBy, target) -> response.getReservedId(),
                reply);
    }

    @Override
    public CallHandle rollback(Call call, long transactionId, Reply<Long> reply) {
        RollbackRequest request = client.address(RollbackRequest.newBuilder(), call)
                .setTransactionId(transactionId)
                .build();
        return client.unary(
                Operation.ROLLBACK,
                call,
                transactionId,
                0,
                QueryGrpc.getRollbackMethod(),
                request,
                (response, servedBy, target) -> response.getReservedId(),
                reply);
    }

    @Override
    public CallHandle reserveExecute(
            Call call,
            List<String> preQueries,
            BoundQuery query,
            ExecuteOptions options,
            long transactionId,
            Reply<ReserveExecuteReply> reply) {
        ReserveExecuteRequest request = client.address(ReserveExecuteRequest.newBuilder(), call)
                .addAllPreQueries(preQueries)
                .setQuery(query)
                .setTransactionId(transactionId)
                .setOptions(options)
                .build();
        return client.unary(
                Operation.RESERVE_EXECUTE,
                call,
                transactionId,
                0,
                QueryGrpc.getReserveExecuteMethod(),
                request,
                Responses::reserveExecute,
                reply);
    }

    @Override
    public StreamHandle reserveStreamExecute(
            Call call,
            List<String> preQueries,
            BoundQuery query,
            ExecuteOptions options,
            long transactionId,
            OpeningStreamReply reply) {
        ReserveStreamExecuteRequest request = client.address(ReserveStreamExecuteRequest.newBuilder(), call)
                .addAllPreQueries(preQueries)
                .setQuery(query)
                .setTransactionId(transactionId)
                .setOptions(options)
                .build();
        return client.stream(
                Operation.RESERVE_STREAM_EXECUTE,
                call,
                transactionId,
                0,
                QueryGrpc.getReserveStreamExecuteMethod(),
                request,
                OpeningReceiver.reserve(reply));
    }

    @Override
    public CallHandle reserveBeginExecute(
            Call call,
            List<String> preQueries,
            List<String> postBeginQueries,
            BoundQuery query,
            ExecuteOptions options,
            Reply<ReserveBeginExecuteReply> reply) {
        ReserveBeginExecuteRequest request = client.address(ReserveBeginExecuteRequest.newBuilder(), call)
                .addAllPreQueries(preQueries)
                .addAllPostBeginQueries(postBeginQueries)
                .setQuery(query)
                .setOptions(options)
                .build();
        return client.unary(
                Operation.RESERVE_BEGIN_EXECUTE,
                call,
                0,
                0,
                QueryGrpc.getReserveBeginExecuteMethod(),
                request,
                Responses::reserveBeginExecute,
                reply);
    }

    @Override
    public StreamHandle reserveBeginStreamExecute(
            Call call,
            List<String> preQueries,
            List<String> postBeginQueries,
            BoundQuery query,
            ExecuteOptions options,
            OpeningStreamReply reply) {
        ReserveBeginStreamExecuteRequest request = client.address(ReserveBeginStreamExecuteRequest.newBuilder(), call)
                .addAllPreQueries(preQueries)
                .addAllPostBeginQueries(postBeginQueries)
                .setQuery(query)
                .setOptions(options)
                .build();
        return client.stream(
                Operation.RESERVE_BEGIN_STREAM_EXECUTE,
                call,
                0,
                0,
                QueryGrpc.getReserveBeginStreamExecuteMethod(),
                request,
                OpeningReceiver.reserveBegin(reply));
    }

    @Override
    public CallHandle release(Call call, long transactionId, long reservedId, Reply<ReleaseResponse> reply) {
        ReleaseRequest request = client.address(ReleaseRequest.newBuilder(), call)
                .setTransactionId(transactionId)
                .setReservedId(reservedId)
                .build();
        return client.plain(Operation.RELEASE, call, transactionId, QueryGrpc.getReleaseMethod(), request, reply);
    }

    @Override
    public StreamHandle messageStream(Call call, String table, StreamReply reply) {
        MessageStreamRequest request = client.address(MessageStreamRequest.newBuilder(), call)
                .setName(table)
                .build();
        return client.stream(
                Operation.MESSAGE_STREAM,
                call,
                0,
                0,
                QueryGrpc.getMessageStreamMethod(),
                request,
                new PieceReceiver<>(reply, (piece, servedBy) -> Rows.checked(piece.getResult(), servedBy)));
    }

    @Override
    public CallHandle messageAck(Call call, String table, List<Query.Value> ids, Reply<QueryResult> reply) {
        MessageAckRequest request = client.address(MessageAckRequest.newBuilder(), call)
                .setName(table)
                .addAllIds(ids)
                .build();
        return client.unary(
                Operation.MESSAGE_ACK,
                call,
                0,
                0,
                QueryGrpc.getMessageAckMethod(),
                request,
                (response, servedBy, target) -> response.getResult(),
                reply);
    }

    @Override
    public StreamHandle getSchema(
            Call call, SchemaTableType type, List<String> tables, PieceReply<GetSchemaResponse> reply) {
        GetSchemaRequest request = GetSchemaRequest.newBuilder()
                .setTarget(client.target(call))
                .setTableType(type)
                .addAllTableNames(tables)
                .build();
        return client.stream(
                Operation.GET_SCHEMA,
                call,
                0,
                0,
                QueryGrpc.getGetSchemaMethod(),
                request,
                new PieceReceiver<>(reply, (piece, servedBy) -> piece));
    }

    @Override
    public StreamHandle vStream(
            Call call, String position, Filter filter, List<TableLastPK> resume, PieceReply<VStreamResponse> reply) {
        VStreamRequest request = client.address(VStreamRequest.newBuilder(), call)
                .setPosition(position)
                .setFilter(filter)
                .addAllTableLastPKs(resume)
                .build();
        return client.stream(
                Operation.VSTREAM,
                call,
                0,
                0,
                QueryGrpc.getVStreamMethod(),
                request,
                new PieceReceiver<>(reply, (piece, servedBy) -> piece));
    }
}
