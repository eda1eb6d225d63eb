package io.vtsphere.topo.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Topodata;
import io.vtsphere.testkit.EtcdProcess;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.server.Recording;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.VindexRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real etcd that is killed, frozen, compacted and cut off under the watcher: the state stays usable and catches up within 5 s. */
class TopologyFaultsIT {
    /** How long etcd stands still; the long form of the test is 30 s. */
    private static final Duration FREEZE = Duration.ofSeconds(Long.getLong("freeze.seconds", 5));

    private static final Duration CATCH_UP = Duration.ofSeconds(5);
    private static final TabletAlias ALIAS = new TabletAlias("zone1", 200);

    @TempDir
    private Path directory;

    private EtcdProcess etcd;
    private CuttableProxy proxy;
    private EtcdTopo watcherTopo;
    private EtcdTopo writerTopo;
    private TopoServer server;
    private TopoServer writer;
    private TopologyWatcher watcher;
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<ServingState> states = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        etcd = EtcdProcess.start(directory.resolve("etcd"));
        proxy = new CuttableProxy(etcd.address());
        writerTopo = new EtcdTopo(EtcdConfig.defaults());
        Recording.load("etcd-commerce-customer.json").copyTo(writerTopo.connect(etcd.address(), "/"));
        writer = TopoServer.open(writerTopo, etcd.address(), Recording.GLOBAL_ROOT);
        // The cell is reached through the proxy too.
        writer.cells().update("zone1", before -> Topodata.CellInfo.newBuilder()
                .setServerAddress(proxy.address())
                .setRoot("/vitess/zone1")
                .build());
        watcherTopo = new EtcdTopo(EtcdConfig.defaults());
        server = TopoServer.open(watcherTopo, proxy.address(), Recording.GLOBAL_ROOT);
    }

    @AfterEach
    void stop() throws Exception {
        if (watcher != null) {
            watcher.close();
        }
        server.close();
        writer.close();
        watcherTopo.close();
        writerTopo.close();
        proxy.close();
        etcd.close();
    }

    private void open(TopologyConfig config) {
        watcher = TopologyWatcher.open(config, server, VindexRegistry.load(), metrics);
        watcher.addListener(states::add);
    }

    private static TopologyConfig config() {
        return TopologyConfig.of("zone1", List.of("zone1"));
    }

    /** Changes the tablet's record directly at etcd, past the proxy; its cell's address is the proxy's, so not through the server. */
    private void setHostname(String hostname) {
        var cell = writerTopo.connect(etcd.address(), "/vitess/zone1");
        String path = "tablets/" + ALIAS + "/Tablet";
        try {
            Topodata.Tablet before = Topodata.Tablet.parseFrom(cell.get(path).contents());
            cell.put(path, before.toBuilder().setHostname(hostname).build().toByteString());
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitHostname(String hostname) {
        await().atMost(CATCH_UP).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(
                        watcher.current().tablets().get(ALIAS).hostname())
                .isEqualTo(hostname));
    }

    private void awaitTrouble() {
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(watcher.status().troubles()).isNotEmpty());
    }

    private void awaitNoTrouble() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(watcher.status().troubles()).isEmpty());
    }

    @Test
    void changes_arriveByWatch() {
        open(config());
        long epoch = watcher.current().epoch();
        setHostname("host-1");
        awaitHostname("host-1");
        assertThat(watcher.current().epoch())
                .as("plans do not depend on tablets")
                .isEqualTo(epoch);
        var keyspaces = watcher.current().keyspaces();
        writerTopo.connect(etcd.address(), "/vitess/zone1").delete("keyspaces/commerce/SrvKeyspace");
        await().atMost(CATCH_UP)
                .untilAsserted(
                        () -> assertThat(watcher.current().servedKeyspaces()).containsExactly("customer"));
        assertThat(watcher.current().epoch()).isGreaterThan(epoch);
        assertThat(watcher.current().keyspace("customer"))
                .as("an unchanged keyspace is the same object")
                .isSameAs(keyspaces.get("customer"));
    }

    @Test
    void etcdKilledAndStartedAgain_stateStays_thenCatchesUp() throws Exception {
        open(config());
        etcd.process().kill();
        awaitTrouble();
        assertThat(watcher.current().tablets()).hasSize(3);
        assertThat(watcher.status().staleNanos()).isPositive();
        etcd.restart();
        setHostname("host-after-kill");
        awaitHostname("host-after-kill");
        awaitNoTrouble();
        assertThat(metrics.get("topology.staleness.seconds").gauge().value()).isZero();
        setHostname("host-by-watch");
        awaitHostname("host-by-watch");
    }

    @Test
    void etcdFrozen_silenceIsNoticed_changeArrivesAfterThaw() throws Exception {
        open(config());
        etcd.process().freeze();
        long frozen = System.nanoTime();
        awaitTrouble();
        await().atMost(FREEZE.plusSeconds(60)).until(() -> System.nanoTime() - frozen >= FREEZE.toNanos());
        assertThat(watcher.current().tablets()).hasSize(3);
        assertThat(watcher.status().staleNanos()).isPositive();
        etcd.process().thaw();
        setHostname("host-after-freeze");
        awaitHostname("host-after-freeze");
        awaitNoTrouble();
    }

    @Test
    void cutOff_compactedMeanwhile_nothingIsMissed() throws Exception {
        open(config());
        proxy.cut();
        for (int i = 0; i < 50; i++) {
            setHostname("cut-" + i);
        }
        try (Client client = Client.builder().endpoints(etcd.endpoint()).build()) {
            ByteSequence key = ByteSequence.from("/vitess/zone1/SrvVSchema", StandardCharsets.UTF_8);
            long revision = client.getKVClient().get(key).get().getHeader().getRevision();
            client.getKVClient().compact(revision).get();
        }
        awaitTrouble();
        proxy.mend();
        awaitHostname("cut-49");
        awaitNoTrouble();
        assertNeverBackwards();
    }

    @Test
    void halfOpenConnection_isNoticed() throws Exception {
        open(config());
        proxy.swallow();
        setHostname("swallowed");
        awaitTrouble();
        proxy.mend();
        awaitHostname("swallowed");
    }

    @Test
    void start_withoutEtcd_policyFail_namesTheTrouble() {
        etcd.process().kill();
        TopologyConfig config = config().withStart(StartPolicy.FAIL, null, Duration.ofSeconds(2));
        assertThatThrownBy(() -> open(config))
                .isInstanceOf(TopoException.class)
                .hasMessageContaining("the topology was not loaded within PT2S");
    }

    @Test
    void start_unknownCell_isAMistakeInTheConfiguration() {
        assertThatThrownBy(() -> open(TopologyConfig.of("zone9", List.of("zone1"))
                        .withStart(StartPolicy.FAIL, null, Duration.ofSeconds(2))))
                .hasMessage("cell:[zone9] does not exist in topo");
        assertThatThrownBy(() -> open(TopologyConfig.of("zone1", List.of("zone1", "region1"))
                        .withStart(StartPolicy.FAIL, null, Duration.ofSeconds(2))))
                .hasMessage("cells_to_watch validation failed: cell: [region1] is not valid. Available cells: [zone1]");
    }

    @Test
    void start_withoutEtcd_policySnapshot_servesTheLastState_thenFollows() throws Exception {
        Path file = directory.resolve("data/topology.snapshot");
        TopologyConfig config = config().withStart(StartPolicy.SNAPSHOT, file, Duration.ofSeconds(2));
        open(config);
        setHostname("before");
        awaitHostname("before");
        SnapshotFile saved = new SnapshotFile(file);
        await().ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(saved.read().get("zone1/tablets").toString()).contains("before"));
        watcher.close();
        etcd.process().kill();

        open(config);
        assertThat(watcher.status().ready()).isTrue();
        assertThat(watcher.status().fromDisk()).isTrue();
        assertThat(watcher.current().tablets().get(ALIAS).hostname()).isEqualTo("before");
        assertThat(watcher.current().keyspaces().keySet()).containsExactly("commerce", "customer");

        etcd.restart();
        setHostname("after");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        watcher.current().tablets().get(ALIAS).hostname())
                .isEqualTo("after"));
        await().untilAsserted(() -> assertThat(watcher.status().fromDisk()).isFalse());
    }

    @Test
    void start_withoutEtcd_policyWait_beginsWhenItComes() throws Exception {
        etcd.process().kill();
        Thread opening = new Thread(() -> open(config().withStart(StartPolicy.WAIT, null, Duration.ofSeconds(1))));
        opening.start();
        opening.join(3000);
        assertThat(opening.isAlive()).as("still waits").isTrue();
        etcd.restart();
        opening.join(10_000);
        assertThat(opening.isAlive()).isFalse();
        assertThat(watcher.current().tablets()).hasSize(3);
    }

    private void assertNeverBackwards() {
        int last = -1;
        for (ServingState state : states) {
            String hostname = state.tablets().get(ALIAS).hostname();
            int now = hostname.startsWith("cut-") ? Integer.parseInt(hostname.substring(4)) : -1;
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
    }
}
