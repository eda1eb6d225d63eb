package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueryPagesTest {
    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate = Cluster.gate(tablets, Map.of());
    private final Client client = new Client(gate);

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    @Test
    void pages_showWhatEachPlanHasDone() {
        client.initDb("customer");
        tablets.answer((target, query) ->
                Results.rows(List.of(Results.field("email", SqlType.VARCHAR)), Results.row("a"), Results.row("b")));
        client.query("select email from customer where customer_id = 1");
        client.query("select email from customer where customer_id = 4");
        client.query("select email from customer");
        tablets.answer((target, query) -> {
            throw VtException.of(Code.UNAVAILABLE, "gone");
        });
        client.error("select email from customer where customer_id = 1");

        JsonArray stats = JsonParser.parseString(gate.queryPages().queryStats()).getAsJsonArray();
        assertThat(stats).hasSize(2);
        JsonObject point = named(stats, "where");
        assertThat(point.get("ExecCount").getAsLong()).isEqualTo(3);
        assertThat(point.get("ShardQueries").getAsLong()).isEqualTo(2);
        assertThat(point.get("RowsReturned").getAsLong()).isEqualTo(4);
        assertThat(point.get("Errors").getAsLong()).isEqualTo(1);
        assertThat(point.get("Keyspace").getAsString()).isEqualTo("customer");
        assertThat(point.get("Original").getAsString()).doesNotContain("4");

        JsonArray plans = JsonParser.parseString(gate.queryPages().queryPlans()).getAsJsonArray();
        assertThat(named(plans, "where")
                        .getAsJsonObject("Instructions")
                        .get("Variant")
                        .getAsString())
                .isEqualTo("EqualUnique");
    }

    private static JsonObject named(JsonArray page, String part) {
        for (int i = 0; i < page.size(); i++) {
            JsonObject entry = page.get(i).getAsJsonObject();
            if (entry.get("Original").getAsString().contains(part)) {
                return entry;
            }
        }
        throw new AssertionError(part + " is not in " + page);
    }
}
