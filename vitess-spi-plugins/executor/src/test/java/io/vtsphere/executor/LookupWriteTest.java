package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entries of lookup vindexes change with their rows, over tablets that keep books. */
class LookupWriteTest {
    private static final String LOW = "166b40b44aba4bd6";
    private static final String HIGH = "d2fd8867d50d2dfe";

    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate = Gate.open(
            GateConfig.of(Map.of()), ServingStates.fixed(LookupCluster.state()), tablets, new SimpleMeterRegistry());
    private final Client client = new Client(gate);

    /** What queries that contain a text answer, or the error they end with. */
    private final Map<String, BiFunction<Target, Query.BoundQuery, Query.QueryResult>> answers = new HashMap<>();

    LookupWriteTest() {
        client.initDb("customer");
        tablets.answer((target, query) -> answers.entrySet().stream()
                .filter(answer -> query.getSql().contains(answer.getKey()))
                .findFirst()
                .map(answer -> answer.getValue().apply(target, query))
                .orElse(Results.affected(1)));
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    private void answer(String text, List<Query.Field> fields, Query.Row... rows) {
        answers.put(text, (target, query) -> Results.rows(fields, rows));
    }

    private void fail(String text, String message) {
        answers.put(text, (target, query) -> {
            throw VtException.of(Code.ALREADY_EXISTS, message + " (errno 1062) (sqlstate 23000)");
        });
    }

    private static List<Query.Field> fields(SqlType... types) {
        List<Query.Field> fields = new ArrayList<>();
        for (SqlType type : types) {
            fields.add(Results.field("c" + fields.size(), type));
        }
        return fields;
    }

    /** A row of one value of bytes. */
    private static Query.Row bytes(String hex) {
        return Cells.row(List.of(ByteString.copyFrom(HexFormat.of().parseHex(hex))));
    }

    @Test
    void insert_writesEntriesFirst_andCommitsThoseOfConsistentVindexesFirst() {
        assertThat(client.query("insert into corder(customer_id, order_id, sku) values (1, 801, 'tea')")
                        .end()
                        .affectedRows())
                .isEqualTo(1);
        assertThat(tablets.log())
                .containsExactly(
                        "80-: begin insert into corder_idx(order_id, keyspace_id) values (:_order_id_0, :keyspace_id_0)",
                        "-80: begin insert into sku_idx(sku, order_id, keyspace_id) values (:_sku_0, :order_id_0, :keyspace_id_0)",
                        "-80: tx insert into corder(customer_id, order_id, sku) values (:_customer_id_0, :_order_id_0, :_sku_0)",
                        "80-: commit",
                        "-80: commit");
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void insert_severalRows_sendsEachEntryToItsShard() {
        client.query("insert into corder(customer_id, order_id, sku) values (1, 801, 'tea'), (4, 802, 'rum')");
        assertThat(tablets.log().subList(0, 4))
                .containsExactly(
                        "80-: begin insert into corder_idx(order_id, keyspace_id) values (:_order_id_0, :keyspace_id_0)",
                        "-80: begin insert into corder_idx(order_id, keyspace_id) values (:_order_id_1, :keyspace_id_1)",
                        "80-: begin insert into sku_idx(sku, order_id, keyspace_id) values (:_sku_0, :order_id_0, :keyspace_id_0)",
                        "-80: begin insert into sku_idx(sku, order_id, keyspace_id) values (:_sku_1, :order_id_1, :keyspace_id_1)");
        assertThat(tablets.log().subList(6, 10)).allMatch(call -> call.endsWith(": commit"));
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void insert_vindexThatCommitsOnItsOwn_writesOutsideTheTransaction() {
        client.query("insert into customer(customer_id, email) values (1, 'ann')");
        assertThat(tablets.log())
                .containsExactly(
                        "0: insert into email_idx(email, keyspace_id) values (:email_0, :keyspace_id_0)",
                        "-80: begin insert into customer(customer_id, email) values (:_customer_id_0, :_email_0)",
                        "-80: commit");
    }

    @Test
    void insert_multiShardAutocommit_writesEveryEntryOnItsOwn_overAnOlderOne() {
        client.query("insert into note(id, tag) values (1, 'a'), (4, 'b'), (5, 'c')");
        List<String> entries =
                tablets.log().stream().filter(call -> call.contains("tag_idx")).toList();
        assertThat(entries)
                .hasSize(2)
                .allMatch(call -> call.contains(
                                ": insert /*vt+ MULTI_SHARD_AUTOCOMMIT=1 */ into tag_idx(tag, keyspace_id) values (:_tag_")
                        && call.endsWith(
                                " on duplicate key update tag = values(tag), keyspace_id = values(keyspace_id)"));
        assertThat(tablets.log()).filteredOn(call -> call.endsWith(": commit")).hasSize(2);
        assertThat(tablets.openTransactions()).isZero();
    }

    /** Also vindexes that no read follows, because they are still being filled or replace the value. */
    @Test
    void insert_everyOwnedVindexGetsItsEntry() {
        Map<String, String> bound = new HashMap<>();
        tablets.answer((target, query) -> {
            query.getBindVariablesMap()
                    .forEach((name, value) -> bound.put(
                            query.getSql().replaceAll("insert into (\\w+).*", "$1") + "." + name,
                            value.getValue().toStringUtf8()));
            return Results.affected(1);
        });
        client.query("insert into item(customer_id, sku, num, loose, fresh) values (1, 'x', 2, '10', 'f')");
        assertThat(tablets.log().subList(0, 4))
                .satisfiesExactly(
                        call -> assertThat(call).contains("insert into sku_idx(sku, keyspace_id)"),
                        call -> assertThat(call).contains("insert into hash_idx(num, id)"),
                        call -> assertThat(call).contains("insert into loose_idx(loose, id)"),
                        call -> assertThat(call).contains("insert into sku_idx(fresh, keyspace_id, "));
        assertThat(bound)
                .containsEntry("hash_idx.id_0", "1")
                .containsEntry("loose_idx.loose_0", "17563797831108199066");
    }

    @Test
    void insert_null_isRefusedWithVitessText() {
        VtException error = client.error("insert into customer(customer_id) values (1)");
        assertThat(error)
                .hasMessageContaining("VT03028")
                .hasMessageContaining("Column 'email' cannot be null on row 0, col 0");
        assertThat(tablets.log()).isEmpty();
    }

    @Test
    void insert_rowThatFails_leavesNoEntry() {
        fail("insert into corder(", "Duplicate entry '801' for key 'PRIMARY'");
        VtException error = client.error("insert into corder(customer_id, order_id, sku) values (1, 801, 'tea')");
        assertThat(error.errno()).isEqualTo(1062);
        assertThat(tablets.log()).noneMatch(call -> call.endsWith("commit"));
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void insert_rowThatFailsInTheClientsTransaction_goesBackToTheSavepoint() {
        client.query("begin");
        client.query("update customer set name = 'x' where customer_id = 1");
        fail("insert into corder(", "Duplicate entry '801' for key 'PRIMARY'");
        VtException error = client.error("insert into corder(customer_id, order_id, sku) values (1, 801, 'tea')");
        assertThat(error.errno()).isEqualTo(1062);
        List<String> log = tablets.log();
        String savepoint = log.get(1).substring(log.get(1).indexOf("savepoint"));
        assertThat(log.get(1)).startsWith("-80: tx savepoint _vtl");
        assertThat(log.subList(log.size() - 2, log.size()))
                .allMatch(call -> call.contains("tx rollback to " + savepoint.substring("savepoint ".length())));
        tablets.clearLog();
        client.query("commit");
        assertThat(tablets.log()).hasSize(2).allMatch(call -> call.endsWith(": commit"));
    }

    @Test
    void insert_entryOfARowThatIsGone_isTakenOver() {
        fail("insert into corder_idx(", "Duplicate entry '801' for key 'PRIMARY'");
        answer("select keyspace_id from corder_idx", fields(SqlType.VARBINARY), bytes(HIGH));
        answer("from corder where order_id", fields(SqlType.INT64));
        client.query("insert into corder(customer_id, order_id, sku) values (1, 801, 'tea')");
        assertThat(tablets.log().subList(1, 4))
                .containsExactly(
                        "80-: tx select keyspace_id from corder_idx where order_id = :order_id for update",
                        "80-: begin select order_id from corder where order_id = :order_id lock in share mode",
                        "80-: tx update corder_idx set keyspace_id = :keyspace_id where order_id = :order_id");
        assertThat(tablets.log()).anyMatch(call -> call.contains("insert into corder("));
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void insert_entryOfARowThatLives_isADuplicate() {
        fail("insert into corder_idx(", "Duplicate entry '801' for key 'PRIMARY'");
        answer("select keyspace_id from corder_idx", fields(SqlType.VARBINARY), bytes(HIGH));
        answer("from corder where order_id", fields(SqlType.INT64), Results.row("801"));
        VtException error = client.error("insert into corder(customer_id, order_id, sku) values (1, 801, 'tea')");
        assertThat(error.errno()).isEqualTo(1062);
        assertThat(tablets.log()).noneMatch(call -> call.contains("insert into corder("));
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void delete_removesTheEntriesOfTheRowsThatItReads_consistentOnesLast() {
        answer(
                "select customer_id, order_id, sku, order_id",
                fields(SqlType.INT64, SqlType.INT64, SqlType.VARCHAR, SqlType.INT64),
                Results.row("1", "801", "tea", "801"));
        client.query("delete from corder where customer_id = 1");
        assertThat(tablets.log())
                .containsExactly(
                        "-80: begin select customer_id, order_id, sku, order_id from corder where customer_id = :customer_id /* INT64 */ for update",
                        "80-: begin delete from corder_idx where order_id = :order_id and keyspace_id = :keyspace_id",
                        "-80: tx delete from sku_idx where sku = :sku and order_id = :order_id and keyspace_id = :keyspace_id",
                        "-80: tx delete from corder where customer_id = :customer_id /* INT64 */",
                        "-80: commit",
                        "80-: commit");
    }

    @Test
    void delete_withoutRows_touchesNoEntry() {
        answer(
                "select customer_id, order_id, sku, order_id",
                fields(SqlType.INT64, SqlType.INT64, SqlType.VARCHAR, SqlType.INT64));
        client.query("delete from corder where customer_id = 1");
        assertThat(tablets.log()).hasSize(3);
    }

    @Test
    void commit_ofEntriesThatNoRowNeeds_mayFailWithAWarning() {
        answer(
                "select customer_id, order_id, sku, order_id",
                fields(SqlType.INT64, SqlType.INT64, SqlType.VARCHAR, SqlType.INT64),
                Results.row("1", "801", "tea", "801"));
        tablets.failCommit("80-");
        assertThat(client.query("delete from corder where customer_id = 1")
                        .end()
                        .warnings())
                .isEqualTo(1);
        assertThat(client.query("show warnings").texts().get(0).get(2))
                .startsWith("post-operation transaction had an error: ");
        assertThat(tablets.openTransactions()).isZero();
        answers.clear();
        assertThat(client.error("insert into corder(customer_id, order_id, sku) values (1, 801, 'tea')"))
                .as("but an entry that a row needs may not")
                .isNotNull();
        assertThat(tablets.log()).last().asString().doesNotEndWith("-80: commit");
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void update_movesTheEntry_unlessMySqlFindsTheValueUnchanged() {
        List<Query.Field> fields = fields(SqlType.INT64, SqlType.VARCHAR, SqlType.INT64, SqlType.INT64);
        answer(
                "for update",
                fields,
                Results.row("1", "tea", "801", "0"),
                Results.row("1", "rum", "802", "1"),
                Results.row("1", null, "803", null));
        client.query("update corder set sku = 'rum' where customer_id = 1");
        List<String> log = tablets.log();
        assertThat(log.get(0))
                .endsWith(
                        "begin select customer_id, sku, order_id, sku = :vtg1 /* VARCHAR */ from corder where customer_id = :customer_id /* INT64 */ for update");
        assertThat(log.stream().filter(call -> call.contains("delete from sku_idx")))
                .hasSize(2);
        assertThat(log.stream().filter(call -> call.contains("insert into sku_idx")))
                .hasSize(2);
        assertThat(log).noneMatch(call -> call.contains("corder_idx"));
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void update_ofOtherColumns_needsNoEntry_butMayFollowOne() {
        answer(
                "from corder_idx where",
                fields(SqlType.INT64, SqlType.VARBINARY),
                Cells.row(List.of(
                        ByteString.copyFromUtf8("5"),
                        ByteString.copyFrom(HexFormat.of().parseHex(HIGH)))));
        client.query("update corder set price = 1 where order_id = 5");
        assertThat(tablets.log())
                .containsExactly(
                        "-80: select order_id, keyspace_id from corder_idx where order_id in ::__vals",
                        "80-: update corder set price = :vtg1 /* INT64 */ where order_id = :order_id /* INT64 */");
    }

    @Test
    void ownEntries_areSeenWithinTheTransaction() {
        client.query("begin");
        client.query("insert into corder(customer_id, order_id, sku) values (1, 801, 'tea')");
        tablets.clearLog();
        answer(
                "from corder_idx where",
                fields(SqlType.INT64, SqlType.VARBINARY),
                Cells.row(List.of(
                        ByteString.copyFromUtf8("801"),
                        ByteString.copyFrom(HexFormat.of().parseHex(LOW)))));
        client.query("update corder set price = 1 where order_id = 801");
        assertThat(tablets.log().get(0))
                .as("in the transaction that holds the entry")
                .isEqualTo("80-: tx select order_id, keyspace_id from corder_idx where order_id in ::__vals");
        assertThat(tablets.log().get(1)).startsWith("-80: tx update corder");
        client.query("rollback");
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void transactionModeSingle_countsNoEntriesOfConsistentVindexes() {
        client.query("set transaction_mode = 'single'");
        answer(
                "for update",
                fields(SqlType.INT64, SqlType.INT64, SqlType.VARCHAR, SqlType.INT64, SqlType.INT64, SqlType.INT64),
                Results.row("1", "801", "tea", "801", "0", "0"));
        client.query("begin");
        client.query("update corder set order_id = 802 where customer_id = 1");
        client.query("commit");
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void oneValueOfAUniqueLookupForTwoRows_isADuplicate_beforeAnyEntryIsWritten() {
        answer(
                "for update",
                fields(SqlType.INT64, SqlType.INT64, SqlType.VARCHAR, SqlType.INT64, SqlType.INT64, SqlType.INT64),
                Results.row("1", "801", "tea", "801", "0", "0"),
                Results.row("1", "802", "tea", "802", "0", "0"));
        VtException changed = client.error("update corder set order_id = 900 where customer_id = 1");
        VtException inserted =
                client.error("insert into corder(customer_id, order_id, sku) values (1, 900, 'x'), (4, 900, 'y')");

        assertThat(changed.errno()).isEqualTo(1062);
        assertThat(inserted.errno()).isEqualTo(1062);
        assertThat(inserted).hasMessageContaining("Duplicate entry '900' for key 'order_idx'");
        assertThat(tablets.log()).noneMatch(call -> call.contains("insert into corder("));
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void whatCannotBeKeptInStep_isRefused() {
        for (String sql : List.of(
                "insert ignore into corder(customer_id, order_id, sku) values (1, 2, 'x')",
                "insert into corder(customer_id, order_id, sku) values (1, 2, 'x') on duplicate key update price = 1",
                "insert into item(customer_id, sku, num, loose) values (1, 'x', 2, 'y')",
                "update corder set sku = concat(sku, 'x') where customer_id = 1",
                "update ignore corder set sku = 'x' where customer_id = 1",
                "delete ignore from corder where customer_id = 1")) {
            assertThat(client.error(sql)).as(sql).hasMessageStartingWith("VT12001: unsupported: ");
        }
        assertThat(tablets.log()).isEmpty();
    }
}
