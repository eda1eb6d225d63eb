package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Query;
import io.vtsphere.planner.Aggregation;
import io.vtsphere.planner.Directives;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.planner.Routing;
import io.vtsphere.planner.StatementKind;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanRunTest {
    private static final List<Query.Field> ID = List.of(Results.field("id", SqlType.INT64));

    private final FakeTablets tablets = new FakeTablets();
    private final HandMadePlans plans = new HandMadePlans();
    private final Gate gate = new Gate(
            GateConfig.of(Map.of("max-memory-rows", "5", "warn-memory-rows", "4", "max-memory-bytes", "40")),
            ServingStates.fixed(Cluster.commerce()),
            tablets,
            plans,
            SessionThreads.platform(4),
            new SimpleMeterRegistry());
    private final Client client = new Client(gate);

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    private void select(String sql, Primitive root) {
        plans.add(sql, hash -> HandMadePlans.plan(StatementKind.SELECT, root));
    }

    private static Primitive.Route ordered() {
        return HandMadePlans.scan(List.of(new OrderKey(0, OrderKey.NONE, false)), 0);
    }

    private void idsByShard(String[] left, String[] right) {
        tablets.answer((target, query) -> {
            String[] ids = target.shard().equals("-80") ? left : right;
            Query.QueryResult.Builder result = Query.QueryResult.newBuilder().addAllFields(ID);
            for (String id : ids) {
                result.addRows(Results.row(id));
            }
            return result.build();
        });
    }

    @Test
    void scatter_withOrder_merges() {
        select("ordered", ordered());
        idsByShard(new String[] {"1", "3"}, new String[] {"2", "10"});

        assertThat(client.query("ordered").texts())
                .containsExactly(List.of("1"), List.of("2"), List.of("3"), List.of("10"));
    }

    @Test
    void limit_withOffset_asksForTheSumAndCuts() {
        Primitive.Route route = new Primitive.Route(
                Routing.of(Opcode.SCATTER, "customer", true),
                new QueryText("scan limit :__upper_limit", List.of(Primitive.Limit.UPPER_LIMIT)),
                "fields",
                List.of(new OrderKey(0, OrderKey.NONE, false)),
                0,
                false,
                List.of(),
                List.of());
        select(
                "limited",
                new Primitive.Limit(
                        new RouteValue.Literal(SqlValue.int64(2)), new RouteValue.Literal(SqlValue.int64(1)), route));
        tablets.answer((target, query) -> {
            assertThat(query.getBindVariablesOrThrow("__upper_limit").getValue().toStringUtf8())
                    .isEqualTo("3");
            return Results.rows(ID, Results.row("1"), Results.row("5"));
        });

        assertThat(client.query("limited").texts()).containsExactly(List.of("1"), List.of("5"));
    }

    @Test
    void scalarAggregates_addUp() {
        List<Query.Field> fields =
                List.of(Results.field("count(*)", SqlType.INT64), Results.field("sum(x)", SqlType.DECIMAL));
        select(
                "aggregate",
                new Primitive.Aggregate(
                        List.of(
                                new Aggregation(Aggregation.Op.COUNT_STAR, 0, OrderKey.NONE, "count(*)"),
                                new Aggregation(Aggregation.Op.SUM, 1, OrderKey.NONE, "sum(x)")),
                        List.of(),
                        0,
                        HandMadePlans.scan(List.of(), 0)));
        tablets.answer((target, query) ->
                Results.rows(fields, target.shard().equals("-80") ? Results.row("3", "1.10") : Results.row("4", null)));

        assertThat(client.query("aggregate").texts()).containsExactly(List.of("7", "1.10"));
    }

    @Test
    void everyShardsError_reachesTheClient() {
        tablets.answer((target, query) -> {
            throw VtException.of(
                    target.shard().equals("-80") ? Code.NOT_FOUND : Code.UNAVAILABLE,
                    "target: " + target.key() + ": broken");
        });

        VtException error = client.error("scan");

        assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(error.getMessage())
                .isEqualTo("target: customer.-80.primary: broken\ntarget: customer.80-.primary: broken");
    }

    @Test
    void oneShardsError_isTheAnswer_unlessAskedForAsWarning() {
        tablets.answer((target, query) -> {
            if (target.shard().equals("80-")) {
                throw VtException.of(Code.NOT_FOUND, "no table (errno 1146) (sqlstate 42S02)");
            }
            return Results.rows(ID, Results.row("1"));
        });
        assertThat(client.error("scan").errno()).isEqualTo(1146);

        Directives lenient = new Directives(-1, false, true, false, false, false, false, null, null, null);
        plans.add(
                "partial",
                hash -> new Plan(StatementKind.SELECT, HandMadePlans.scan(List.of(), 0), List.of(), lenient, true));
        Client.Answer answer = client.query("partial");
        assertThat(answer.texts()).containsExactly(List.of("1"));
        assertThat(answer.end().warnings()).isEqualTo(1);
    }

    @Test
    void tooManyRows_isRefusedWithTheLimit() {
        idsByShard(new String[] {"1", "2", "3"}, new String[] {"4", "5", "6"});

        VtException error = client.error("scan");

        assertThat(error.errno()).isEqualTo(1153);
        assertThat(error.getMessage()).isEqualTo("in-memory row count exceeded allowed limit of 5 (max-memory-rows)");
    }

    @Test
    void tooManyBytes_isRefusedWithTheLimit() {
        String wide = "1".repeat(30);
        idsByShard(new String[] {wide}, new String[] {wide});

        VtException error = client.error("scan");

        assertThat(error.errno()).isEqualTo(1153);
        assertThat(error.getMessage()).contains("limit of 40 (max-memory-bytes)");
    }

    @Test
    void manyRows_warn() {
        idsByShard(new String[] {"1", "2"}, new String[] {"4", "5", "6"});

        assertThat(client.query("scan").end().warnings()).isEqualTo(1);
    }

    @Test
    void noShard_givesColumnsWithoutRows_andARowWhereTheQueryAlwaysHasOne() {
        Primitive.Route nowhere = new Primitive.Route(
                Routing.of(Opcode.NONE, "customer", true),
                QueryText.of("count"),
                "fields",
                List.of(),
                0,
                false,
                List.of(),
                List.of());
        select("nowhere", nowhere);
        select(
                "anywhere",
                new Primitive.Route(
                        nowhere.routing(), nowhere.query(), "fields", List.of(), 0, true, List.of(), List.of()));
        tablets.answer((target, query) ->
                query.getSql().equals("fields") ? Results.rows(ID) : Results.rows(ID, Results.row("0")));

        Client.Answer none = client.query("nowhere");
        assertThat(none.fields()).isEqualTo(ID);
        assertThat(none.rows()).isEmpty();
        assertThat(client.query("anywhere").texts()).containsExactly(List.of("0"));
    }

    @Test
    void union_ofDifferentTypes_isRefused() {
        select(
                "union",
                new Primitive.Concatenate(List.of(HandMadePlans.scan(List.of(), 0), HandMadePlans.scan(List.of(), 1))));
        tablets.answer((target, query) -> Results.rows(ID, Results.row("1")));
        assertThat(client.query("union").rows()).hasSize(4);

        List<Query.Field> text = List.of(Results.field("id", SqlType.VARCHAR));
        int[] calls = {0};
        tablets.answer((target, query) -> Results.rows(calls[0]++ < 2 ? ID : text, Results.row("1")));
        assertThat(client.error("union").getMessage())
                .isEqualTo("VT12001: unsupported: UNION of different types in column 'id': INT64 and VARCHAR");
    }

    @Test
    void insert_takesSequenceValuesForHoles_andSplitsRowsByShard() {
        plans.add("insert", hash -> HandMadePlans.plan(StatementKind.INSERT, insert(hash, false, null, "4", "0")));
        tablets.answer((target, query) -> {
            if (target.keyspace().equals("commerce")) {
                assertThat(query.getBindVariablesOrThrow("n").getValue().toStringUtf8())
                        .isEqualTo("2");
                return Results.rows(List.of(Results.field("nextval", SqlType.INT64)), Results.row("1"));
            }
            return Query.QueryResult.newBuilder()
                    .setRowsAffected(query.getSql().split("\\(", -1).length - 1)
                    .setInsertId(77)
                    .build();
        });

        Client.Answer answer = client.query("insert");

        // NULL becomes 1 and 0 becomes 2, which live on -80; 4 lives on 80-.
        assertThat(answer.end().affectedRows()).isEqualTo(3);
        assertThat(answer.end().insertId()).isEqualTo(1);
        assertThat(tablets.log())
                .containsExactly(
                        "0: next",
                        "-80: begin insert (:_id_0), (:_id_2) tail",
                        "80-: begin insert (:_id_1) tail",
                        "-80: commit",
                        "80-: commit");
    }

    @Test
    void insert_ofAValueWithoutShard_isRefused_orLeftOutWithIgnore() {
        plans.add("strict", hash -> HandMadePlans.plan(StatementKind.INSERT, insert(hash, false, "1", "abc")));
        plans.add("ignore", hash -> HandMadePlans.plan(StatementKind.INSERT, insert(hash, true, "1", "abc")));
        tablets.answer((target, query) -> Results.affected(1));

        assertThat(client.error("strict").getMessage())
                .isEqualTo("VT09023: could not map [VARCHAR(\"abc\")] to a keyspace id");
        assertThat(tablets.log()).isEmpty();
        assertThat(client.query("ignore").end().affectedRows()).isEqualTo(1);
        assertThat(tablets.log()).containsExactly("-80: insert (:_id_0) tail");
    }

    private static Primitive.Insert insert(io.vtsphere.vindex.Vindex hash, boolean ignore, @Nullable String... ids) {
        List<RouteValue> values = new java.util.ArrayList<>();
        List<List<RouteValue>> columns = new java.util.ArrayList<>();
        List<String> rows = new java.util.ArrayList<>();
        List<String> binds = new java.util.ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            String id = ids[i];
            SqlValue value = id == null
                    ? SqlValue.NULL
                    : Character.isDigit(id.charAt(0)) ? SqlValue.int64(Long.parseLong(id)) : SqlValue.varchar(id);
            values.add(new RouteValue.Literal(value));
            columns.add(List.of(new RouteValue.Bind("__seq" + i)));
            rows.add("(:_id_" + i + ")");
            binds.add("_id_" + i);
        }
        return new Primitive.Insert(
                Routing.byVindex(Opcode.EQUAL_UNIQUE, "customer", hash, List.of()),
                new QueryText("insert " + String.join(", ", rows) + " tail", binds),
                "insert ",
                rows,
                " tail",
                List.of(new Primitive.VindexRows(hash, List.of("id"), columns)),
                new Primitive.Generate(
                        Routing.of(Opcode.NEXT, "commerce", false), new QueryText("next", List.of("n")), values),
                ignore,
                false,
                "customer");
    }
}
