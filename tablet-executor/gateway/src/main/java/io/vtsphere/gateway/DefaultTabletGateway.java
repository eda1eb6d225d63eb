package io.vtsphere.gateway;

import io.grpc.CallOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
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
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gateway over real connections.
 *
 * <p>Health runs on a loop of its own, so that a busy connection cannot make tablets look ill, nor a thousand tablets slow a connection.
 */
public final class DefaultTabletGateway implements TabletGateway {
    private final EventLoopGroup healthGroup;
    private final EventLoop healthLoop;
    private final HealthCheck health;
    private final Readiness readiness;
    private final CallContext context;
    private final QueryClient client;
    private final TwoPhaseCalls twoPhase;
    private final AutoCloseable subscription;

    private DefaultTabletGateway(
            GatewayConfig config, ServingStates states, EventLoopGroup calls, MeterRegistry registry) {
        ChannelFactory channels = new ChannelFactory(config);
        DefaultThreadFactory threads = new DefaultThreadFactory("gateway-health", true);
        this.healthGroup = calls instanceof EpollEventLoopGroup
                ? new EpollEventLoopGroup(1, threads)
                : new NioEventLoopGroup(1, threads);
        this.healthLoop = healthGroup.next();
        this.health =
                new HealthCheck(config, healthLoop, channels, registry, Ticker.system(), RandomIndex.threadLocal());
        this.readiness = new Readiness(states, health);
        this.context = new CallContext(config, health, Ticker.system(), RandomIndex.threadLocal(), CallOptions.DEFAULT);
        this.client = new QueryClient(context);
        this.twoPhase = new DefaultTwoPhaseCalls(client);
        this.subscription = states.addListener(health::follow);
    }

    /**
     * Starts to follow the tablets; returns at once.
     *
     * @param calls whose loops calls will name; decides between epoll and NIO
     * @throws IllegalArgumentException naming the keys when the TLS files cannot be used
     */
    public static DefaultTabletGateway open(
            GatewayConfig config, ServingStates states, EventLoopGroup calls, MeterRegistry registry) {
        return new DefaultTabletGateway(config, states, calls, registry);
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
    public TwoPhaseCalls twoPhase() {
        return twoPhase;
    }

    @Override
    public @Nullable TabletAlias choose(Target target, String session) {
        TargetGroup group = health.group(target);
        TabletPeer peer =
                group == null ? null : group.healthy().pick(Set.of(), session, context.random(), context.ticker());
        return peer == null ? null : peer.alias();
    }

    /** The one loop that changes health; what runs there sees all that was reported before. */
    EventLoop healthLoop() {
        return healthLoop;
    }

    @Override
    public List<TabletHealth> tablets() {
        return health.tablets();
    }

    @Override
    public boolean awaitServing(Set<TabletType> types, Duration timeout) throws InterruptedException {
        return readiness.await(types, timeout);
    }

    @Override
    public void close() {
        if (healthLoop.isShuttingDown()) {
            return;
        }
        try {
            subscription.close();
        } catch (Exception e) {
            throw new IllegalStateException("the topology listener could not be removed", e);
        } finally {
            healthLoop.execute(health::close);
            var unused = healthGroup.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        }
    }
}
