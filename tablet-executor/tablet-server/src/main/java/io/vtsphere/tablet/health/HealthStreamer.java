package io.vtsphere.tablet.health;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vitess.proto.Query;
import io.vitess.proto.Query.RealtimeStats;
import io.vitess.proto.Query.StreamHealthResponse;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells every subscriber what this tablet is: at once, on each change, and at intervals.
 *
 * <p>Thread-safe: everything happens on one event loop, which guards the fields. A subscriber that does not read is dropped after {@link
 * #MAX_UNREAD} messages. Source: {@code health_streamer.go} in Vitess.
 */
public final class HealthStreamer implements AutoCloseable {
    private static final int MAX_UNREAD = 20;

    private final EventLoop loop;
    private final StateManager states;
    private final TabletAlias alias;
    /** Subscribers, and how many messages each has not read. */
    private final Map<ServerCallStreamObserver<StreamHealthResponse>, Integer> subscribers = new LinkedHashMap<>();

    private final ScheduledFuture<?> timer;
    private boolean closed;

    public HealthStreamer(EventLoop loop, StateManager states, TabletAlias alias, Duration interval) {
        this.loop = loop;
        this.states = states;
        this.alias = alias;
        long nanos = interval.toNanos();
        this.timer = loop.scheduleAtFixedRate(() -> broadcast(states.status()), nanos, nanos, TimeUnit.NANOSECONDS);
        states.addListener(status -> loop.execute(() -> broadcast(status)));
    }

    /** Must be called in the gRPC method itself. */
    public void subscribe(StreamObserver<StreamHealthResponse> observer) {
        ServerCallStreamObserver<StreamHealthResponse> subscriber =
                (ServerCallStreamObserver<StreamHealthResponse>) observer;
        subscriber.setOnCancelHandler(() -> loop.execute(() -> subscribers.remove(subscriber)));
        loop.execute(() -> {
            if (closed) {
                subscriber.onError(shutdown());
                return;
            }
            subscribers.put(subscriber, 0);
            send(subscriber, message(states.status()));
        });
    }

    /**
     * Tells every subscriber of a primary, once, which tables and views a statement has made, changed or dropped: gates ask for them then.
     */
    public void schemaChanged(Set<String> tables, Set<String> views) {
        loop.execute(() -> {
            ServingStatus status = states.status();
            if (status.type() == TabletType.PRIMARY) {
                StreamHealthResponse.Builder message = message(status).toBuilder();
                message.getRealtimeStatsBuilder()
                        .addAllTableSchemaChanged(tables)
                        .addAllViewSchemaChanged(views);
                broadcast(message.build());
            }
        });
    }

    private void broadcast(ServingStatus status) {
        broadcast(message(status));
    }

    private void broadcast(StreamHealthResponse message) {
        new ArrayList<>(subscribers.keySet()).forEach(subscriber -> send(subscriber, message));
    }

    private void send(ServerCallStreamObserver<StreamHealthResponse> subscriber, StreamHealthResponse message) {
        int unread = subscriber.isReady() ? 0 : subscribers.getOrDefault(subscriber, 0) + 1;
        if (subscriber.isCancelled()) {
            subscribers.remove(subscriber);
        } else if (unread > MAX_UNREAD) {
            subscribers.remove(subscriber);
            subscriber.onError(Status.RESOURCE_EXHAUSTED
                    .withDescription("stream health buffer overflowed. client should reconnect for up-to-date status")
                    .asRuntimeException());
        } else {
            subscribers.put(subscriber, unread);
            subscriber.onNext(message);
        }
    }

    private StreamHealthResponse message(ServingStatus status) {
        RealtimeStats.Builder stats = RealtimeStats.newBuilder()
                .setReplicationLagSeconds((int) Math.min(status.lagSeconds(), Integer.MAX_VALUE));
        @Nullable String error = status.error();
        if (error != null) {
            stats.setHealthError(error);
        }
        return StreamHealthResponse.newBuilder()
                .setTarget(Query.Target.newBuilder()
                        .setKeyspace(states.keyspace())
                        .setShard(states.shard())
                        .setTabletType(status.type().proto()))
                .setServing(status.serving())
                .setPrimaryTermStartTimestamp(status.primaryTermStart())
                .setRealtimeStats(stats)
                .setTabletAlias(alias.proto())
                .build();
    }

    private static RuntimeException shutdown() {
        return Status.UNAVAILABLE.withDescription("tabletserver is shutdown").asRuntimeException();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        timer.cancel(false);
        loop.submit(() -> {
                    closed = true;
                    subscribers.keySet().forEach(subscriber -> subscriber.onError(shutdown()));
                    subscribers.clear();
                })
                .awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}
