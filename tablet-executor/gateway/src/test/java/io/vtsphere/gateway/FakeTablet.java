package io.vtsphere.gateway;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.vitess.proto.Query.BeginExecuteRequest;
import io.vitess.proto.Query.BeginExecuteResponse;
import io.vitess.proto.Query.BeginRequest;
import io.vitess.proto.Query.BeginResponse;
import io.vitess.proto.Query.BeginStreamExecuteRequest;
import io.vitess.proto.Query.BeginStreamExecuteResponse;
import io.vitess.proto.Query.CommitRequest;
import io.vitess.proto.Query.CommitResponse;
import io.vitess.proto.Query.ExecuteRequest;
import io.vitess.proto.Query.ExecuteResponse;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.RealtimeStats;
import io.vitess.proto.Query.ReleaseRequest;
import io.vitess.proto.Query.ReleaseResponse;
import io.vitess.proto.Query.ReserveBeginExecuteRequest;
import io.vitess.proto.Query.ReserveBeginExecuteResponse;
import io.vitess.proto.Query.ReserveBeginStreamExecuteRequest;
import io.vitess.proto.Query.ReserveBeginStreamExecuteResponse;
import io.vitess.proto.Query.ReserveExecuteRequest;
import io.vitess.proto.Query.ReserveExecuteResponse;
import io.vitess.proto.Query.ReserveStreamExecuteRequest;
import io.vitess.proto.Query.ReserveStreamExecuteResponse;
import io.vitess.proto.Query.RollbackRequest;
import io.vitess.proto.Query.RollbackResponse;
import io.vitess.proto.Query.StreamExecuteRequest;
import io.vitess.proto.Query.StreamExecuteResponse;
import io.vitess.proto.Query.StreamHealthRequest;
import io.vitess.proto.Query.StreamHealthResponse;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vtrpc;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A tablet on a real socket that says what it is told to. Its query results carry its alias in {@code info}, so that a test sees who answered.
 */
final class FakeTablet extends FakeSideCalls implements AutoCloseable {
    /** How a statement goes. */
    interface Behaviour {
        void run(StreamObserver<QueryResult> answer);
    }

    private static final Metadata.Key<String> USERNAME = Metadata.Key.of("username", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> PASSWORD = Metadata.Key.of("password", Metadata.ASCII_STRING_MARSHALLER);

    /** Name and password of the last call. */
    volatile String credentials = "";

    final TabletAlias alias;
    final List<ExecuteRequest> executed = new CopyOnWriteArrayList<>();
    final List<BeginExecuteRequest> begun = new CopyOnWriteArrayList<>();
    final List<Long> committed = new CopyOnWriteArrayList<>();
    final List<Long> rolledBack = new CopyOnWriteArrayList<>();
    final AtomicInteger streamed = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();
    final AtomicInteger healthStreams = new AtomicInteger();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FreezableExecutor executor = new FreezableExecutor(threads);
    private final List<StreamObserver<StreamHealthResponse>> watchers = new CopyOnWriteArrayList<>();
    private volatile StreamHealthResponse health;
    private volatile boolean deaf;
    private volatile Behaviour behaviour;
    private volatile @Nullable Behaviour streamBehaviour;
    private volatile BeginExecuteResponse.@Nullable Builder beginAnswer;
    private final @Nullable SslContext ssl;
    private Server server;
    private EventLoopGroup loops = new NioEventLoopGroup(1);
    private int port;

    FakeTablet(TabletAlias alias, Target target) {
        this(alias, target, null);
    }

    /** @param ssl null for plain text */
    FakeTablet(TabletAlias alias, Target target, @Nullable SslContext ssl) {
        this.ssl = ssl;
        this.alias = alias;
        this.behaviour = this::answerWell;
        this.health = StreamHealthResponse.newBuilder()
                .setTarget(target.proto())
                .setServing(true)
                .setTabletAlias(alias.proto())
                .setPrimaryTermStartTimestamp(target.type() == TabletType.PRIMARY ? 1000 : 0)
                .setRealtimeStats(RealtimeStats.newBuilder())
                .build();
        this.server = listen(0);
        this.port = server.getPort();
    }

    private Server listen(int at) {
        try {
            NettyServerBuilder builder = NettyServerBuilder.forAddress(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), at))
                    .executor(executor)
                    .bossEventLoopGroup(loops)
                    .workerEventLoopGroup(loops)
                    .channelType(NioServerSocketChannel.class)
                    .addService(this)
                    .intercept(new ServerInterceptor() {
                        @Override
                        public <Q, R> ServerCall.Listener<Q> interceptCall(
                                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
                            credentials = headers.get(USERNAME) + "/" + headers.get(PASSWORD);
                            return next.startCall(call, headers);
                        }
                    })
                    .permitKeepAliveTime(1, TimeUnit.SECONDS);
            return (ssl == null ? builder : builder.sslContext(ssl)).build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** The record in the topology. */
    Topodata.Tablet record() {
        return Topodata.Tablet.newBuilder()
                .setAlias(alias.proto())
                .setHostname("127.0.0.1")
                .putPortMap("grpc", port())
                .setKeyspace(health.getTarget().getKeyspace())
                .setShard(health.getTarget().getShard())
                .setType(health.getTarget().getTabletType())
                .build();
    }

    void report(java.util.function.Consumer<StreamHealthResponse.Builder> change) {
        StreamHealthResponse.Builder builder = health.toBuilder();
        change.accept(builder);
        health = builder.build();
        (deaf ? threads : executor)
                .execute(() -> watchers.forEach(watcher -> {
                    synchronized (watcher) {
                        watcher.onNext(health);
                    }
                }));
    }

    void serving(boolean serving) {
        report(builder -> builder.setServing(serving));
    }

    void lag(int seconds) {
        report(builder -> builder.getRealtimeStatsBuilder().setReplicationLagSeconds(seconds));
    }

    void behave(Behaviour now) {
        behaviour = now;
    }

    void behaveStreaming(Behaviour now) {
        streamBehaviour = now;
    }

    void answerBegin(BeginExecuteResponse.Builder answer) {
        beginAnswer = answer;
    }

    void fail(Status status) {
        behave(answer -> answer.onError(status.asRuntimeException()));
    }

    void answerWell(StreamObserver<QueryResult> answer) {
        answer.onNext(QueryResult.newBuilder().setInfo(alias.toString()).build());
        answer.onCompleted();
    }

    void freeze() {
        executor.freeze();
    }

    /** Hears nothing any more, but goes on reporting its health. */
    void deafen() {
        deaf = true;
        executor.freeze();
    }

    void thaw() {
        deaf = false;
        executor.thaw();
    }

    /** Dies as by kill -9: connections break, the port is closed. */
    void kill() {
        watchers.clear();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Stops in good order: answers that are not ready are taken back. */
    void stop() {
        watchers.clear();
        server.shutdownNow();
    }

    void restart() {
        loops = new NioEventLoopGroup(1);
        server = listen(port);
    }

    @Override
    public void close() {
        thaw();
        stop();
        kill();
        threads.shutdownNow();
    }

    @Override
    public void streamHealth(StreamHealthRequest request, StreamObserver<StreamHealthResponse> answer) {
        healthStreams.incrementAndGet();
        ((ServerCallStreamObserver<StreamHealthResponse>) answer).setOnCancelHandler(() -> watchers.remove(answer));
        synchronized (answer) {
            answer.onNext(health);
        }
        watchers.add(answer);
    }

    @Override
    public void execute(ExecuteRequest request, StreamObserver<ExecuteResponse> answer) {
        executed.add(request);
        ((ServerCallStreamObserver<ExecuteResponse>) answer).setOnCancelHandler(cancelled::incrementAndGet);
        behaviour.run(map(
                answer, result -> ExecuteResponse.newBuilder().setResult(result).build()));
    }

    @Override
    public void streamExecute(StreamExecuteRequest request, StreamObserver<StreamExecuteResponse> answer) {
        ServerCallStreamObserver<StreamExecuteResponse> call = (ServerCallStreamObserver<StreamExecuteResponse>) answer;
        call.setOnCancelHandler(cancelled::incrementAndGet);
        Behaviour streaming = streamBehaviour;
        if (streaming != null) {
            streaming.run(map(answer, result -> StreamExecuteResponse.newBuilder()
                    .setResult(result)
                    .build()));
            return;
        }
        String info = "x".repeat(100_000);
        call.setOnReadyHandler(() -> {
            while (call.isReady() && streamed.get() < 1000) {
                call.onNext(StreamExecuteResponse.newBuilder()
                        .setResult(QueryResult.newBuilder().setInfo(info))
                        .build());
                if (streamed.incrementAndGet() == 1000) {
                    call.onCompleted();
                }
            }
        });
    }

    @Override
    public void begin(BeginRequest request, StreamObserver<BeginResponse> answer) {
        behaviour.run(map(answer, result -> BeginResponse.newBuilder()
                .setTransactionId(77)
                .setTabletAlias(alias.proto())
                .build()));
    }

    @Override
    public void beginExecute(BeginExecuteRequest request, StreamObserver<BeginExecuteResponse> answer) {
        begun.add(request);
        BeginExecuteResponse.Builder given = beginAnswer;
        behaviour.run(map(
                answer,
                result -> given != null
                        ? given.build()
                        : BeginExecuteResponse.newBuilder()
                                .setResult(result)
                                .setTransactionId(77)
                                .setTabletAlias(alias.proto())
                                .build()));
    }

    @Override
    public void reserveExecute(ReserveExecuteRequest request, StreamObserver<ReserveExecuteResponse> answer) {
        behaviour.run(map(answer, result -> ReserveExecuteResponse.newBuilder()
                .setResult(result)
                .setReservedId(88)
                .setTabletAlias(alias.proto())
                .build()));
    }

    @Override
    public void reserveBeginExecute(
            ReserveBeginExecuteRequest request, StreamObserver<ReserveBeginExecuteResponse> answer) {
        behaviour.run(map(answer, result -> ReserveBeginExecuteResponse.newBuilder()
                .setResult(result)
                .setReservedId(88)
                .setTransactionId(77)
                .setTabletAlias(alias.proto())
                .build()));
    }

    @Override
    public void beginStreamExecute(
            BeginStreamExecuteRequest request, StreamObserver<BeginStreamExecuteResponse> answer) {
        answer.onNext(BeginStreamExecuteResponse.newBuilder()
                .setResult(QueryResult.newBuilder().setInfo(request.getQuery().getSql()))
                .build());
        BeginStreamExecuteResponse.Builder last = BeginStreamExecuteResponse.newBuilder()
                .setTransactionId(77)
                .setTabletAlias(alias.proto())
                .setSessionStateChanges("uuid:1");
        if (request.getQuery().getSql().contains("fail")) {
            last.setError(Vtrpc.RPCError.newBuilder()
                    .setCode(Vtrpc.Code.ALREADY_EXISTS)
                    .setMessage("duplicate (errno 1062) (sqlstate 23000)"));
        }
        answer.onNext(last.build());
        answer.onCompleted();
    }

    @Override
    public void reserveStreamExecute(
            ReserveStreamExecuteRequest request, StreamObserver<ReserveStreamExecuteResponse> answer) {
        answer.onNext(ReserveStreamExecuteResponse.newBuilder()
                .setResult(QueryResult.newBuilder().setInfo(request.getPreQueries(0)))
                .build());
        answer.onNext(ReserveStreamExecuteResponse.newBuilder()
                .setReservedId(88)
                .setTabletAlias(alias.proto())
                .build());
        answer.onCompleted();
    }

    @Override
    public void reserveBeginStreamExecute(
            ReserveBeginStreamExecuteRequest request, StreamObserver<ReserveBeginStreamExecuteResponse> answer) {
        answer.onNext(ReserveBeginStreamExecuteResponse.newBuilder()
                .setResult(QueryResult.newBuilder()
                        .setInfo(request.getPreQueries(0) + "; " + request.getPostBeginQueries(0)))
                .build());
        answer.onNext(ReserveBeginStreamExecuteResponse.newBuilder()
                .setReservedId(88)
                .setTransactionId(88)
                .setTabletAlias(alias.proto())
                .build());
        answer.onCompleted();
    }

    @Override
    public void release(ReleaseRequest request, StreamObserver<ReleaseResponse> answer) {
        behaviour.run(map(answer, result -> ReleaseResponse.getDefaultInstance()));
    }

    @Override
    public void commit(CommitRequest request, StreamObserver<CommitResponse> answer) {
        committed.add(request.getTransactionId());
        behaviour.run(map(
                answer, result -> CommitResponse.newBuilder().setReservedId(5).build()));
    }

    @Override
    public void rollback(RollbackRequest request, StreamObserver<RollbackResponse> answer) {
        rolledBack.add(request.getTransactionId());
        behaviour.run(map(
                answer, result -> RollbackResponse.newBuilder().setReservedId(6).build()));
    }

    private static <R> StreamObserver<QueryResult> map(
            StreamObserver<R> answer, java.util.function.Function<QueryResult, R> response) {
        return new StreamObserver<>() {
            @Override
            public void onNext(QueryResult value) {
                answer.onNext(response.apply(value));
            }

            @Override
            public void onError(Throwable error) {
                answer.onError(error);
            }

            @Override
            public void onCompleted() {
                answer.onCompleted();
            }
        };
    }
}
