package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitess.proto.Query;
import io.vtsphere.gateway.TabletHealth;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplicationStatusTest {
    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate = Cluster.gate(tablets, Map.of());
    private final Client client = new Client(gate);

    @AfterEach
    void stop() {
        client.close();
        gate.close();
    }

    private static TabletHealth tablet(int uid, String shard, TabletType type) {
        Tablet record = new Tablet(
                new TabletAlias("zone1", uid),
                "host" + uid,
                Map.of("grpc", 15_000),
                "customer",
                shard,
                type,
                "",
                Map.of(),
                "",
                0,
                null,
                null,
                null);
        Target target = new Target("customer", shard, type);
        return new TabletHealth(record, target, true, 0, 3, 0, 0, null, true, Instant.EPOCH, 0, 0);
    }

    private void serve() {
        tablets.tablets(List.of(
                tablet(200, "-80", TabletType.PRIMARY),
                tablet(201, "-80", TabletType.REPLICA),
                tablet(301, "80-", TabletType.RDONLY)));
        tablets.answer((target, query) -> {
            if (query.getSql().equals("show replica status")) {
                throw VtException.of(
                        Code.INVALID_ARGUMENT, "You have an error in your SQL syntax (errno 1064) (sqlstate 42000)");
            }
            if (target.shard().equals("80-")) {
                throw VtException.of(Code.UNAVAILABLE, "gone");
            }
            return Query.QueryResult.newBuilder()
                    .addFields(Fields.of("Slave_IO_Running", SqlType.VARCHAR))
                    .addFields(Fields.of("Slave_SQL_Running", SqlType.VARCHAR))
                    .addFields(Fields.of("Last_Error", SqlType.VARCHAR))
                    .addFields(Fields.of("Master_Host", SqlType.VARCHAR))
                    .addFields(Fields.of("Master_Port", SqlType.INT64))
                    .addFields(Fields.of("Seconds_Behind_Master", SqlType.INT64))
                    .addRows(Results.row("Yes", "No", "a \"quoted\" error", "127.0.0.1", "3306", "7"))
                    .build();
        });
    }

    @Test
    void everyReplicaIsAsked_alsoOldMysqls_andWhoDoesNotAnswerHasNoValues() {
        serve();
        assertThat(client.query("show vitess_replication_status").texts())
                .containsExactly(
                        List.of(
                                "customer",
                                "-80",
                                "REPLICA",
                                "zone1-0000000201",
                                "host201",
                                "127.0.0.1:3306",
                                "{\"EventStreamRunning\":\"Yes\",\"EventApplierRunning\":\"No\","
                                        + "\"LastError\":\"a \\\"quoted\\\" error\"}",
                                "7",
                                ""),
                        List.of(
                                "customer",
                                "80-",
                                "RDONLY",
                                "zone1-0000000301",
                                "host301",
                                ":",
                                "{\"EventStreamRunning\":\"\",\"EventApplierRunning\":\"\",\"LastError\":\"\"}",
                                "-1",
                                ""));
    }

    @Test
    void like_filtersByKeyspaceAndShard() {
        serve();
        assertThat(client.query("show vitess_replication_status like 'customer/8%'")
                        .texts())
                .hasSize(1)
                .allSatisfy(row -> assertThat(row.get(1)).isEqualTo("80-"));
    }
}
