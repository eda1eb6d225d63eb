package io.vtsphere.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitess.proto.Topodata;
import io.vitess.proto.Topodata.ShardReference;
import io.vitess.proto.Topodata.SrvKeyspace.KeyspacePartition;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.server.RecordPaths;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The traffic of a shard goes over to the two that it was split into, under load.
 *
 * <p>Their data comes by MySQL's replication instead of VReplication; the cut-over is the one of {@code SwitchTraffic}: the source's query
 * service is switched off in the serving graph, the targets catch up, and the graph names them instead.
 */
@EnabledIfSystemProperty(named = "faults", matches = "full")
class ReshardIT {
    private static final String LEFT = "80-c0";
    private static final String RIGHT = "c0-";

    @TempDir
    static Path directory;

    @Test
    void cutOver_fromOneShardToTwo_noStatementFails() throws Exception {
        try (FaultCluster cluster = new FaultCluster(directory)) {
            new Scenario(cluster, "warm-up of the reshard", 1, Duration.ofSeconds(1), Duration.ofSeconds(1))
                    .run(() -> Scenario.pause(Duration.ofSeconds(6)));
            Scenario scenario = new Scenario(
                    cluster, "reshard of 80- to 80-c0 and c0-", 2, Duration.ofSeconds(4), Duration.ofSeconds(10));
            Figures figures = scenario.run(() -> {
                List<TabletNode> targets =
                        List.of(cluster.addNode(400, LEFT, cluster.b1), cluster.addNode(401, RIGHT, cluster.b1));
                for (TabletNode target : targets) {
                    cluster.topo.shards().create(FaultCluster.KEYSPACE, target.shard);
                    target.start(true);
                }
                awaitServing(cluster, targets);
                switchTraffic(cluster, targets);
                cluster.remove(cluster.b1);
                cluster.awaitWhole();
            });
            assertThat(figures.failedReplicaReads()).isZero();
            assertThat(figures.failedPrimaryReads()).isZero();
            assertThat(figures.failedWrites()).isZero();
            assertThat(figures.unknownWrites())
                    .as("a planned cut-over leaves nothing in doubt")
                    .isZero();
            assertThat(figures.recoverySeconds()).isLessThanOrEqualTo(10);
            for (TabletNode target : cluster.primaries()) {
                assertThat(foreign(target))
                        .as("rows of other shards in %s", target.shard)
                        .isEmpty();
            }
        }
    }

    private static void awaitServing(FaultCluster cluster, List<TabletNode> nodes) {
        List<TabletAlias> wanted = nodes.stream().map(TabletNode::alias).toList();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> cluster.gateway.tablets().stream()
                                .filter(tablet -> tablet.serving()
                                        && wanted.contains(tablet.tablet().alias()))
                                .count()
                        == wanted.size());
    }

    private static void switchTraffic(FaultCluster cluster, List<TabletNode> targets) throws Exception {
        cluster.topo
                .tabletControls()
                .setQueryServiceDisabled(FaultCluster.KEYSPACE, FaultCluster.B, TabletType.PRIMARY, List.of(), true);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> cluster.gateway.tablets().stream()
                .noneMatch(tablet -> tablet.serving() && tablet.tablet().alias().equals(cluster.b1.alias())));
        // waits for what is being committed
        cluster.b1.mysql.execute("", "set global super_read_only = on");
        String all = FaultCluster.executed(cluster.b1);
        for (TabletNode target : targets) {
            assertThat(target.mysql.queryOne("", "select wait_for_executed_gtid_set('" + all + "', 20)"))
                    .isEqualTo("0");
            target.mysql.execute("", "stop slave", "reset slave all");
            deleteForeign(target);
        }
        cluster.topo.shards().setPrimaryServing(FaultCluster.KEYSPACE, FaultCluster.B, false);
        for (TabletNode target : targets) {
            cluster.topo.shards().setPrimaryServing(FaultCluster.KEYSPACE, target.shard, true);
        }
        serve(cluster, targets);
    }

    /** As Vitess' MigrateServedType: the graph names the new shards in the place of the old one, whose control stays. */
    private static void serve(FaultCluster cluster, List<TabletNode> targets) {
        Topodata.SrvKeyspace graph = cluster.topo.servingGraph().find("zone1", FaultCluster.KEYSPACE);
        assertThat(graph).isNotNull();
        Topodata.SrvKeyspace.Builder changed = graph.toBuilder();
        for (KeyspacePartition.Builder partition : changed.getPartitionsBuilderList()) {
            List<ShardReference> shards = new ArrayList<>(partition.getShardReferencesList());
            shards.removeIf(shard -> shard.getName().equals(FaultCluster.B));
            for (TabletNode target : targets) {
                shards.add(ShardReference.newBuilder()
                        .setName(target.shard)
                        .setKeyRange(cluster.topo
                                .shards()
                                .get(FaultCluster.KEYSPACE, target.shard)
                                .getKeyRange())
                        .build());
            }
            partition.clearShardReferences().addAllShardReferences(shards);
        }
        cluster.topo
                .cells()
                .connection("zone1")
                .put(
                        RecordPaths.srvKeyspace(FaultCluster.KEYSPACE),
                        changed.build().toByteString());
    }

    private static void deleteForeign(TabletNode target) throws Exception {
        for (String row : foreign(target)) {
            String[] parts = row.split(" ", 2);
            target.mysql.execute("vt_ks", "delete from " + parts[0] + " where id in (" + parts[1] + ")");
        }
    }

    /** Table and ids of the rows that belong to another shard; a line for each table that has such. */
    private static List<String> foreign(TabletNode target) throws Exception {
        List<String> found = new ArrayList<>();
        for (String table : List.of("t", "seed", "counter")) {
            List<Long> ids = new ArrayList<>();
            try (Connection connection = target.mysql.connect("vt_ks");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select id from " + table)) {
                while (rows.next()) {
                    if (!Load.isIn(target.shard, rows.getLong(1))) {
                        ids.add(rows.getLong(1));
                    }
                }
            }
            if (!ids.isEmpty()) {
                found.add(table + " " + ids.stream().map(String::valueOf).collect(Collectors.joining(",")));
            }
        }
        return found;
    }
}
