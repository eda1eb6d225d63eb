package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reads that lookup vindexes lead to their shards, over tablets that keep books. */
class LookupReadTest {
    private static final String LOW = "166b40b44aba4bd6";
    private static final String HIGH = "d2fd8867d50d2dfe";
    private static final List<Query.Field> ROW = List.of(Results.field("customer_id", SqlType.INT64));

    private final FakeTablets tablets = new FakeTablets();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Gate gate =
            Gate.open(GateConfig.of(Map.of()), ServingStates.fixed(LookupCluster.state()), tablets, meters);
    private final Client client = new Client(gate);

    /** Entries by value, the ids in hexadecimal digits or, where they are numbers, as they are. */
    private final Map<String, List<String>> entries = new TreeMap<>();

    LookupReadTest() {
        client.initDb("customer");
        tablets.answer((target, query) -> {
            if (query.getSql().contains("_idx where")) {
                return entries(query);
            }
            return Results.rows(ROW, Results.row(target.shard().equals("-80") ? "1" : "4"));
        });
    }

    private Query.QueryResult entries(Query.BoundQuery query) {
        Query.QueryResult.Builder result = Query.QueryResult.newBuilder();
        boolean numbers = query.getSql().contains("hash_idx") || query.getSql().contains("loose_idx");
        result.addFields(Results.field("from", SqlType.VARBINARY));
        result.addFields(Results.field("to", numbers ? SqlType.UINT64 : SqlType.VARBINARY));
        for (Query.BindVariable list : query.getBindVariablesMap().values()) {
            for (Query.Value value : list.getValuesList()) {
                String text = value.getValue().toStringUtf8();
                for (String id : entries.getOrDefault(text, List.of())) {
                    byte[] to = numbers
                            ? id.getBytes(StandardCharsets.US_ASCII)
                            : HexFormat.of().parseHex(id);
                    result.addRows(Cells.row(Arrays.asList(value.getValue(), ByteString.copyFrom(to))));
                }
            }
        }
        return result.build();
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    @Test
    void uniqueLookup_asksTheTable_thenTheOneShard() {
        entries.put("ann", List.of(HIGH));
        assertThat(client.query("select customer_id from customer where email = 'ann'")
                        .texts())
                .containsExactly(List.of("4"));
        assertThat(tablets.log())
                .containsExactly(
                        "0: select email, keyspace_id from email_idx where email in ::email",
                        "80-: select customer_id from customer where email = :email /* VARCHAR */");
        assertThat(meters.get("vtgate.query.executions")
                        .tags("plan", "Lookup")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    /** As where a functional vindex has no shard for a value: any one says what the query gives without a row. */
    @Test
    void uniqueLookup_withoutEntry_asksAnyOneShard() {
        client.query("select customer_id from customer where email = 'nobody'");
        assertThat(tablets.log())
                .hasSize(2)
                .element(1)
                .asString()
                .endsWith("from customer where email = :email /* VARCHAR */");
    }

    @Test
    void uniqueLookup_withTwoEntries_isAnError() {
        entries.put("ann", List.of(HIGH, LOW));
        VtException error = client.error("select customer_id from customer where email = 'ann'");
        assertThat(error)
                .hasMessage("Lookup.Map: unexpected multiple results from vindex look.email_idx: VARBINARY(\"ann\")");
    }

    @Test
    void nonUniqueLookup_reachesTheShardsOfAllEntries_eachOnce() {
        entries.put("tea", List.of(LOW, LOW, HIGH));
        assertThat(client.query("select customer_id from corder where sku = 'tea'")
                        .texts())
                .containsExactly(List.of("1"), List.of("4"));
        assertThat(tablets.log()).hasSize(3);
        assertThat(tablets.log().get(0)).endsWith("select sku, keyspace_id from sku_idx where sku in ::__vals");
        tablets.clearLog();
        entries.put("tea", List.of(LOW));
        client.query("select customer_id from corder where sku = 'tea' and customer_id > 0");
        assertThat(tablets.log()).hasSize(2).element(1).asString().startsWith("-80: ");
    }

    @Test
    void severalColumns_theFirstLooksUp_whateverTheOthersAre() {
        entries.put("tea", List.of(LOW, HIGH));
        client.query("select customer_id from corder where sku = 'tea' and order_id > 3");
        assertThat(tablets.log()).hasSize(3);
        tablets.clearLog();
        client.query("select customer_id from corder where order_id > 3");
        assertThat(tablets.log()).as("only a scatter").hasSize(2).allMatch(call -> call.contains("from corder"));
    }

    @Test
    void in_textsAreAskedOneByOne_andEveryShardGetsAll() {
        entries.put("tea", List.of(LOW));
        entries.put("rum", List.of(HIGH));
        client.query("select customer_id from corder where sku in ('tea', 'rum', 'tea', null)");
        List<String> log = tablets.log();
        assertThat(log).hasSize(4);
        assertThat(log.subList(0, 2)).allMatch(call -> call.contains("from sku_idx"));
        assertThat(log.subList(2, 4))
                .containsExactlyInAnyOrder(
                        "-80: select customer_id from corder where sku in ::__vals",
                        "80-: select customer_id from corder where sku in ::__vals");
    }

    @Test
    void in_numbersAndBatchLookups_areAskedTogether() {
        entries.put("11", List.of(LOW));
        entries.put("15", List.of(LOW));
        client.query("select customer_id from corder where order_id in (11, 15)");
        assertThat(tablets.log().stream().filter(call -> call.contains("corder_idx")))
                .as("one call for each shard of the lookup table")
                .hasSize(2);
        tablets.clearLog();
        entries.put("tea", List.of(LOW));
        client.query("select customer_id from item where sku in ('tea', 'TEA')");
        assertThat(tablets.log().stream().filter(call -> call.contains("sku_idx")))
                .hasSize(1);
    }

    @Test
    void in_withoutAnyEntry_countsNoRow() {
        tablets.answer((target, query) -> query.getSql().contains("_idx where")
                ? entries(query)
                : Results.rows(List.of(Results.field("count(*)", SqlType.INT64)), Results.row("0")));
        assertThat(client.query("select count(*) from corder where sku in ('a', 'b')")
                        .texts())
                .containsExactly(List.of("0"));
        assertThat(tablets.log()).last().asString().endsWith("select count(*) from corder where sku in ::__vals");
    }

    @Test
    void hashedLookup_readsNumbers() {
        entries.put("7", List.of("4"));
        assertThat(client.query("select customer_id from item where num = 7").texts())
                .containsExactly(List.of("4"));
        assertThat(tablets.log()).last().asString().startsWith("80-: ");
    }

    @Test
    void lookupsThatCannotBeFollowed_areNot() {
        for (String column : List.of("fresh", "loose")) {
            tablets.clearLog();
            client.query("select customer_id from item where " + column + " = 'x'");
            assertThat(tablets.log()).hasSize(2).noneMatch(call -> call.contains("_idx"));
        }
        tablets.clearLog();
        client.query("select customer_id from customer where email is null");
        assertThat(tablets.log()).hasSize(2).noneMatch(call -> call.contains("_idx"));
    }

    @Test
    void prepared_looksUpTheParameter_andKnowsItsColumns() {
        entries.put("ann", List.of(HIGH));
        PreparedPlan plan = client.prepare("select customer_id from customer where email = ?");
        assertThat(plan.fields()).isEqualTo(ROW);
        tablets.clearLog();
        assertThat(client.execute(plan, SqlValue.varchar("ann")).texts()).containsExactly(List.of("4"));
        assertThat(client.execute(plan, SqlValue.NULL).texts()).hasSize(1);
        assertThat(tablets.log()).hasSize(3);
    }

    @Test
    void inATransaction_theEntryIsReadInIt_unlessTheVindexCommitsOnItsOwn() {
        entries.put("5", List.of(HIGH));
        client.query("begin");
        client.query("select customer_id from corder where order_id = 5");
        assertThat(tablets.openTransactions()).isEqualTo(2);
        client.query("commit");
        assertThat(tablets.openTransactions()).isZero();
        entries.put("ann", List.of(HIGH));
        client.query("begin");
        tablets.clearLog();
        client.query("select customer_id from customer where email = 'ann'");
        assertThat(tablets.log().get(0))
                .isEqualTo("0: select email, keyspace_id from email_idx where email in ::email");
        assertThat(tablets.openTransactions()).isEqualTo(1);
        client.query("rollback");
    }
}
