package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers on two shards, who like products 0 to 9 (or NULL), of which keyspace commerce has the even ones. */
class JoinRunTest {
    private static final String JOIN =
            "select c.customer_id, p.name from customer c join commerce.product p on p.id = c.likes";
    private static final String LEFT_JOIN =
            "select c.customer_id, p.name from customer c left join commerce.product p on p.id = c.likes";

    private final FakeTablets tablets = new FakeTablets();
    private final List<Integer> asked = new ArrayList<>();
    private boolean holdsProducts;
    private int customers = 6;
    private int products = 10;
    private SqlType productType = SqlType.UINT32;
    private @Nullable VtException error;
    private Gate gate = gate(1_000);
    private Client client = new Client(gate);

    private Gate gate(int maxMemoryRows) {
        return Gate.open(
                GateConfig.of(Map.of("max-memory-rows", Integer.toString(maxMemoryRows))),
                ServingStates.fixed(Cluster.commerce()),
                tablets,
                new SimpleMeterRegistry());
    }

    private void workload(String workload, int maxMemoryRows) {
        close();
        gate = gate(maxMemoryRows);
        client = new Client(gate);
        tablets.answer(this::answer);
        client.initDb("customer");
        client.query("set workload = " + workload);
        tablets.clearLog();
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    private Query.QueryResult answer(Target target, Query.BoundQuery query) {
        if (query.getSql().contains("information_schema")) {
            throw VtException.of(Code.UNIMPLEMENTED, "no rows are gathered here");
        }
        boolean empty = query.getSql().contains("1 != 1");
        if (holdsProducts) {
            tablets.hold();
        }
        return target.keyspace().equals("customer") ? customers(target, empty) : products(query, empty);
    }

    private Query.QueryResult customers(Target target, boolean empty) {
        Query.QueryResult.Builder result = Query.QueryResult.newBuilder()
                .addFields(Results.field("customer_id", SqlType.INT64))
                .addFields(Results.field("likes", SqlType.INT32))
                .addFields(Results.field("weight_string(c.likes)", SqlType.VARBINARY))
                .addFields(Results.field("collation(c.likes)", SqlType.VARCHAR));
        for (int i = target.shard().equals("-80") ? 0 : 1; i < customers && !empty; i += 2) {
            String likes = i % 6 == 5 ? null : Integer.toString(i % products);
            result.addRows(Results.row(Integer.toString(i), likes, null, "binary"));
        }
        return result.build();
    }

    private Query.QueryResult products(Query.BoundQuery query, boolean empty) {
        VtException failure = error;
        if (failure != null && !empty) {
            throw failure;
        }
        Query.QueryResult.Builder result = Query.QueryResult.newBuilder()
                .addFields(Results.field("name", SqlType.VARCHAR))
                .addFields(Results.field("id", productType))
                .addFields(Results.field("weight_string(p.id)", SqlType.VARBINARY))
                .addFields(Results.field("collation(p.id)", SqlType.VARCHAR));
        List<String> ids = new ArrayList<>();
        for (Query.BindVariable list : query.getBindVariablesMap().values()) {
            list.getValuesList().forEach(value -> ids.add(value.getValue().toStringUtf8()));
        }
        if (!empty) {
            asked.add(ids.size());
        }
        for (String id : query.getSql().contains(" in ::") ? ids : List.of("0", "2")) {
            if (Integer.parseInt(id) % 2 == 0 && !empty) {
                result.addRows(Results.row("p" + id, id, null, "binary"));
            }
        }
        return result.build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oltp", "olap"})
    void innerJoin_asksOnceForAllValues_andDropsRowsWithoutAMatch(String workload) {
        workload(workload, 1_000);

        assertThat(client.query(JOIN).texts())
                .containsExactly(List.of("0", "p0"), List.of("2", "p2"), List.of("4", "p4"));
        assertThat(asked).containsExactly(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oltp", "olap"})
    void outerJoin_fillsUpWithNull(String workload) {
        workload(workload, 1_000);

        List<List<@Nullable String>> expected = new ArrayList<>();
        for (String id : List.of("0", "2", "4", "1", "3", "5")) {
            List<@Nullable String> row = new ArrayList<>(List.of(id));
            row.add(Integer.parseInt(id) % 2 == 0 ? "p" + id : null);
            expected.add(row);
        }
        assertThat(client.query(LEFT_JOIN).texts()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oltp", "olap"})
    void noRows_haveTheColumnsOfBothSides(String workload) {
        customers = 0;
        workload(workload, 1_000);

        Client.Answer answer = client.query(LEFT_JOIN);

        assertThat(answer.texts()).isEmpty();
        assertThat(answer.fields()).extracting(Query.Field::getName).containsExactly("customer_id", "name");
        assertThat(asked).as("questions about products").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oltp", "olap"})
    void manyValues_areAskedForInBatches_andTheOrderStays(String workload) {
        customers = 6_000;
        products = 6_000;
        workload(workload, 20_000);

        List<List<@Nullable String>> rows = client.query(JOIN).texts();

        assertThat(rows)
                .isEqualTo(IntStream.range(0, 3_000)
                        .mapToObj(i -> List.of(Integer.toString(2 * i), "p" + 2 * i))
                        .toList());
        assertThat(asked).hasSizeBetween(3, 15).allSatisfy(values -> assertThat(values)
                .isBetween(1, 2_000));
        assertThat(asked.stream().mapToInt(Integer::intValue).sum()).isBetween(5_000, 6_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oltp", "olap"})
    void limit_endsTheQuestions(String workload) {
        customers = 6_000;
        products = 6_000;
        workload(workload, 20_000);

        assertThat(client.query(JOIN + " limit 2").texts()).containsExactly(List.of("0", "p0"), List.of("2", "p2"));
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oltp", "olap"})
    void limitOfAnOuterJoin_isThatOfTheFirstSideToo(String workload) {
        workload(workload, 1_000);

        assertThat(client.query(LEFT_JOIN + " limit 2, 2").texts()).hasSize(2);
        assertThat(tablets.log()).anyMatch(call -> call.contains("from customer as c limit :__upper_limit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oltp", "olap"})
    void columnThatMustBeNull_leavesTheRowsWithoutAMatch(String workload) {
        workload(workload, 1_000);

        assertThat(client.query(LEFT_JOIN + " where p.name is null").texts())
                .extracting(row -> row.get(0))
                .containsExactly("1", "3", "5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oltp", "olap"})
    void joinWithoutALink_readsTheOtherSideOnce(String workload) {
        workload(workload, 1_000);

        assertThat(client.query("select c.customer_id, p.name from customer c, commerce.product p")
                        .texts())
                .hasSize(12)
                .contains(List.of("5", "p0"), List.of("5", "p2"));
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oltp", "olap"})
    void columnsOfOtherTypes_takeTheOtherWay(String workload) {
        productType = SqlType.FLOAT64;
        workload(workload, 1_000);

        assertThat(client.error(JOIN).getMessage()).contains("no rows are gathered here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oltp", "olap"})
    void anErrorThatTheWholeQueryMightNotHave_takesTheOtherWay_anyOtherReachesTheClient(String workload) {
        error = VtException.ofMySql(Code.INVALID_ARGUMENT, 1690, "22003", "BIGINT value is out of range", null);
        workload(workload, 1_000);
        assertThat(client.error(JOIN).getMessage()).contains("no rows are gathered here");

        error = VtException.of(Code.UNAVAILABLE, "tablet is gone");
        assertThat(client.error(JOIN).getMessage()).contains("tablet is gone");
    }

    @Test
    void kill_endsTheStreams() {
        customers = 20_000;
        workload("olap", 1_200);
        client.setWritable(false);
        var answer = client.start(handler -> client.session.query(JOIN, handler));
        Awaitility.await().until(() -> tablets.log().size() >= 2);

        client.onLoop(client.session::kill);
        client.setWritable(true);

        assertThatThrownBy(() -> Client.await(answer))
                .isInstanceOfSatisfying(
                        VtException.class, e -> assertThat(e.errno()).isEqualTo(1317));
    }

    @Test
    void kill_endsTheQuestion() {
        workload("oltp", 1_000);
        holdsProducts = true;
        var answer = client.start(handler -> client.session.query(JOIN, handler));
        Awaitility.await().until(() -> tablets.heldQueries() == 1);

        client.onLoop(client.session::kill);

        assertThatThrownBy(() -> Client.await(answer))
                .isInstanceOfSatisfying(
                        VtException.class, e -> assertThat(e.errno()).isEqualTo(1317));
    }

    @Test
    void readsOfATransaction_areThoseOfItsConnections() {
        workload("oltp", 1_000);
        client.query("begin");

        assertThat(client.query(JOIN + " for update").texts()).hasSize(3);

        assertThat(tablets.openTransactions()).isEqualTo(3);
        assertThat(tablets.log())
                .filteredOn(call -> call.contains("for update"))
                .hasSize(3);
        client.query("rollback");
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void rowsBeyondTheLimit_areRefused() {
        customers = 40;
        workload("oltp", 30);

        assertThat(client.error(JOIN).errno()).isEqualTo(1153);
    }

    @Test
    void streamedRows_areNotHeld() {
        customers = 20_000;
        workload("olap", 1_200);

        assertThat(client.query(JOIN).texts()).hasSize(10_000);
    }

    @Test
    void streamedRows_waitForTheClient() {
        customers = 20_000;
        workload("olap", 1_200);
        client.setWritable(false);
        var answer = client.start(handler -> client.session.query(JOIN, handler));
        client.setWritable(true);

        assertThat(Client.await(answer).texts()).hasSize(10_000);
    }

    @Test
    void preparedStatement_hasTheColumnsOfBothSides() {
        workload("oltp", 1_000);

        assertThat(client.prepare(JOIN).fields())
                .extracting(Query.Field::getName)
                .containsExactly("customer_id", "name");
    }
}
