package io.vtsphere.tablet.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.vitess.proto.Topodata;
import io.vtsphere.tablet.TabletFlags;
import io.vtsphere.tablet.TabletProcess;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.server.TopoServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabletRegistrationIT {
    private static final TabletAlias ALIAS = new TabletAlias("zone1", 200);

    @TempDir
    static Path directory;

    private static MySqlProcess mysql;

    private final MemoryTopo memory = new MemoryTopo();
    private final TopoServer topo = TopoServer.open(memory, "", "/vitess/global");

    @BeforeAll
    static void start() throws Exception {
        mysql = MySqlProcess.start(MySqlProcess.Options.in(directory));
        mysql.execute("", "create database vt_customer");
    }

    @AfterAll
    static void stop() {
        mysql.close();
    }

    @Test
    void firstStart_emptyTopology_makesAllRecords() throws Exception {
        createCell();
        try (TabletProcess process = start("primary")) {
            awaitType(process, TabletType.PRIMARY);
            Topodata.Tablet record = topo.tablets().get(ALIAS);
            assertThat(record.getPortMapOrThrow("grpc"))
                    .isEqualTo(process.server().grpcPort());
            assertThat(record.getPortMapOrThrow("vt")).isEqualTo(process.httpPort());
            assertThat(record.getKeyspace()).isEqualTo("customer");
            assertThat(record.getShard()).isEqualTo("-80");
            assertThat(record.getKeyRange().getEnd()).isEqualTo(ByteString.copyFrom(new byte[] {(byte) 0x80}));
            assertThat(record.getMysqlPort()).isEqualTo(mysql.port());
            assertThat(record.hasTabletShutdownTime()).isFalse();
            Topodata.Shard shard = topo.shards().get("customer", "-80");
            assertThat(shard.getPrimaryAlias()).isEqualTo(ALIAS.proto());
            assertThat(shard.getPrimaryTermStartTime()).isEqualTo(record.getPrimaryTermStartTime());
            assertThat(topo.tablets().inCell("zone1")).hasSize(1);
        }
        assertThat(topo.tablets().get(ALIAS).hasTabletShutdownTime()).isTrue();
    }

    @Test
    void tabletControls_areObeyed_andTakenBack() throws Exception {
        createCell();
        try (TabletProcess process = start("primary")) {
            awaitType(process, TabletType.PRIMARY);
            Awaitility.await().until(() -> process.server().status().serving());
            topo.shards().create("customer", "80-");
            topo.shards().update("customer", "80-", record -> record.toBuilder()
                    .setIsPrimaryServing(true)
                    .build());
            topo.servingGraph().rebuild("customer", List.of("zone1"));
            topo.tabletControls().setQueryServiceDisabled("customer", "-80", TabletType.PRIMARY, List.of(), true);
            Awaitility.await().until(() -> !process.server().status().serving());
            assertThat(process.server().status().error()).isEqualTo("TabletControl.DisableQueryService set");
            assertThat(process.server().status().type()).isEqualTo(TabletType.PRIMARY);
            topo.tabletControls().setQueryServiceDisabled("customer", "-80", TabletType.PRIMARY, List.of(), false);
            Awaitility.await().until(() -> process.server().status().serving());
        }
    }

    @Test
    void restart_typeInTheTopology_winsOverTheFlag() throws Exception {
        createCell();
        Topodata.Tablet first;
        try (TabletProcess process = start("primary")) {
            awaitType(process, TabletType.PRIMARY);
            first = topo.tablets().get(ALIAS);
        }
        try (TabletProcess process = start("replica")) {
            awaitType(process, TabletType.PRIMARY);
            assertThat(topo.tablets().get(ALIAS).getPrimaryTermStartTime()).isEqualTo(first.getPrimaryTermStartTime());
            assertThat(topo.tablets().get(ALIAS).hasTabletShutdownTime()).isFalse();
        }
    }

    @Test
    void restart_anotherPrimaryMeanwhile_startsAsReplica() throws Exception {
        createCell();
        try (TabletProcess process = start("primary")) {
            awaitType(process, TabletType.PRIMARY);
        }
        topo.shards()
                .setPrimary(
                        "customer",
                        "-80",
                        new TabletAlias("zone1", 201),
                        Instant.now().plusSeconds(1));
        try (TabletProcess process = start("primary")) {
            awaitType(process, TabletType.REPLICA);
            assertThat(topo.shards().get("customer", "-80").getPrimaryAlias().getUid())
                    .isEqualTo(201);
        }
    }

    @Test
    void shardRecord_namesAnotherPrimary_tabletStepsDownAndComesBack() throws Exception {
        createCell();
        try (TabletProcess process = start("primary")) {
            awaitType(process, TabletType.PRIMARY);
            Instant later = Instant.now().plusSeconds(10);
            topo.shards().setPrimary("customer", "-80", new TabletAlias("zone1", 201), later);
            awaitType(process, TabletType.REPLICA);
            assertThat(topo.tablets().get(ALIAS).hasPrimaryTermStartTime()).isFalse();
            Awaitility.await().untilAsserted(() -> assertThat(mysql.queryOne("", "select @@global.super_read_only"))
                    .isEqualTo("1"));

            topo.shards().setPrimary("customer", "-80", ALIAS, later.plusSeconds(10));
            awaitType(process, TabletType.PRIMARY);
            assertThat(process.server().status().primaryTermStart())
                    .isEqualTo(later.plusSeconds(10).getEpochSecond());
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(process.server().status().serving()).isTrue());
            assertThat(mysql.queryOne("", "select @@global.read_only")).isEqualTo("0");
        }
    }

    @Test
    void ownRecord_changed_isFollowed() throws Exception {
        createCell();
        try (TabletProcess process = start("replica")) {
            awaitType(process, TabletType.REPLICA);
            topo.tablets().update(ALIAS, record -> record.toBuilder()
                    .setType(Topodata.TabletType.RDONLY)
                    .build());
            awaitType(process, TabletType.RDONLY);

            // as TabletExternallyReparented leaves it on the tablet that is promoted: its term is later than the
            // shard's
            Instant term = Instant.now().plusSeconds(20);
            topo.tablets().update(ALIAS, record -> record.toBuilder()
                    .setType(Topodata.TabletType.PRIMARY)
                    .setPrimaryTermStartTime(Role.proto(term))
                    .build());
            awaitType(process, TabletType.PRIMARY);
            Awaitility.await().untilAsserted(() -> assertThat(
                            topo.shards().get("customer", "-80").getPrimaryAlias())
                    .isEqualTo(ALIAS.proto()));
        }
    }

    @Test
    void topologyComesLater_queriesAreServedMeanwhile() throws Exception {
        mysql.execute("", "set global super_read_only = off, global read_only = off");
        try (TabletProcess process = start("primary")) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> process.server().status().serving());
            assertThat(get(process, "/readyz")).isEqualTo("ready\n");
            createCell();
            awaitType(process, TabletType.PRIMARY);
            assertThat(get(process, "/metrics")).contains("vtsphere_tablet_serving 1.0");
        }
    }

    private void createCell() {
        topo.cells()
                .create(
                        "zone1",
                        Topodata.CellInfo.newBuilder()
                                .setServerAddress("memory")
                                .setRoot("/vitess/zone1")
                                .build());
    }

    private TabletProcess start(String type) throws Exception {
        return TabletProcess.start(
                TabletFlags.parse(
                        "--tablet-path=zone1-200",
                        "--init-keyspace=customer",
                        "--init-shard=-80",
                        "--init-tablet-type=" + type,
                        "--db-port=" + mysql.port(),
                        "--health-check-interval=100ms",
                        "--shutdown-grace-period=100ms",
                        "--topo-global-server-address=memory"),
                memory);
    }

    private void awaitType(TabletProcess process, TabletType type) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Topodata.Tablet record = topo.tablets().find(ALIAS);
            assertThat(record).isNotNull();
            assertThat(record.hasTabletShutdownTime()).isFalse();
            assertThat(record.getType()).isEqualTo(type.proto());
            assertThat(process.server().status().type()).isEqualTo(type);
        });
    }

    private static String get(TabletProcess process, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + process.httpPort() + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
