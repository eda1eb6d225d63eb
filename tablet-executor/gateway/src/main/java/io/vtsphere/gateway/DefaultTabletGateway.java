package io.vtsphere.gateway;

import com.google.protobuf.MessageLite;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.vitess.proto.Query;
import io.vitess.proto.Query.BeginExecuteRequest;
import io.vitess.proto.Query.BeginRequest;
import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Query.CommitRequest;
import io.vitess.proto.Query.ExecuteOptions;
import io.vitess.proto.Query.ExecuteRequest;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.ReleaseRequest;
import io.vitess.proto.Query.ReleaseResponse;
import io.vitess.proto.Query.ReserveBeginExecuteRequest;
import io.vitess.proto.Query.ReserveExecuteRequest;
import io.vitess.proto.Query.RollbackRequest;
import io.vitess.proto.Query.StreamExecuteRequest;
import io.vitess.proto.grpc.QueryGrpc;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

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
        ExecuteRequest request = ExecuteRequest.newBuilder()
                .setEffectiveCallerId(call.effectiveCaller())
                .setImmediateCallerId(call.immediateCaller())
                .setTarget(target(call))
                .setQuery(query)
                .setTransactionId(transactionId)
                .setReservedId(reservedId)
                .setOptions(options)
                .build();
        return unary(
                Operation.EXECUTE,
                call,
                transactionId,
                reservedId,
                QueryGrpc.getExecuteMethod(),
                request,
                (response, servedBy, target) -> response.getResult(),
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
        StreamExecuteRequest request = StreamExecuteRequest.newBuilder()
                .setEffectiveCallerId(call.effectiveCaller())
                .setImmediateCallerId(call.immediateCaller())
                .setTarget(target(call))
                .setQuery(query)
                .setTransactionId(transactionId)
                .setReservedId(reservedId)
                .setOptions(options)
                .build();
        StreamCall stream = new StreamCall(context, call, transactionId, reservedId, request, reply);
        stream.start();
        return stream;
    }

    @Override
    public CallHandle begin(Call call, ExecuteOptions options, Reply<BeginReply> reply) {
        BeginRequest request = BeginRequest.newBuilder()
                .setEffectiveCallerId(call.effectiveCaller())
                .setImmediateCallerId(call.immediateCaller())
                .setTarget(target(call))
                .setOptions(options)
                .build();
        return unary(Operation.BEGIN, call, 0, 0, QueryGrpc.getBeginMethod(), request, Responses::begin, reply);
    }

    @Override
    public CallHandle beginExecute(
            Call call,
            List<String> preQueries,
            BoundQuery query,
            ExecuteOptions options,
            long reservedId,
            Reply<BeginExecuteReply> reply) {
        BeginExecuteRequest request = BeginExecuteRequest.newBuilder()
                .setEffectiveCallerId(call.effectiveCaller())
                .setImmediateCallerId(call.immediateCaller())
                .setTarget(target(call))
                .addAllPreQueries(preQueries)
                .setQuery(query)
                .setReservedId(reservedId)
                .setOptions(options)
                .build();
        return unary(
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
    public CallHandle commit(Call call, long transactionId, Reply<Long> reply) {
        CommitRequest request = CommitRequest.newBuilder()
                .setEffectiveCallerId(call.effectiveCaller())
                .setImmediateCallerId(call.immediateCaller())
                .setTarget(target(call))
                .setTransactionId(transactionId)
                .build();
        return unary(
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
        RollbackRequest request = RollbackRequest.newBuilder()
                .setEffectiveCallerId(call.effectiveCaller())
                .setImmediateCallerId(call.immediateCaller())
                .setTarget(target(call))
                .setTransactionId(transactionId)
                .build();
        return unary(
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
        ReserveExecuteRequest request = ReserveExecuteRequest.newBuilder()
                .setEffectiveCallerId(call.effectiveCaller())
                .setImmediateCallerId(call.immediateCaller())
                .setTarget(target(call))
                .addAllPreQueries(preQueries)
                .setQuery(query)
                .setTransactionId(transactionId)
                .setOptions(options)
                .build();
        return unary(
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
    public CallHandle reserveBeginExecute(
            Call call,
            List<String> preQueries,
            List<String> postBeginQueries,
            BoundQuery query,
            ExecuteOptions options,
            Reply<ReserveBeginExecuteReply> reply) {
        ReserveBeginExecuteRequest request = ReserveBeginExecuteRequest.newBuilder()
                .setEffectiveCallerId(call.effectiveCaller())
                .setImmediateCallerId(call.immediateCaller())
                .setTarget(target(call))
                .addAllPreQueries(preQueries)
                .addAllPostBeginQueries(postBeginQueries)
                .setQuery(query)
                .setOptions(options)
                .build();
        return unary(
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
    public CallHandle release(Call call, long transactionId, long reservedId, Reply<ReleaseResponse> reply) {
        ReleaseRequest request = ReleaseRequest.newBuilder()
                .setEffectiveCallerId(call.effectiveCaller())
                .setImmediateCallerId(call.immediateCaller())
                .setTarget(target(call))
                .setTransactionId(transactionId)
                .setReservedId(reservedId)
                .build();
        return unary(
                Operation.RELEASE,
                call,
                transactionId,
                reservedId,
                QueryGrpc.getReleaseMethod(),
                request,
                (response, servedBy, target) -> response,
                reply);
    }

    private <Q extends MessageLite, R, T> CallHandle unary(
            Operation operation,
            Call call,
            long transactionId,
            long reservedId,
            MethodDescriptor<Q, R> method,
            Q request,
            UnaryCall.Reader<R, T> reader,
            Reply<T> reply) {
        UnaryCall<Q, R, T> running =
                new UnaryCall<>(context, operation, call, transactionId, reservedId, method, request, reader, reply);
        running.start();
        return running;
    }

    private Query.Target target(Call call) {
        Target target = call.target();
        TargetGroup group = health.group(target);
        return group == null ? target.proto() : group.proto();
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
