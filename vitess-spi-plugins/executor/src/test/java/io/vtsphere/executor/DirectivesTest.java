package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each directive of a statement's comment does. */
class DirectivesTest {
    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate =
            Cluster.gate(tablets, Map.of("max-memory-rows", "3", "query-timeout", "1000", "max-payload-size", "120"));
    private final Client client = new Client(gate);

    DirectivesTest() {
        client.initDb("customer");
        tablets.answer((target, query) ->
                Results.rows(List.of(Results.field("email", SqlType.VARCHAR)), Results.row("a"), Results.row("b")));
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    private Query.ExecuteOptions optionsOf(String directives) {
        client.query("select " + directives + " email from customer where customer_id = 1");
        return tablets.lastOptions();
    }

    @Test
    void queryTimeout_goesBeforeTheSessionsAndTheConfigurations() {
        assertThat(optionsOf("").getAuthoritativeTimeout()).isEqualTo(1000);
        client.query("set query_timeout = 500");
        assertThat(optionsOf("").getAuthoritativeTimeout()).isEqualTo(500);
        assertThat(optionsOf("/*vt+ QUERY_TIMEOUT_MS=70 */").getAuthoritativeTimeout())
                .isEqualTo(70);
        assertThat(optionsOf("/*vt+ QUERY_TIMEOUT_MS=0 */").hasAuthoritativeTimeout())
                .isFalse();
    }

    @Test
    void queryTimeout_isForAllCallsOfAStatementTogether() {
        tablets.answer(
                (target, query) -> Results.rows(List.of(Results.field("email", SqlType.VARCHAR)), Results.row("a")));
        String one = "select email from customer where customer_id = ";
        client.query(one + "1 union all " + one + "4");

        assertThat(tablets.timeouts()).hasSizeGreaterThan(1).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(tablets.timeouts().get(0)).isLessThanOrEqualTo(1_000_000_000L);
        assertThat(tablets.timeouts().get(1))
                .isLessThan(tablets.timeouts().get(0))
                .isPositive();
    }

    @Test
    void workloadPriorityAndConsolidator_travelToTheTablet() {
        Query.ExecuteOptions options = optionsOf("/*vt+ WORKLOAD_NAME=nightly PRIORITY=7 CONSOLIDATOR=disabled */");
        assertThat(options.getWorkloadName()).isEqualTo("nightly");
        assertThat(options.getPriority()).isEqualTo("7");
        assertThat(options.getConsolidator()).isEqualTo(Query.ExecuteOptions.Consolidator.CONSOLIDATOR_DISABLED);
        assertThat(optionsOf("/*vt+ CONSOLIDATOR=enabled_replicas */").getConsolidator())
                .isEqualTo(Query.ExecuteOptions.Consolidator.CONSOLIDATOR_ENABLED_REPLICAS);
        assertThat(optionsOf("").getConsolidator())
                .isEqualTo(Query.ExecuteOptions.Consolidator.CONSOLIDATOR_UNSPECIFIED);
    }

    @Test
    void ignoreMaxMemoryRows_liftsTheLimitOfRows() {
        assertThat(client.error("select email from customer").errno()).isEqualTo(1153);
        assertThat(client.query("select /*vt+ IGNORE_MAX_MEMORY_ROWS=1 */ email from customer")
                        .rows())
                .hasSize(4);
    }

    @Test
    void ignoreMaxPayloadSize_liftsTheLimitOfTheText() {
        String wide = " email from customer where customer_id = 1 and email <> '" + "x".repeat(100) + "'";
        assertThat(client.error("select" + wide).errno()).isEqualTo(1153);
        assertThat(client.query("select /*vt+ IGNORE_MAX_PAYLOAD_SIZE=1 */" + wide)
                        .rows())
                .hasSize(2);
    }

    @Test
    void scatterErrorsAsWarnings_givesTheRowsThatCame() {
        tablets.answer((target, query) -> {
            if (target.shard().equals("80-")) {
                throw VtException.of(Code.UNAVAILABLE, "gone");
            }
            return Results.rows(List.of(Results.field("email", SqlType.VARCHAR)), Results.row("a"));
        });
        client.error("select email from customer");
        Client.Answer answer = client.query("select /*vt+ SCATTER_ERRORS_AS_WARNINGS=1 */ email from customer");
        assertThat(answer.texts()).containsExactly(List.of("a"));
        assertThat(answer.end().warnings()).isEqualTo(1);
    }

    @Test
    void multiShardAutocommit_beginsNoTransaction() {
        tablets.answer((target, query) -> Results.affected(1));
        client.query("update customer set email = 'x'");
        assertThat(tablets.log()).anyMatch(call -> call.contains("begin"));
        tablets.clearLog();
        assertThat(client.query("update /*vt+ MULTI_SHARD_AUTOCOMMIT=1 */ customer set email = 'x'")
                        .end()
                        .affectedRows())
                .isEqualTo(2);
        assertThat(tablets.log()).hasSize(2).noneMatch(call -> call.contains("begin") || call.contains("commit"));
    }

    @Test
    void skipQueryPlanCache_keepsNoPlan() {
        client.query("select /*vt+ SKIP_QUERY_PLAN_CACHE=1 */ email from customer where customer_id = 1");
        assertThat(JsonParser.parseString(gate.queryPages().queryPlans()).getAsJsonArray())
                .isEmpty();
        client.query("select email from customer where customer_id = 1");
        assertThat(JsonParser.parseString(gate.queryPages().queryPlans()).getAsJsonArray())
                .hasSize(1);
    }
}
