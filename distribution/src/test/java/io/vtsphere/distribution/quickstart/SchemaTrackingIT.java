package io.vtsphere.distribution.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vitess.proto.Vschema;
import io.vtsphere.distribution.quickstart.RunningCluster.Cluster;
import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.server.GateServer;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.topo.ColumnVSchema;
import io.vtsphere.topo.KeyspaceVSchema;
import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second gate before the cluster, which tracks the schemas of its MySQLs. */
@ExtendWith(RunningCluster.class)
class SchemaTrackingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void columnsAreKnown_tablesCome_cyclesOfForeignKeysAreShown(Cluster cluster) throws Exception {
        try (GateServer gate = open(cluster, Map.of("schema-tracking-interval", "1s"));
                GateServer without = open(cluster, Map.of("schema-change-signal", false));
                ClusterTopology topology = new ClusterTopology(cluster);
                Connection untracked = connect(without);
                Connection tracked = connect(gate)) {
            assertThat(columns(gate, "customer", "customer"))
                    .as("as soon as clients are let in")
                    .containsExactly("customer_id", "email");
            String insert = "insert into customer values(77001, 'tracked@domain.com')";
            assertThatThrownBy(() -> ConnectorJIT.execute(untracked, insert))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("VT09004");
            ConnectorJIT.execute(tracked, insert);
            assertThat(ConnectorJIT.rows(untracked, "select email from customer where customer_id = 77001"))
                    .containsExactly("tracked@domain.com");
            ConnectorJIT.execute(tracked, "delete from customer where customer_id = 77001");

            Vschema.SrvVSchema before = topology.srvVSchema();
            try {
                foreignKeys(cluster, topology, gate);
            } finally {
                topology.put("SrvVSchema", before);
                cluster.processes()
                        .mysql(100)
                        .execute("vt_commerce", "set foreign_key_checks = 0", "drop table if exists egg, hen");
            }
        }
    }

    /** Nothing but what the tablets say makes the second gate ask again. */
    @Test
    void anotherGatesDdl_isKnownByTheTabletsSignal(Cluster cluster) throws Exception {
        try (GateServer gate = open(cluster, Map.of("schema-tracking-interval", "1h"));
                GateServer other = open(cluster, Map.of("schema-change-signal", false));
                Connection elsewhere = connect(other)) {
            ConnectorJIT.execute(elsewhere, "create table signalled (id bigint primary key)");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(columns(gate, "customer", "signalled"))
                    .containsExactly("id"));
            ConnectorJIT.execute(elsewhere, "alter table signalled add column name varchar(20)");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(columns(gate, "customer", "signalled"))
                    .containsExactly("id", "name"));
            ConnectorJIT.execute(elsewhere, "drop table signalled");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(columns(gate, "customer", "signalled"))
                    .isEmpty());
        }
    }

    /** Two tables that delete each other's rows, in an unsharded keyspace whose foreign keys the gate manages. */
    private static void foreignKeys(Cluster cluster, ClusterTopology topology, GateServer gate) throws Exception {
        cluster.processes()
                .mysql(100)
                .execute(
                        "vt_commerce",
                        "create table hen (id int primary key, egg_id int)",
                        "create table egg (id int primary key, hen_id int,"
                                + " foreign key (hen_id) references hen (id) on delete cascade)");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(columns(gate, "commerce", "egg"))
                .containsExactly("id", "hen_id"));
        topology.putVSchema(
                "commerce",
                topology.srvVSchema().getKeyspacesOrThrow("commerce").toBuilder()
                        .setForeignKeyMode(Vschema.Keyspace.ForeignKeyMode.managed)
                        .build());
        await().atMost(PATIENCE)
                .until(() -> vschema(gate, "commerce").foreignKeyMode() == KeyspaceVSchema.ForeignKeyMode.MANAGED);
        assertThat(vschema(gate, "commerce").error()).isNull();

        cluster.processes()
                .mysql(100)
                .execute(
                        "vt_commerce",
                        "alter table hen add foreign key (egg_id) references egg (id) on delete cascade");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(vschema(gate, "commerce").error())
                                .hasMessage(
                                        "VT09019: keyspace 'commerce' has cyclic foreign keys. Cycle exists between [egg.id hen.id egg.id]"));
    }

    private static KeyspaceVSchema vschema(GateServer gate, String keyspace) {
        return gate.states().current().keyspace(keyspace).vschema();
    }

    private static List<String> columns(GateServer gate, String keyspace, String table) {
        var found = vschema(gate, keyspace).table(table);
        return found == null
                ? List.of()
                : found.columns().stream().map(ColumnVSchema::name).toList();
    }

    private static Connection connect(GateServer gate) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + gate.mysqlPort()
                        + "/customer?sslMode=DISABLED&allowPublicKeyRetrieval=true",
                "root",
                "");
    }

    private static GateServer open(Cluster cluster, Map<String, Object> tracking) throws Exception {
        Map<String, Object> keys = new HashMap<>(GateConfiguration.keys(cluster.settings()));
        keys.put("port", 0);
        keys.put("topo-start-policy", "fail");
        keys.remove("topo-snapshot-file");
        keys.putAll(tracking);
        return GateServer.open(
                GateServerConfig.of(keys), new EtcdTopo(EtcdConfig.defaults()), 0, MySqlListener::initializer);
    }
}
