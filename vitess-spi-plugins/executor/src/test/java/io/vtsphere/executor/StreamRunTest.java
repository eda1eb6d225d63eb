package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamRunTest {
    private static final List<Query.Field> ID = List.of(Results.field("customer_id", SqlType.INT64));

    /** MySQL has no weight string for numbers. */
    private static final List<Query.Field> WEIGHTED =
            List.of(ID.get(0), Results.field("weight_string(customer_id)", SqlType.VARBINARY));

    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate = Cluster.gate(tablets, Map.of("max-memory-rows", "3"));
    private final Client client = new Client(gate);

    StreamRunTest() {
        client.initDb("customer");
        client.query("set workload = olap");
        tablets.answer((target, query) -> {
            boolean weights = query.getSql().contains("weight_string");
            Query.QueryResult.Builder result = Query.QueryResult.newBuilder().addAllFields(weights ? WEIGHTED : ID);
            int odd = target.shard().equals("-80") ? 1 : 0;
            for (int i = 0; i < 300; i++) {
                String id = Integer.toString(2 * i + odd);
                result.addRows(weights ? Results.row(id, null) : Results.row(id));
            }
            return result.build();
        });
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    private static List<List<@Nullable String>> upTo(int count) {
        List<List<@Nullable String>> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(List.of(Integer.toString(i)));
        }
        return numbers;
    }

    @Test
    void orderedRowsOfSeveralShards_areMergedAsTheyCome_whateverTheirNumber() {
        Client.Answer answer = client.query("select customer_id from customer order by customer_id");

        assertThat(answer.texts()).isEqualTo(upTo(600));
        assertThat(answer.fields()).isEqualTo(ID);
        assertThat(client.query("select found_rows()").texts()).containsExactly(List.of("600"));
    }

    @Test
    void unorderedRows_allCome() {
        assertThat(client.query("select customer_id from customer").texts())
                .containsExactlyInAnyOrderElementsOf(upTo(600));
    }

    @Test
    void aClientThatDoesNotRead_stopsTheTablets() {
        client.setWritable(false);
        CompletableFuture<Client.Answer> answer = client.start(
                handler -> client.session.query("select customer_id from customer order by customer_id", handler));
        client.onLoop(() -> {});
        client.onLoop(() -> {});
        assertThat(tablets.pieces()).isZero();
        assertThat(answer).isNotDone();

        client.setWritable(true);

        assertThat(Client.await(answer).texts()).hasSize(600);
    }

    @Test
    void anErrorOfOneShard_endsTheStatement() {
        tablets.answer((target, query) -> {
            if (target.shard().equals("80-")) {
                throw VtException.of(Code.NOT_FOUND, "no table (errno 1146) (sqlstate 42S02)");
            }
            return Results.rows(ID, Results.row("1"));
        });
        assertThat(client.error("select customer_id from customer order by customer_id")
                        .errno())
                .isEqualTo(1146);
        assertThat(client.query("begin").end().statusFlags()).isEqualTo(3);
    }

    @Test
    void inATransaction_eachShardJoinsIt() {
        client.query("begin");
        client.query("select customer_id from customer");
        assertThat(tablets.openTransactions()).isEqualTo(2);
        assertThat(tablets.log()).anyMatch(call -> call.startsWith("-80: stream tx select"));
        client.query("rollback");
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void kill_whileTheClientDoesNotRead_endsTheStatementAndNotTheSession() {
        client.setWritable(false);
        CompletableFuture<Client.Answer> answer = client.start(
                handler -> client.session.query("select customer_id from customer order by customer_id", handler));
        Awaitility.await()
                .until(() -> tablets.log().stream()
                                .filter(call -> call.contains("stream"))
                                .count()
                        == 2);

        client.onLoop(client.session::kill);

        assertThatThrownBy(() -> Client.await(answer))
                .isInstanceOfSatisfying(
                        VtException.class, error -> assertThat(error.errno()).isEqualTo(1317));
        client.setWritable(true);
        assertThat(client.query("select customer_id from customer").rows()).hasSize(600);
    }

    @Test
    void close_whileTheClientDoesNotRead_cancelsTheStreams() {
        client.query("begin");
        client.setWritable(false);
        CompletableFuture<Client.Answer> answer =
                client.start(handler -> client.session.query("select customer_id from customer", handler));
        Awaitility.await().until(() -> tablets.openTransactions() == 2);

        client.onLoop(client.session::close);

        Awaitility.await().until(() -> tablets.openTransactions() == 0);
        assertThat(answer).isNotDone();
    }
}
