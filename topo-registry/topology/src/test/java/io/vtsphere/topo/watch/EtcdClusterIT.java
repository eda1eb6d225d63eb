package io.vtsphere.topo.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Topodata;
import io.vtsphere.testkit.EtcdProcess;
import io.vtsphere.testkit.Ports;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.Recording;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd of three members that lose each other. */
class EtcdClusterIT {
    private static final int MEMBERS = 3;
    private static final TabletAlias ALIAS = new TabletAlias("zone1", 200);

    @TempDir
    private Path directory;

    private final List<EtcdProcess> members = new ArrayList<>();
    private String addresses = "";
    private EtcdTopo writerTopo;
    private EtcdTopo watcherTopo;
    private TopoConnection cell;

    @BeforeEach
    void start() throws IOException {
        List<Integer> peers = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            peers.add(Ports.free());
        }
        StringBuilder cluster = new StringBuilder();
        for (int i = 0; i < MEMBERS; i++) {
            cluster.append(i == 0 ? "" : ",")
                    .append("m")
                    .append(i)
                    .append("=http://127.0.0.1:")
                    .append(peers.get(i));
        }
        for (int i = 0; i < MEMBERS; i++) {
            members.add(EtcdProcess.start(
                    directory.resolve("m" + i),
                    Ports.free(),
                    peers.get(i),
                    "--name=m" + i,
                    "--initial-cluster=" + cluster));
        }
        addresses = members.stream().map(EtcdProcess::address).collect(Collectors.joining(","));
        writerTopo = new EtcdTopo(EtcdConfig.defaults());
        watcherTopo = new EtcdTopo(EtcdConfig.defaults());
        cell = writerTopo.connect(addresses, "/vitess/zone1");
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> cell.put("up", ByteString.EMPTY) > 0);
        Recording.load("etcd-commerce-customer.json").copyTo(writerTopo.connect(addresses, "/"));
        writerTopo
                .connect(addresses, Recording.GLOBAL_ROOT)
                .put(
                        RecordPaths.cellInfo("zone1"),
                        Topodata.CellInfo.newBuilder()
                                .setServerAddress(addresses)
                                .setRoot("/vitess/zone1")
                                .build()
                                .toByteString());
    }

    @AfterEach
    void stop() {
        watcherTopo.close();
        writerTopo.close();
        members.forEach(EtcdProcess::close);
    }

    @Test
    void eachMemberLostInTurn_changesStillArrive() throws Exception {
        try (TopoServer server = TopoServer.open(watcherTopo, addresses, Recording.GLOBAL_ROOT);
                TopologyWatcher watcher = open(server)) {
            for (int i = 0; i < MEMBERS; i++) {
                members.get(i).process().kill();
                setHostname("without-" + i);
                awaitHostname(watcher, "without-" + i);
                members.get(i).restart();
                setHostname("with-" + i);
                awaitHostname(watcher, "with-" + i);
            }
        }
    }

    @Test
    void majorityLost_isNoticed_stateStays_changeArrivesAfterTheReturn() throws Exception {
        try (TopoServer server = TopoServer.open(watcherTopo, addresses, Recording.GLOBAL_ROOT);
                TopologyWatcher watcher = open(server)) {
            members.get(0).process().kill();
            members.get(1).process().kill();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(watcher.status().troubles()).containsKey("zone1/tablets"));
            assertThat(watcher.current().tablets()).hasSize(3);
            members.get(0).restart();
            setHostname("majority-again");
            awaitHostname(watcher, "majority-again");
        }
    }

    private static TopologyWatcher open(TopoServer server) {
        return TopologyWatcher.open(
                TopologyConfig.of("zone1", List.of("zone1")), server, VindexRegistry.load(), new SimpleMeterRegistry());
    }

    /** Writes as soon as the members that are left have a leader. */
    private void setHostname(String hostname) {
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            String path = RecordPaths.tablet(ALIAS);
            Topodata.Tablet before = tablet(path);
            return cell.put(
                            path,
                            before.toBuilder().setHostname(hostname).build().toByteString())
                    > 0;
        });
    }

    private Topodata.Tablet tablet(String path) throws InvalidProtocolBufferException {
        return Topodata.Tablet.parseFrom(cell.get(path).contents());
    }

    private static void awaitHostname(TopologyWatcher watcher, String hostname) {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(
                        watcher.current().tablets().get(ALIAS).hostname())
                .isEqualTo(hostname));
    }
}
