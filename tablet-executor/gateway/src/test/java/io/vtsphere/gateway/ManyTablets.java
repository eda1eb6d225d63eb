package io.vtsphere.gateway;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vitess.proto.Query.RealtimeStats;
import io.vitess.proto.Query.StreamHealthRequest;
import io.vitess.proto.Query.StreamHealthResponse;
import io.vitess.proto.Topodata;
import io.vitess.proto.grpc.QueryGrpc;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Thousands of tablets in a process of their own, that report their health every second and do nothing else.
 *
 * <p>All listen on one port; which of them is meant is in the loopback address that was dialled.
 */
public final class ManyTablets extends QueryGrpc.QueryImplBase implements ServerInterceptor {
    static final int SHARDS = 16;
    private static final Context.Key<Integer> INDEX = Context.key("index");

    private final Map<Integer, ServerCallStreamObserver<StreamHealthResponse>> watchers = new ConcurrentHashMap<>();
    private final Random random = new Random(1);

    /** The shard names of a keyspace in {@value #SHARDS} parts. */
    static String[] shards() {
        String[] names = new String[SHARDS];
        for (int i = 0; i < SHARDS; i++) {
            String start = i == 0 ? "" : Integer.toHexString(i) + "0";
            String end = i == SHARDS - 1 ? "" : Integer.toHexString(i + 1) + "0";
            names[i] = start + "-" + end;
        }
        return names;
    }

    private static Target target(int index) {
        return new Target(
                "commerce", shards()[index % SHARDS], index < SHARDS ? TabletType.PRIMARY : TabletType.REPLICA);
    }

    static List<Topodata.Tablet> records(int count, int port) {
        List<Topodata.Tablet> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Target target = target(i);
            records.add(Topodata.Tablet.newBuilder()
                    .setAlias(new TabletAlias("zone1", i).proto())
                    .setHostname("127.1." + i / 250 + "." + (i % 250 + 1))
                    .putPortMap("grpc", port)
                    .setKeyspace(target.keyspace())
                    .setShard(target.shard())
                    .setType(target.type().proto())
                    .build());
        }
        return records;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        Attributes attributes = call.getAttributes();
        InetSocketAddress local = (InetSocketAddress) attributes.get(Grpc.TRANSPORT_ATTR_LOCAL_ADDR);
        byte[] address = local == null ? new byte[4] : local.getAddress().getAddress();
        int index = (address[2] & 0xff) * 250 + (address[3] & 0xff) - 1;
        return Contexts.interceptCall(Context.current().withValue(INDEX, index), call, headers, next);
    }

    @Override
    public void streamHealth(StreamHealthRequest request, StreamObserver<StreamHealthResponse> answer) {
        int index = INDEX.get();
        ServerCallStreamObserver<StreamHealthResponse> watcher =
                (ServerCallStreamObserver<StreamHealthResponse>) answer;
        watcher.setOnCancelHandler(() -> watchers.remove(index, watcher));
        watchers.put(index, watcher);
        synchronized (watcher) {
            watcher.onNext(report(index));
        }
    }

    private StreamHealthResponse report(int index) {
        Target target = target(index);
        boolean primary = target.type() == TabletType.PRIMARY;
        // one in a hundred is late, so that rotations change all the time
        int lag = primary ? 0 : random.nextInt(100) == 0 ? 31 : random.nextInt(5);
        return StreamHealthResponse.newBuilder()
                .setTarget(target.proto())
                .setServing(true)
                .setTabletAlias(new TabletAlias("zone1", index).proto())
                .setPrimaryTermStartTimestamp(primary ? 1_000 : 0)
                .setRealtimeStats(RealtimeStats.newBuilder()
                        .setReplicationLagSeconds(lag)
                        .setQps(random.nextDouble() * 1_000)
                        .setCpuUsage(random.nextDouble()))
                .build();
    }

    private void reportAll() {
        watchers.forEach((index, watcher) -> {
            synchronized (watcher) {
                if (!watcher.isCancelled()) {
                    watcher.onNext(report(index));
                }
            }
        });
    }

    /** Listens, says on which port, and ends with its input. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        ManyTablets tablets = new ManyTablets();
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress("0.0.0.0", 0))
                .directExecutor()
                .intercept(tablets)
                .addService(tablets)
                .build()
                .start();
        var unused = Executors.newSingleThreadScheduledExecutor()
                .scheduleAtFixedRate(tablets::reportAll, 1, 1, TimeUnit.SECONDS);
        System.out.println(server.getPort());
        while (System.in.read() >= 0) {
            // nothing is ever written: the end of the input is the end of whoever started this
        }
        System.exit(0);
    }
}
