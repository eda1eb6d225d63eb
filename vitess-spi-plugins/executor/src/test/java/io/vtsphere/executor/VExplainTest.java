package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.sqltypes.SqlType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VExplainTest {
    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate = Cluster.gate(tablets, Map.of());
    private final Client client = new Client(gate);

    @BeforeEach
    void connect() {
        client.initDb("customer");
        tablets.answer((target, query) ->
                Results.rows(List.of(Results.field("email", SqlType.VARCHAR)), Results.row("ann@x.org")));
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    @Test
    void plan_runsNothing() {
        assertThat(client.query("vexplain select email from customer where customer_id = 1")
                        .texts()
                        .get(0)
                        .get(0))
                .contains("\"Variant\": \"EqualUnique\"");
        assertThat(tablets.log()).isEmpty();
    }

    @Test
    void keys_showTheColumnsThatAreUsed_andRunNothing() {
        Client.Answer answer = client.query("vexplain keys select email from customer where customer_id = 1");

        assertThat(answer.fields().get(0).getName()).isEqualTo("ColumnUsage");
        assertThat(answer.texts().get(0).get(0))
                .contains("\"statementType\": \"SELECT\"", "customer.customer_id =", "customer.email");
        assertThat(tablets.log()).isEmpty();
    }

    @Test
    void queries_showsWhatEachShardGot_withItsValues() {
        assertThat(client.query("vexplain queries select email from customer where customer_id in (1, 4)")
                        .texts())
                .containsExactlyInAnyOrder(
                        List.of("0", "customer", "-80", "select email from customer where customer_id in (1)"),
                        List.of("1", "customer", "80-", "select email from customer where customer_id in (4)"));
        assertThat(tablets.log()).hasSize(2);
    }

    @Test
    void queries_showsTheTransactionThatAWriteOpens() {
        tablets.answer((target, query) -> Results.affected(1));
        client.query("begin");
        assertThat(client.query("vexplain /*vt+ EXECUTE_DML_QUERIES */ queries"
                                + " update customer set email = 'it''s' where customer_id = 1")
                        .texts())
                .containsExactly(
                        List.of("0", "customer", "-80", "begin"),
                        List.of("0", "customer", "-80", "update customer set email = 'it\\'s' where customer_id = 1"));
    }

    @Test
    void writes_runOnlyWhenTheyAreMeantTo() {
        for (String kind : List.of("queries", "all", "trace")) {
            assertThat(client.error("vexplain " + kind + " delete from customer where customer_id = 1")
                            .getMessage())
                    .isEqualTo("VT09008: vexplain queries/all will actually run queries");
        }
        assertThat(tablets.log()).isEmpty();
    }

    @Test
    void trace_countsCallsRowsAndShards() {
        assertThat(client.query("vexplain trace select email from customer")
                        .texts()
                        .get(0)
                        .get(0))
                .contains("\"NoOfCalls\": 1", "\"AvgNumberOfRows\": 2", "\"ShardsQueried\": 2");
    }

    @Test
    void all_asksMySqlForItsPlanOfEachQuery() {
        client.query("vexplain all select email from customer where customer_id = 1");
        assertThat(tablets.log())
                .containsExactly(
                        "-80: select email from customer where customer_id = :customer_id /* INT64 */",
                        "-80: explain format = json select email from customer where customer_id = 1");
    }
}
