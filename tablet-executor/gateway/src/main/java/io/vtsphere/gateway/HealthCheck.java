package io.vtsphere.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topology with one health stream per tablet, and keeps the rotation by what they say.
 *
 * <p>All changes happen on one event loop; what others may call says so. Tablets without a gRPC port are not followed.
 */
final class HealthCheck implements TabletRecord.Observer {
    private static final Logger LOG = LoggerFactory.getLogger(HealthCheck.class);

    private final GatewayConfig config;
    private final EventLoop loop;
    private final ChannelFactory channels;
    private final Ticker ticker;
    private final RandomIndex random;
    private final HealthMetrics metrics;
    private final Rotation rotation;
    private final Changes changes = new Changes();
    /** Written on the loop. */
    private final Map<TabletAlias, TabletRecord> records = new ConcurrentHashMap<>();

    private final Map<TabletRecord, HealthStream> streams = new HashMap<>();
    /** The newest snapshot that the loop has not looked at; what comes in between is skipped. */
    private final AtomicReference<@Nullable ServingState> pending = new AtomicReference<>();

    private final List<Consumer<Target>> schemaListeners = new CopyOnWriteArrayList<>();

    private long reports;
    private boolean closed;

    HealthCheck(
            GatewayConfig config,
            EventLoop loop,
            ChannelFactory channels,
            MeterRegistry registry,
            Ticker ticker,
            RandomIndex random) {
        this.config = config;
        this.loop = loop;
        this.channels = channels;
        this.ticker = ticker;
        this.random = random;
        this.metrics = new HealthMetrics(registry);
        ShardBuffer.Room room = new ShardBuffer.Room(config.buffer().size());
        BufferMetrics.size(registry, config.buffer().size());
        this.rotation = new Rotation(config, registry, target -> buffer(target, registry, room));
    }

    private @Nullable ShardBuffer buffer(Target target, MeterRegistry registry, ShardBuffer.Room room) {
        BufferConfig.Mode mode = config.buffer().mode(target.keyspace(), target.shard());
        if (target.type() != TabletType.PRIMARY || mode == BufferConfig.Mode.PASS) {
            return null;
        }
        BufferMetrics meters = new BufferMetrics(registry, target);
        return new ShardBuffer(target, config.buffer(), mode == BufferConfig.Mode.DRY_RUN, loop, ticker, room, meters);
    }

    /** Where all changes happen. */
    EventLoop loop() {
        return loop;
    }

    /** The target's tablets; from any thread. */
    @Nullable
    TargetGroup group(Target target) {
        return rotation.group(target);
    }

    /** The tablet of that name when its health stream stands; from any thread. */
    @Nullable
    TabletPeer peer(TabletAlias alias) {
        TabletRecord record = records.get(alias);
        return record != null && record.peer().isReachable() ? record.peer() : null;
    }

    /** The tablet of that name when it serves the target, in good health and not behind by more; from any thread. */
    @Nullable
    TabletPeer healthy(Target target, TabletAlias alias, long maxLagSeconds) {
        TabletRecord record = records.get(alias);
        if (record == null || !record.peer().isReachable()) {
            return null;
        }
        Vitals vitals = record.vitals();
        boolean fit =
                vitals.isHealthy() && vitals.target().equals(target) && vitals.replicationLagSeconds() <= maxLagSeconds;
        return fit ? record.peer() : null;
    }

    /** Changes of who is healthy and of the topology; from any thread. */
    Changes changes() {
        return changes;
    }

    /** From any thread. */
    List<TabletHealth> tablets() {
        return records.values().stream()
                .map(TabletRecord::health)
                .sorted(Comparator.comparing(health -> health.tablet().alias()))
                .toList();
    }

    /** Takes the tablets of a snapshot; from any thread, does not wait. */
    void follow(ServingState state) {
        if (pending.getAndSet(state) == null && !loop.isShuttingDown()) {
            loop.execute(this::followPending);
        }
    }

    private void followPending() {
        ServingState state = pending.getAndSet(null);
        if (state == null || closed) {
            return;
        }
        Map<TabletAlias, Tablet> tablets = state.tablets();
        for (TabletRecord record : new ArrayList<>(records.values())) {
            Tablet tablet = tablets.get(record.alias());
            if (tablet == null || !tablet.sameAddress(record.tablet())) {
                remove(record);
            } else {
                record.update(tablet);
            }
        }
        tablets.forEach((alias, tablet) -> {
            if (tablet.grpcPort() != 0 && !records.containsKey(alias)) {
                add(tablet);
            }
        });
        rotation.topology(state);
        changes.signal();
    }

    private void add(Tablet tablet) {
        TabletPeer peer = new TabletPeer(tablet, channels);
        TabletRecord record = new TabletRecord(tablet, peer, this);
        HealthStream stream = new HealthStream(loop, channels, tablet, peer.load(), config, ticker, random, record);
        records.put(tablet.alias(), record);
        streams.put(record, stream);
        Vitals vitals = record.vitals();
        metrics.counted(vitals.target().type(), false, 1);
        rotation.update(record, vitals);
        stream.start();
    }

    private void remove(TabletRecord record) {
        HealthStream stream = streams.remove(record);
        if (stream != null) {
            stream.close();
        }
        record.close();
        records.remove(record.alias(), record);
        Vitals vitals = record.vitals();
        metrics.counted(vitals.target().type(), vitals.serving(), -1);
        if (vitals.heard()) {
            metrics.connected(vitals.target(), -1);
        }
        rotation.remove(record, vitals.target());
        forgetMetrics(vitals.target());
    }

    @Override
    public void onVitals(TabletRecord record, Vitals before, Vitals now) {
        boolean moved = !before.target().equals(now.target());
        metrics.counted(before.target().type(), before.serving(), -1);
        metrics.counted(now.target().type(), now.serving(), 1);
        if (moved || before.heard() != now.heard()) {
            if (before.heard()) {
                metrics.connected(before.target(), -1);
            }
            if (now.heard()) {
                metrics.connected(now.target(), 1);
            }
        }
        if (now.target().type() == TabletType.PRIMARY && before.target().type() != TabletType.PRIMARY) {
            metrics.promoted(now.target());
        }
        if (now.serving() && !before.serving()) {
            record.servingSince(++reports);
        }
        logTransition(record, before, now);
        if (rotation.update(record, before)) {
            changes.signal();
        }
        if (moved) {
            forgetMetrics(before.target());
        }
    }

    @Override
    public void onStreamError(TabletRecord record) {
        metrics.error(record.vitals().target());
    }

    @Override
    public void onSchemaChange(TabletRecord record) {
        Target target = record.vitals().target();
        if (target.type() == TabletType.PRIMARY) {
            schemaListeners.forEach(listener -> listener.accept(target));
        }
    }

    /** From any thread. */
    void addSchemaListener(Consumer<Target> listener) {
        schemaListeners.add(listener);
    }

    private void forgetMetrics(Target target) {
        if (!rotation.isClaimed(target)) {
            metrics.forget(target);
        }
    }

    private static void logTransition(TabletRecord record, Vitals before, Vitals now) {
        if (before.serving() != now.serving() || !before.target().equals(now.target())) {
            LOG.info(
                    "tablet {}: {} {}{}",
                    record.peer(),
                    now.target(),
                    now.serving() ? "SERVING" : "NOT_SERVING",
                    now.error() == null ? "" : ", " + now.error());
        }
    }

    /** On the loop. */
    void close() {
        closed = true;
        rotation.shutdown();
        for (HealthStream stream : streams.values()) {
            stream.close();
        }
        streams.clear();
        for (TabletRecord record : records.values()) {
            record.peer().close(true);
        }
        channels.close();
    }
}
