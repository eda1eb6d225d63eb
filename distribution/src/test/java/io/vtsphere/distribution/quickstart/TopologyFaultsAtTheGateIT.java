package io.vtsphere.distribution.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.distribution.quickstart.RunningCluster.Cluster;
import io.vtsphere.topo.VSchemaJson;
import io.vtsphere.topo.server.RecordPaths;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients see of a topology with mistakes in it, at a gate, over real tablets. */
@ExtendWith(RunningCluster.class)
class TopologyFaultsAtTheGateIT {
    private static final String NEW_KEYSPACE = "{\"tables\": {\"only_here\": {}}}";

    @Test
    void faultyVSchema_lastGoodServes_faultIsShown_otherKeyspacesMoveOn(Cluster cluster) throws Exception {
        try (ClusterTopology topology = new ClusterTopology(cluster);
                Connection connection = cluster.connect("customer")) {
            Vschema.SrvVSchema good = topology.srvVSchema();
            Vschema.Keyspace customer = good.getKeyspacesOrThrow("customer");
            topology.put(
                    RecordPaths.SRV_VSCHEMA,
                    good.toBuilder()
                            .putKeyspaces(
                                    "customer",
                                    customer.toBuilder()
                                            .putVindexes(
                                                    "hash",
                                                    Vschema.Vindex.newBuilder()
                                                            .setType("no_such_vindex")
                                                            .build())
                                            .putTables(
                                                    "more",
                                                    Vschema.Table.newBuilder()
                                                            .setType("odd")
                                                            .build())
                                            .build())
                            .putKeyspaces("extra", VSchemaJson.parse(NEW_KEYSPACE))
                            .build());
            try {
                await().untilAsserted(() -> assertThat(ConnectorJIT.rows(connection, "show vschema keyspaces"))
                        .containsExactly(
                                "commerce,false,unmanaged,",
                                "customer,true,unmanaged,vindexType \"no_such_vindex\" not found",
                                "extra,false,unmanaged,"));
                JsonObject page = topology.page().getAsJsonObject("keyspaces").getAsJsonObject("customer");
                assertThat(page.getAsJsonArray("vschema_faults").toString())
                        .contains("no_such_vindex", "unidentified table type odd");
                assertThat(page.get("tables").getAsInt()).isEqualTo(2);
                assertThat(topology.metric("topology_vschema_faults")).isEqualTo(1);

                // still by the vindex of the version before
                assertThat(ConnectorJIT.rows(connection, "select email from customer where customer_id = 4"))
                        .containsExactly("dan@domain.com");
                assertThat(ConnectorJIT.rows(connection, "show vschema vindexes"))
                        .contains("customer,hash,hash,,");
                assertThat(ConnectorJIT.rows(connection, "show vschema tables")).containsExactly("corder", "customer");
            } finally {
                topology.put(RecordPaths.SRV_VSCHEMA, good);
            }
            await().untilAsserted(() -> assertThat(ConnectorJIT.rows(connection, "show vschema keyspaces"))
                    .containsExactly("commerce,false,unmanaged,", "customer,true,unmanaged,"));
            assertThat(topology.metric("topology_vschema_faults")).isZero();
        }
    }

    @Test
    void shardMissing_scatterNamesTheHole_queriesOfTheOthersWork(Cluster cluster) throws Exception {
        hurtShards(
                cluster,
                List.of("-40", "80-"),
                "keyspace customer: a hole between key ranges -40 and 80-",
                "select email from customer where customer_id = 4",
                "dan@domain.com");
    }

    @Test
    void shardsOverlap_scatterNamesTheOverlap_queriesOutsideItWork(Cluster cluster) throws Exception {
        hurtShards(
                cluster,
                List.of("-80", "40-80", "80-"),
                "keyspace customer: an overlap of key ranges -80 and 40-80",
                "select email from customer where customer_id = 4",
                "dan@domain.com");
    }

    /** Serves only these shards; a scatter must fail with the text, the other query must work. */
    private static void hurtShards(Cluster cluster, List<String> shards, String text, String working, String answer)
            throws Exception {
        try (ClusterTopology topology = new ClusterTopology(cluster);
                Connection connection = cluster.connect("customer")) {
            Topodata.SrvKeyspace good = topology.srvKeyspace("customer");
            Topodata.SrvKeyspace.Builder hurt = good.toBuilder();
            for (Topodata.SrvKeyspace.KeyspacePartition.Builder partition : hurt.getPartitionsBuilderList()) {
                partition.clearShardReferences();
                for (String shard : shards) {
                    partition.addShardReferences(Topodata.ShardReference.newBuilder()
                            .setName(shard)
                            .setKeyRange(io.vtsphere.topo.KeyRanges.proto(io.vtsphere.vindex.KeyRange.parse(shard))));
                }
            }
            topology.put(RecordPaths.srvKeyspace("customer"), hurt.build());
            try {
                await().untilAsserted(() -> assertThatThrownBy(
                                () -> ConnectorJIT.rows(connection, "select count(*) from customer"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining(text));
                assertThat(ConnectorJIT.rows(connection, working)).containsExactly(answer);
                assertThat(topology.page()
                                .getAsJsonObject("keyspaces")
                                .getAsJsonObject("customer")
                                .getAsJsonObject("shards")
                                .getAsJsonObject("primary")
                                .get("fault")
                                .getAsString())
                        .isNotEmpty();
            } finally {
                topology.put(RecordPaths.srvKeyspace("customer"), good);
            }
            await().ignoreExceptions().untilAsserted(() -> assertThat(
                            ConnectorJIT.rows(connection, "select count(*) from customer where customer_id <= 5"))
                    .containsExactly("5"));
        }
    }
}
