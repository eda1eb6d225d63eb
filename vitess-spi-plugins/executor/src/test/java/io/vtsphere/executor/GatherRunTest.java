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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which queries a gathered query asks, and when. */
class GatherRunTest {
    private static final String JOIN =
            "select a.email, count(*) as n from customer as a join customer as b on a.customer_id = b.age"
                    + " where b.customer_id = 1 group by a.email";
    private static final String DEFINITIONS = "information_schema.columns";

    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate = Gate.open(
            GateConfig.of(Map.of()), ServingStates.fixed(Cluster.commerce()), tablets, new SimpleMeterRegistry());
    private final Client client = new Client(gate);
    private String workload = "oltp";
    private volatile SqlType ageType = SqlType.INT64;

    @BeforeEach
    void connect() {
        client.initDb("customer");
        tablets.answer(this::answer);
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    private Query.QueryResult answer(Target target, Query.BoundQuery query) {
        String sql = query.getSql();
        List<Query.Field> result = List.of(Results.field("email", SqlType.VARCHAR), Results.field("n", SqlType.INT64));
        if (sql.contains(DEFINITIONS)) {
            return Results.rows(
                    List.of(Results.field("table_name", SqlType.VARCHAR)),
                    Results.row("customer", "customer_id", "bigint", "bigint(20)", null, null, ""),
                    Results.row("customer", "age", "bigint", "bigint(20)", null, null, ""),
                    Results.row("customer", "email", "varchar", "varchar(9)", "utf8mb4", "utf8mb4_bin", ""));
        }
        if (sql.startsWith("with")) {
            return Results.rows(result, Results.row("ann", "1"));
        }
        if (sql.endsWith("limit 0")) {
            return Results.rows(result);
        }
        return sql.contains("as b")
                ? Results.rows(
                        List.of(Results.field("customer_id", SqlType.INT64), Results.field("age", ageType)),
                        Results.row("1", "4"))
                : Results.rows(
                        List.of(Results.field("customer_id", SqlType.INT64), Results.field("email", SqlType.VARCHAR)),
                        Results.row("4", "ann"));
    }

    private long sent(Predicate<String> which) {
        return tablets.log().stream().filter(which).count();
    }

    private long definitionsAsked() {
        return sent(text -> text.contains(DEFINITIONS));
    }

    @Test
    void query_again_asksNoDefinitions() {
        assertThat(client.query(JOIN).texts()).containsExactly(List.of("ann", "1"));
        assertThat(definitionsAsked()).isEqualTo(1);
        tablets.clearLog();
        assertThat(client.query(JOIN).texts()).containsExactly(List.of("ann", "1"));
        assertThat(definitionsAsked()).isZero();
        assertThat(tablets.log())
                .as("the check, a read, the read that it reduces, the query")
                .hasSize(4);
    }

    @Test
    void query_afterADdlOfAnotherSession_asksDefinitionsAnew() {
        client.query(JOIN);
        try (Client other = new Client(gate, 2)) {
            other.initDb("customer");
            other.query("alter table customer add column x int");
        }
        tablets.clearLog();
        client.query(JOIN);
        assertThat(definitionsAsked()).isEqualTo(1);
    }

    @Test
    void query_afterATabletSaidThatTablesChanged_asksDefinitionsAnew() {
        client.query(JOIN);
        gate.schemaChanged();
        tablets.clearLog();
        client.query(JOIN);
        assertThat(definitionsAsked()).isEqualTo(1);
    }

    @Test
    void query_valuesOfAnotherTypeThanBefore_asksDefinitionsAnew() {
        client.query(JOIN);
        ageType = SqlType.DECIMAL;
        tablets.clearLog();
        assertThat(client.query(JOIN).texts()).containsExactly(List.of("ann", "1"));
        assertThat(definitionsAsked()).isEqualTo(1);
    }

    @Test
    void query_inATransaction_asksOneAfterTheOther_andKeepsNothing() {
        client.query("begin");
        client.query(JOIN);
        client.query(JOIN);
        assertThat(definitionsAsked()).isEqualTo(2);
        assertThat(tablets.openTransactions()).isEqualTo(2);
        client.query("rollback");
    }

    @Test
    void errorOfTheCheck_isTheClients_whateverElseFails() {
        client.query(JOIN);
        tablets.answer((target, query) -> {
            String text = query.getSql().endsWith("limit 0") ? "Unknown column 'email'" : "another";
            throw VtException.of(Code.INVALID_ARGUMENT, text);
        });
        tablets.clearLog();
        assertThat(client.error(JOIN).getMessage()).contains("Unknown column 'email'");
        assertThat(definitionsAsked()).isZero();
    }

    @Test
    void errorOfARead_isAskedAboutAnew_andStaysAnError() {
        client.query(JOIN);
        tablets.answer((target, query) -> {
            if (query.getSql().contains("as b where")
                    && !query.getSql().endsWith("limit 0")
                    && !query.getSql().startsWith("with")) {
                throw VtException.of(Code.INVALID_ARGUMENT, "Unknown column 'age'");
            }
            return answer(target, query);
        });
        tablets.clearLog();
        assertThat(client.error(JOIN).getMessage()).contains("Unknown column 'age'");
        assertThat(definitionsAsked()).isEqualTo(1);
    }

    /** Not for a join in the gate. */
    private static final String ROWS =
            "select a.email from customer as a join customer as b on a.customer_id = b.age and a.email <> concat(b.age)";

    /** The query of each part gives one row for each row of {@code b} in its document. */
    private Query.QueryResult answerParts(Target target, Query.BoundQuery query) {
        String sql = query.getSql();
        List<Query.Field> result = List.of(Results.field("email", SqlType.VARCHAR));
        if (sql.startsWith("with")) {
            long rows = query.getBindVariablesMap().values().stream()
                    .map(variable -> variable.getValue().toStringUtf8())
                    .filter(document -> document.contains("\"1\""))
                    .mapToLong(
                            document -> document.chars().filter(c -> c == '{').count())
                    .sum();
            return Results.rows(
                    result, Collections.nCopies((int) rows, Results.row("ann")).toArray(Query.Row[]::new));
        }
        if (sql.contains(DEFINITIONS) || sql.endsWith("limit 0")) {
            return sql.endsWith("limit 0") ? Results.rows(result) : answer(target, query);
        }
        if (sql.contains("as b")) {
            return Results.rows(
                    List.of(Results.field("age", SqlType.INT64)),
                    IntStream.range(0, target.shard().equals("-80") ? 10 : 0)
                            .mapToObj(i -> Results.row("1"))
                            .toArray(Query.Row[]::new));
        }
        return Results.rows(
                List.of(Results.field("customer_id", SqlType.INT64), Results.field("email", SqlType.VARCHAR)),
                target.shard().equals("-80") ? new Query.Row[] {Results.row("1", "ann")} : new Query.Row[0]);
    }

    private List<List<@Nullable String>> rowsWithin(String bytes, String sql) {
        try (Gate small = Gate.open(
                        GateConfig.of(Map.of("gather-bytes", bytes)),
                        ServingStates.fixed(Cluster.commerce()),
                        tablets,
                        new SimpleMeterRegistry());
                Client here = new Client(small, 3)) {
            here.initDb("customer");
            here.query("set workload = '" + workload + "'");
            tablets.answer(this::answerParts);
            tablets.clearLog();
            return here.query(sql).texts();
        }
    }

    @Test
    void rowsTooLargeForOneQuery_areAskedAboutInParts() {
        int whole = rowsWithin("100000", ROWS).size();
        assertThat(sent(text -> text.contains(": with "))).isEqualTo(1);
        assertThat(rowsWithin("120", ROWS)).hasSizeGreaterThan(whole).hasSize(10 + (int) parts());
        assertThat(parts()).isBetween(2L, 4L);
    }

    private long parts() {
        return sent(text -> text.contains(": with "));
    }

    @Test
    void rowsTooLarge_ofAQueryThatIsNotLinear_areAnError() {
        assertThatThrownBy(() -> rowsWithin("120", ROWS.replace("a.email", "count(distinct b.age)")))
                .isInstanceOf(VtException.class)
                .hasMessageContaining("limit of 120 bytes of a message to a tablet (gather-bytes)");
        assertThat(parts()).isZero();
    }

    @Test
    void oneRowThatIsTooLarge_isAnError() {
        assertThatThrownBy(() -> rowsWithin("20", ROWS))
                .isInstanceOf(VtException.class)
                .hasMessageContaining("(gather-bytes)");
    }

    @Test
    void olap_streamsTheTableThatMayBeSplit_andAsksPartByPart() {
        workload = "olap";
        assertThat(rowsWithin("120", ROWS)).hasSizeGreaterThan(10).hasSize(10 + (int) parts());
        assertThat(parts()).isGreaterThan(1);
        List<String> log = tablets.log();
        assertThat(log)
                .filteredOn(text -> text.contains("from customer as b"))
                .allMatch(text -> text.contains(": stream "));
        int lastRead = log.indexOf(log.stream()
                .filter(text -> text.startsWith("80-: stream") && text.contains("from customer as b"))
                .findFirst()
                .orElseThrow());
        assertThat(log.subList(0, lastRead))
                .as("a part is asked about before the other shard is")
                .anyMatch(text -> text.contains(": with "));
    }

    @Test
    void olap_fewRows_areAskedAboutOnce() {
        workload = "olap";
        assertThat(rowsWithin("100000", ROWS)).hasSize(11);
        assertThat(parts()).isEqualTo(1);
        assertThat(sent(text -> text.contains(": stream "))).isEqualTo(4);
    }

    @Test
    void olap_errorOfAShardInTheStream_isTheClients() {
        workload = "olap";
        try (Gate small = Gate.open(
                        GateConfig.of(Map.of("gather-bytes", "120")),
                        ServingStates.fixed(Cluster.commerce()),
                        tablets,
                        new SimpleMeterRegistry());
                Client here = new Client(small, 3)) {
            here.initDb("customer");
            here.query("set workload = 'olap'");
            tablets.answer((target, query) -> {
                if (target.shard().equals("80-") && query.getSql().contains("as b where")) {
                    throw VtException.of(Code.UNAVAILABLE, "the shard is gone");
                }
                return answerParts(target, query);
            });
            assertThat(here.error(ROWS).getMessage()).contains("the shard is gone");
            tablets.answer(this::answerParts);
            assertThat(here.query(ROWS).rows()).isNotEmpty();
        }
    }

    @Test
    void queryInsideThatShardsAnswer_isAskedBesideTheCheck_andItsCollationsOnceInAWhile() {
        String sql = "select email, sum(age) + 1 as n from customer group by email having sum(age) > 1";
        tablets.answer((target, query) -> {
            String text = query.getSql();
            if (text.startsWith("with u (")) {
                return Results.rows(
                        List.of(Results.field("a", SqlType.VARCHAR), Results.field("b", SqlType.VARCHAR)),
                        Results.row("utf8mb4_bin", "binary"));
            }
            if (text.contains("@@sql_mode")) {
                return Results.rows(
                        List.of(Results.field("table_name", SqlType.VARCHAR)),
                        Results.row("", "", "", "", null, null, ""));
            }
            return text.contains("as __g0")
                    ? Results.rows(
                            List.of(
                                    Results.field("__g0", SqlType.VARCHAR),
                                    Results.field("__a0", SqlType.DECIMAL),
                                    Results.field("w", SqlType.VARBINARY)),
                            Results.row("ann", "3", "ann"))
                    : Results.rows(
                            List.of(Results.field("email", SqlType.VARCHAR), Results.field("n", SqlType.DECIMAL)),
                            Results.row("ann", "7"));
        });
        client.query(sql);
        assertThat(sent(text -> text.contains("collation(max("))).isEqualTo(1);
        tablets.clearLog();
        assertThat(client.query(sql).texts()).containsExactly(List.of("ann", "7"));
        assertThat(sent(text -> text.contains("collation(max("))).isZero();
        assertThat(tablets.log().get(0)).endsWith("limit 0");
        assertThat(sent(text -> text.contains("as __g0"))).isEqualTo(2);
    }
}
