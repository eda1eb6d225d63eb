package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.watch.TopologyConfig;
import io.vtsphere.topo.watch.TopologyWatcher;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A table that is being moved: its old shard refuses statements before the gate has heard of the new one. */
class StalePlanTest {
    private static final VindexRegistry VINDEXES = VindexRegistry.load();

    private final FakeTablets tablets = new FakeTablets();
    private final TopoServer topo = TopoServer.open(new MemoryTopo(), "memory", "/vitess/global");
    private final TopologyWatcher watcher;
    private final Gate gate;
    private final Client client;
    private volatile boolean moved;

    StalePlanTest() {
        topo.cells()
                .create(
                        "zone1",
                        Topodata.CellInfo.newBuilder()
                                .setServerAddress("memory")
                                .setRoot("/vitess/zone1")
                                .build());
        Cluster.vschema().getKeyspacesMap().forEach((name, vschema) -> {
            topo.keyspaces().create(name, "none");
            List<String> shards = vschema.getSharded() ? List.of("-80", "80-") : List.of("0");
            shards.forEach(shard -> topo.shards().create(name, shard));
            topo.servingGraph().rebuild(name, List.of("zone1"));
            topo.vschemas().apply(name, vschema, VINDEXES);
        });
        topo.vschemas().rebuild(List.of("zone1"));
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        watcher = TopologyWatcher.open(TopologyConfig.of("zone1", List.of("zone1")), topo, VINDEXES, meters);
        gate = Gate.open(GateConfig.of(Map.of("stale-plan-timeout", "10000")), watcher, tablets, meters);
        client = new Client(gate);
        client.initDb("customer");
        tablets.answer((target, query) -> {
            if (!moved) {
                throw VtException.of(
                        Code.FAILED_PRECONDITION, "disallowed due to rule: enforce denied tables, CallerID: x");
            }
            return Results.affected(1);
        });
    }

    /** The table serves from now on, and the VSchema says something new. */
    private void move() {
        moved = true;
        Vschema.Keyspace commerce = Cluster.vschema().getKeyspacesOrThrow("commerce").toBuilder()
                .putTables("moved", Vschema.Table.getDefaultInstance())
                .build();
        topo.vschemas().apply("commerce", commerce, VINDEXES);
        topo.vschemas().rebuild(List.of("zone1"));
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
        watcher.close();
        topo.close();
    }

    @Test
    void aStatementOfOneShard_waitsForANewerVSchema_andRunsThen() {
        retried("update customer set email = 'x' where customer_id = 1", 2);
    }

    @Test
    void aStatementOfSeveralShards_doesTheSame() {
        retried("delete from customer where email = 'x'", 4);
    }

    private void retried(String sql, int calls) {
        CompletableFuture<Client.Answer> answer = client.start(handler -> client.session.query(sql, handler));
        Awaitility.await().until(() -> tablets.log().size() >= calls / 2);
        assertThat(answer).isNotDone();

        move();

        assertThat(Client.await(answer).end().affectedRows()).isPositive();
        assertThat(tablets.log().stream().filter(call -> call.contains("customer")))
                .hasSize(calls);
    }

    @Test
    void aShardThatWasReshardedAway_isPlannedAnew() {
        tablets.answer((target, query) -> {
            if (!moved) {
                throw VtException.of(Code.UNAVAILABLE, "destination shard is missing after a resharding operation");
            }
            return Results.affected(1);
        });
        retried("update customer set email = 'x' where customer_id = 1", 2);
    }

    @Test
    void inATransaction_theErrorIsTheAnswer() {
        client.query("begin");
        assertThat(client.error("update customer set email = 'x' where customer_id = 1")
                        .getMessage())
                .contains("enforce denied tables");
    }
}
