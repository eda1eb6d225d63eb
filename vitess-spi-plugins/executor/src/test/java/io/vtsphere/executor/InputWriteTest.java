package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InputWriteTest {
    private static final String UPDATE = "update customer set email = 'x' order by customer_id limit 2";
    private static final String STRICT = "STRICT_TRANS_TABLES";

    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate = Cluster.gate(tablets, Map.of("max-memory-rows", "5"));
    private final Client client = new Client(gate);
    private String sqlMode = STRICT;
    private String safeUpdates = "0";
    private List<String> primaryKey = List.of("customer_id");
    private SqlType keyType = SqlType.INT64;
    private Query.Row[] warnings = {};
    private int keysPerShard = 1;
    private String failingShard = "";
    private String silentShard = "";

    InputWriteTest() {
        client.initDb("customer");
        tablets.answer((target, query) -> {
            String sql = query.getSql();
            if (sql.contains("information_schema.statistics")) {
                return Results.rows(
                        List.of(
                                Results.field("column_name", SqlType.VARCHAR),
                                Results.field("@@sql_mode", SqlType.VARCHAR),
                                Results.field("@@sql_safe_updates", SqlType.INT64)),
                        primaryKey.stream()
                                .map(column -> Results.row(column, sqlMode, safeUpdates))
                                .toArray(Query.Row[]::new));
            }
            if (sql.equals("show warnings")) {
                return Results.rows(
                        List.of(
                                Results.field("Level", SqlType.VARCHAR),
                                Results.field("Code", SqlType.INT64),
                                Results.field("Message", SqlType.VARCHAR)),
                        warnings);
            }
            if (sql.startsWith("select")) {
                if (target.shard().equals(silentShard)) {
                    throw VtException.of(Code.UNAVAILABLE, "the tablet is away");
                }
                // 1, 2, 3 and 5 lie on -80; 4 and 6 on 80-
                String[] keys =
                        target.shard().equals("-80") ? new String[] {"1", "2", "3", "5"} : new String[] {"4", "6"};
                Query.Row[] rows = new Query.Row[Math.min(keys.length, keysPerShard)];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = primaryKey.size() == 1 ? Results.row(keys[i]) : Results.row(keys[i], "9");
                }
                return Results.rows(
                        primaryKey.stream()
                                .map(column -> Results.field(column, keyType))
                                .toList(),
                        rows);
            }
            if (target.shard().equals(failingShard) && sql.startsWith("update")) {
                throw VtException.of(Code.ALREADY_EXISTS, "Duplicate entry (errno 1062) (sqlstate 23000)");
            }
            return Results.affected(query.getBindVariablesOrDefault("__vals", Query.BindVariable.getDefaultInstance())
                    .getValuesCount());
        });
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    private List<String> writes() {
        return tablets.log().stream()
                .filter(call -> call.contains(" update customer set"))
                .toList();
    }

    @Test
    void firstRowsOfAllShards_areLockedAndWrittenByTheirKeys() {
        keysPerShard = 2;

        Client.Answer answer = client.query("update customer set email = 'x' order by customer_id limit 3");

        assertThat(answer.end().affectedRows()).isEqualTo(3);
        assertThat(tablets.log())
                .filteredOn(call -> call.contains("for update"))
                .hasSize(2)
                .allMatch(call -> call.contains("select customer.customer_id") && call.contains("limit"));
        assertThat(writes()).hasSize(2).allMatch(call -> call.contains("customer_id in ::__vals"));
        assertThat(tablets.log()).filteredOn(call -> call.endsWith("commit")).hasSize(2);
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void onlyShardsWithRowsOfTheLimit_areWritten() {
        keysPerShard = 2;

        assertThat(client.query(UPDATE).end().affectedRows()).isEqualTo(2);
        assertThat(writes()).hasSize(1).allMatch(call -> call.startsWith("-80"));
    }

    @Test
    void noRows_writeNothing() {
        keysPerShard = 0;

        assertThat(client.query(UPDATE).end().affectedRows()).isZero();
        assertThat(writes()).isEmpty();
    }

    @Test
    void columnsOfThePrimaryKeyBesideTheVindex_tellRowsApart() {
        primaryKey = List.of("customer_id", "part");

        client.query("delete from customer order by customer_id limit 2");

        assertThat(tablets.log())
                .filteredOn(call -> call.contains("delete"))
                .hasSize(2)
                .allMatch(call -> call.contains("(customer_id, part) in ((:__dml_key0_0, :__dml_key0_1)"));
    }

    @Test
    void anErrorOfOneShard_undoesAll() {
        failingShard = "80-";

        assertThat(client.error(UPDATE).getMessage()).contains("Duplicate entry");
        assertThat(tablets.openTransactions()).isZero();
        assertThat(tablets.log()).noneMatch(call -> call.endsWith("commit"));
    }

    @Test
    void inTheClientsTransaction_aFailedStatementIsUndone_andNothingIsCommitted() {
        client.query("begin");
        client.query(UPDATE);
        assertThat(tablets.openTransactions()).isEqualTo(2);
        failingShard = "80-";
        assertThat(client.error(UPDATE).getMessage()).contains("Duplicate entry");
        assertThat(tablets.log()).anyMatch(call -> call.contains("rollback to _vt"));
        assertThat(tablets.openTransactions()).isEqualTo(2);
        client.query("rollback");
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void aWarningOfTheQuery_isRefusedInStrictModeOnly() {
        warnings = new Query.Row[] {Results.row("Warning", "1292", "Truncated incorrect DOUBLE value: 'a'")};

        assertThat(client.error(UPDATE).getMessage())
                .contains("VT12001", "whose query warns: Truncated incorrect DOUBLE value: 'a'");
        assertThat(writes()).isEmpty();
        sqlMode = "NO_ENGINE_SUBSTITUTION";
        assertThat(client.query(UPDATE).end().affectedRows()).isEqualTo(2);
    }

    @Test
    void anErrorOfOneShard_isNoWarningHere() {
        silentShard = "80-";

        assertThat(client.error("update /*vt+ SCATTER_ERRORS_AS_WARNINGS */ customer set email = 'x' limit 2")
                        .getMessage())
                .contains("is away");
        assertThat(writes()).isEmpty();
    }

    @Test
    void aNote_isNoError() {
        warnings = new Query.Row[] {Results.row("Note", "1051", "something")};

        assertThat(client.query(UPDATE).end().affectedRows()).isEqualTo(2);
    }

    @Test
    void whatCannotBeExact_isRefusedByName() {
        assertThat(client.error("update ignore customer set email = 'x' limit 1")
                        .getMessage())
                .contains("VT12001", "UPDATE IGNORE");
        keyType = SqlType.TIMESTAMP;
        assertThat(client.error(UPDATE).getMessage()).contains("VT12001", "column 'customer_id' of type TIMESTAMP");
        keyType = SqlType.INT64;
        primaryKey = List.of("email");
        assertThat(client.error(UPDATE).getMessage()).contains("VT12001", "column 'email' of the primary key");
        primaryKey = List.of();
        assertThat(client.error(UPDATE).getMessage()).contains("VT12001", "table 'customer', which has no primary key");
        assertThat(writes()).isEmpty();
    }

    @Test
    void safeUpdates_wantALimit() {
        safeUpdates = "1";

        assertThat(client.query(UPDATE).end().affectedRows()).isEqualTo(2);
        assertThat(client.error("delete c from customer c join customer d on c.email = d.email")
                        .getMessage())
                .contains("VT12001", "sql_safe_updates");
    }

    @Test
    void moreRowsThanMayBeKept_areRefusedWithTheLimit() {
        keysPerShard = 4;

        assertThat(client.error("update customer set email = 'x' limit 9").errno())
                .isEqualTo(1153);
        assertThat(writes()).isEmpty();
    }
}
