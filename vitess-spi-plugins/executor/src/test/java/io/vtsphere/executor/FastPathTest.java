package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Query;
import io.vtsphere.gateway.Reply;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** No session thread exists here: whatever needs one fails. */
class FastPathTest {
    private final FakeTablets tablets = new FakeTablets();
    private final SessionThreads noThreads = SessionThreads.platform(1);
    private final Gate gate = new Gate(
            GateConfig.defaults(),
            ServingStates.fixed(Cluster.commerce()),
            tablets,
            new HandMadePlans(),
            noThreads,
            new SimpleMeterRegistry());
    private final Client client = new Client(gate);

    FastPathTest() {
        noThreads.close();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void statementsOfOneShard_runOnTheLoopFromEndToEnd_inAndOutOfATransaction() {
        tablets.answer((target, query) -> Results.rows(List.of(Results.field("id", SqlType.INT64)), Results.row("1")));

        assertThat(client.query("read 1").texts()).containsExactly(List.of("1"));
        client.query("begin");
        client.query("savepoint a");
        client.query("write 1");
        client.query("read 4");
        client.query("rollback to a");
        client.query("commit");

        assertThat(tablets.log())
                .containsExactly(
                        "-80: read",
                        "-80: begin [savepoint a] write",
                        "80-: begin [savepoint a] read",
                        "-80: tx rollback to a",
                        "80-: tx rollback to a",
                        "-80: commit",
                        "80-: commit");
    }

    @Test
    void insertOfOneRow_asksItsSequenceAndItsShardOnTheLoop() {
        Gate real = Gate.open(
                GateConfig.defaults(), ServingStates.fixed(Cluster.commerce()), tablets, new SimpleMeterRegistry());
        real.threads().close();
        tablets.answer((target, query) -> target.keyspace().equals("commerce")
                ? Results.rows(List.of(Results.field("nextval", SqlType.INT64)), Results.row("4"))
                : Results.affected(1));
        try (Client other = new Client(real)) {
            other.initDb("customer");
            assertThat(other.query("insert into customer(email) values ('x')")
                            .end()
                            .insertId())
                    .isEqualTo(4);
            assertThat(other.query("insert into customer(customer_id, email) values (1, 'x')")
                            .end()
                            .affectedRows())
                    .isEqualTo(1);
        }
        assertThat(tablets.log()).hasSize(3);
    }

    @Test
    void aReadOfSeveralShards_isPutTogetherOnTheLoop() {
        rowsOfEachShard(250);

        assertThat(client.query("scan").rows()).hasSize(500);
    }

    @Test
    void manyRows_errorsAndWrites_needASessionThread() {
        rowsOfEachShard(251);
        assertThat(client.error("scan").getMessage()).isEqualTo("the gate is shutting down");
        tablets.answer((target, query) -> {
            throw VtException.of(Code.UNAVAILABLE, "gone");
        });
        assertThat(client.error("scan").getMessage()).isEqualTo("the gate is shutting down");
        assertThat(client.error("write all").getMessage()).isEqualTo("the gate is shutting down");
    }

    private void rowsOfEachShard(int rows) {
        tablets.answer((target, query) -> {
            Query.QueryResult.Builder result =
                    Query.QueryResult.newBuilder().addFields(Results.field("id", SqlType.INT64));
            for (int i = 0; i < rows; i++) {
                result.addRows(Results.row(Integer.toString(i)));
            }
            return result.build();
        });
    }

    @Test
    void waiting_isRefusedOnAnEventLoop() throws Exception {
        LoopWait wait = new LoopWait(client.loop);

        assertThatThrownBy(() -> client.loop
                        .submit(() -> wait.<Boolean>await((Reply<Boolean> reply) -> reply.success(true)))
                        .get(5, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("blocking call on an event loop");
        assertThat(wait.<Boolean>await(reply -> reply.success(true))).isTrue();
    }

    @Test
    void sessionThreads_allBusy_isAClearError() {
        SessionThreads one = SessionThreads.platform(1);
        CompletableFuture<Boolean> release = new CompletableFuture<>();
        one.execute(release::join);

        assertThatThrownBy(() -> one.execute(() -> {}))
                .isInstanceOf(VtException.class)
                .hasMessage("all 1 session threads are busy with statements over several shards (session-threads)");
        release.complete(true);
        one.close();
    }
}
