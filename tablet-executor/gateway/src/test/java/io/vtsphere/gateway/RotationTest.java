package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Query.RealtimeStats;
import io.vitess.proto.Query.StreamHealthResponse;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/** However the reports come, the rotation is the one that the last reports alone would give. */
class RotationTest {
    private static final GatewayConfig CONFIG = GatewayConfig.of("zone1");
    private static final List<Target> TARGETS = List.of(
            new Target("commerce", "0", TabletType.PRIMARY),
            new Target("commerce", "0", TabletType.REPLICA),
            new Target("commerce", "0", TabletType.RDONLY),
            new Target("commerce", "0", TabletType.DRAINED));
    private static final int[] LAGS = {0, 1, 29, 30, 31, 60, 7200, 7201};

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final ChannelFactory channels = new ChannelFactory(CONFIG);
    private final Rotation rotation = new Rotation(CONFIG, new SimpleMeterRegistry(), target -> null);
    private final List<TabletRecord> records = new ArrayList<>();
    private long reports;

    private final TabletRecord.Observer observer = new TabletRecord.Observer() {
        @Override
        public void onVitals(TabletRecord record, Vitals before, Vitals now) {
            if (now.serving() && !before.serving()) {
                record.servingSince(++reports);
            }
            rotation.update(record, before);
        }

        @Override
        public void onStreamError(TabletRecord record) {}

        @Override
        public void onSchemaChange(TabletRecord record) {}
    };

    @RepeatedTest(20)
    void incremental_equalsFromScratch() {
        for (int step = 0; step < 300; step++) {
            act();
            Rotation fresh = new Rotation(CONFIG, new SimpleMeterRegistry(), target -> null);
            records.forEach(record -> fresh.update(record, Vitals.unheard(record.tablet())));
            for (Target target : TARGETS) {
                assertThat(peers(rotation, target))
                        .as("seed %d, step %d, %s", seed, step, target)
                        .isEqualTo(peers(fresh, target));
            }
            assertThat(peers(rotation, TARGETS.get(0))).hasSizeLessThanOrEqualTo(1);
            assertThat(peers(rotation, TARGETS.get(3))).isEmpty();
        }
    }

    private static List<TabletPeer> peers(Rotation rotation, Target target) {
        TargetGroup group = rotation.group(target);
        return group == null ? List.of() : group.healthy().peers();
    }

    private void act() {
        if (records.size() < 6 && random.nextInt(4) == 0) {
            add();
        } else if (!records.isEmpty()) {
            TabletRecord record = records.get(random.nextInt(records.size()));
            int what = random.nextInt(20);
            if (what == 0) {
                records.remove(record);
                record.close();
                rotation.remove(record, record.vitals().target());
                record.onReport(report());
            } else if (what == 1) {
                record.onLost("EOF", random.nextBoolean());
            } else {
                record.onReport(report());
            }
        }
    }

    private void add() {
        TabletAlias alias = new TabletAlias(random.nextInt(4) == 0 ? "zone2" : "zone1", random.nextInt(1_000_000));
        Tablet tablet = new Tablet(
                alias,
                "127.0.0.1",
                Map.of("grpc", 15000),
                "commerce",
                "0",
                TabletType.REPLICA,
                "",
                Map.of(),
                "",
                0,
                null,
                null,
                null);
        TabletRecord record = new TabletRecord(tablet, new TabletPeer(tablet, channels), observer);
        records.add(record);
        rotation.update(record, record.vitals());
    }

    private StreamHealthResponse report() {
        Target target = TARGETS.get(random.nextInt(TARGETS.size()));
        return StreamHealthResponse.newBuilder()
                .setTarget(target.proto())
                .setServing(random.nextInt(4) != 0)
                .setPrimaryTermStartTimestamp(target.type() == TabletType.PRIMARY ? 1 + random.nextInt(4) : 0)
                .setRealtimeStats(RealtimeStats.newBuilder()
                        .setHealthError(random.nextInt(8) == 0 ? "ill" : "")
                        .setReplicationLagSeconds(LAGS[random.nextInt(LAGS.length)]))
                .build();
    }
}
