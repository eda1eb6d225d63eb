package io.vtsphere.distribution.vtctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.vitess.proto.Topodata;
import io.vitess.proto.grpc.TabletManagerGrpc;
import io.vitess.proto.grpc.Tabletmanagerservice.ChangeTypeRequest;
import io.vitess.proto.grpc.Tabletmanagerservice.ChangeTypeResponse;
import io.vitess.proto.grpc.Tabletmanagerservice.RefreshStateRequest;
import io.vitess.proto.grpc.Tabletmanagerservice.RefreshStateResponse;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.server.TopoServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that a tablet has a say in: one with a tablet manager, as vttablet, and one that follows its records. */
class ReparentCommandTest extends VtctlRuns {
    private static final TabletAlias OLD = new TabletAlias("zone1", 1);
    private static final TabletAlias NEW = new TabletAlias("zone1", 2);

    private final TopoServer server = TopoServer.open(topo, "", "/vitess/global");
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Server tablet;

    /** A tablet's port, with or without the service. */
    private void listen(boolean manager) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0));
        if (manager) {
            builder.addService(new Manager());
        }
        tablet = builder.build().start();
    }

    private final class Manager extends TabletManagerGrpc.TabletManagerImplBase {
        @Override
        public void changeType(ChangeTypeRequest request, StreamObserver<ChangeTypeResponse> answer) {
            asked.add(request.getTabletType() + (request.getSemiSync() ? " semi-sync" : ""));
            answer.onNext(ChangeTypeResponse.getDefaultInstance());
            answer.onCompleted();
        }

        @Override
        public void refreshState(RefreshStateRequest request, StreamObserver<RefreshStateResponse> answer) {
            asked.add("refresh");
            answer.onNext(RefreshStateResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }

    @BeforeEach
    void cell() {
        server.cells()
                .create(
                        "zone1",
                        Topodata.CellInfo.newBuilder().setRoot("/vitess/zone1").build());
    }

    private void shard(int port) {
        for (TabletAlias alias : List.of(OLD, NEW)) {
            server.tablets()
                    .register(Topodata.Tablet.newBuilder()
                            .setAlias(alias.proto())
                            .setHostname("127.0.0.1")
                            .putPortMap("grpc", port)
                            .setKeyspace("ks")
                            .setShard("0")
                            .setType(alias.equals(OLD) ? Topodata.TabletType.PRIMARY : Topodata.TabletType.REPLICA)
                            .build());
        }
        server.shards().setPrimary("ks", "0", OLD, Instant.ofEpochSecond(1_000));
    }

    @AfterEach
    void close() {
        if (tablet != null) {
            tablet.shutdownNow();
        }
        server.close();
    }

    @Test
    void externallyReparented_tabletThatFollowsItsRecords_theyAreWritten() throws IOException {
        listen(false);
        shard(tablet.getPort());
        assertThat(vtctl("TabletExternallyReparented", "zone1-2")).as(err).isZero();
        JsonObject answer = JsonParser.parseString(out).getAsJsonObject();
        assertThat(answer.get("keyspace").getAsString()).isEqualTo("ks");
        assertThat(answer.get("shard").getAsString()).isEqualTo("0");
        assertThat(answer.getAsJsonObject("new_primary").get("uid").getAsInt()).isEqualTo(2);
        assertThat(answer.getAsJsonObject("old_primary").get("uid").getAsInt()).isEqualTo(1);

        Topodata.Shard shard = server.shards().get("ks", "0");
        Topodata.Tablet primary = server.tablets().get(NEW);
        assertThat(shard.getPrimaryAlias()).isEqualTo(NEW.proto());
        assertThat(shard.getPrimaryTermStartTime().getSeconds()).isGreaterThan(1_000);
        assertThat(primary.getType()).isEqualTo(Topodata.TabletType.PRIMARY);
        assertThat(primary.getPrimaryTermStartTime()).isEqualTo(shard.getPrimaryTermStartTime());
        assertThat(server.tablets().get(OLD).getType()).isEqualTo(Topodata.TabletType.REPLICA);

        // once more: it is the primary already
        assertThat(vtctl("TabletExternallyReparented", "zone1-2")).isZero();
        assertThat(server.shards().get("ks", "0")).isEqualTo(shard);
    }

    @Test
    void externallyReparented_tabletWithAManager_isAskedAndWritesItsRecordsItself() throws IOException {
        listen(true);
        shard(tablet.getPort());
        server.keyspaces().setDurabilityPolicy("ks", "semi_sync");
        assertThat(vtctl("TabletExternallyReparented", "zone1-2")).as(err).isZero();
        assertThat(asked).containsExactly("PRIMARY semi-sync");
        assertThat(server.shards().get("ks", "0").getPrimaryAlias()).isEqualTo(OLD.proto());
    }

    @Test
    void externallyReparented_tabletAway_nothingIsWritten() throws IOException {
        listen(true);
        int port = tablet.getPort();
        tablet.shutdownNow();
        shard(port);
        assertThat(vtctl("TabletExternallyReparented", "zone1-2")).isEqualTo(1);
        assertThat(err).startsWith("vtsphere: deadline exceeded: tablet zone1-0000000002: UNAVAILABLE");
        assertThat(server.shards().get("ks", "0").getPrimaryAlias()).isEqualTo(OLD.proto());
        assertThat(vtctl("RefreshStateByShard", "ks/0")).isZero();
        assertThat(out)
                .isEqualTo("Refreshed state on ks/0\nState refresh was partial; some tablets in the shard may not have"
                        + " succeeded.\n");
    }

    @Test
    void refreshState_asksTheTablets() throws IOException {
        listen(true);
        shard(tablet.getPort());
        assertThat(vtctl("RefreshState", "zone1-2")).as(err).isZero();
        assertThat(out).isEqualTo("Refreshed state on zone1-0000000002\n");
        assertThat(vtctl("RefreshStateByShard", "--cells", "zone1", "ks/0")).isZero();
        assertThat(out).isEqualTo("Refreshed state on ks/0 in cells zone1\n");
        assertThat(asked).containsExactly("refresh", "refresh", "refresh");
    }
}
