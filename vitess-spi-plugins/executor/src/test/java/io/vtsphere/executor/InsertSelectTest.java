package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InsertSelectTest {
    private static final String COPY = "insert into customer(customer_id, email) select id, sku from commerce.product";

    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate = Cluster.gate(tablets, Map.of("max-memory-rows", "5"));
    private final Client client = new Client(gate);
    private final List<Query.BoundQuery> inserts = Collections.synchronizedList(new ArrayList<>());

    InsertSelectTest() {
        client.initDb("customer");
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    private void productsAre(Query.Field second, Query.Row... rows) {
        tablets.answer((target, query) -> {
            if (query.getSql().startsWith("select")) {
                return Results.rows(List.of(Results.field("id", SqlType.INT64), second), rows);
            }
            inserts.add(query);
            return Results.affected(query.getSql().split("\\(:", -1).length - 1);
        });
    }

    @Test
    void rows_goToTheirShardsInOneTransactionWithTheLockedRead() {
        productsAre(Results.field("sku", SqlType.VARCHAR), Results.row("1", "a"), Results.row("4", null));

        Client.Answer answer = client.query(COPY);

        assertThat(answer.end().affectedRows()).isEqualTo(2);
        assertThat(tablets.openTransactions()).isZero();
        assertThat(tablets.log().get(0)).isEqualTo("0: begin select id, sku from product lock in share mode");
        assertThat(tablets.log())
                .filteredOn(call -> call.contains("begin insert"))
                .hasSize(2);
        assertThat(tablets.log()).filteredOn(call -> call.endsWith("commit")).hasSize(3);
        assertThat(inserts)
                .flatExtracting(query -> query.getBindVariablesMap().values())
                .extracting(Query.BindVariable::getType)
                .contains(Query.Type.INT64, Query.Type.VARCHAR, Query.Type.NULL_TYPE);
    }

    @Test
    void anErrorOfOneShard_undoesAll() {
        tablets.answer((target, query) -> {
            if (query.getSql().startsWith("select")) {
                return Results.rows(
                        List.of(Results.field("id", SqlType.INT64), Results.field("sku", SqlType.VARCHAR)),
                        Results.row("1", "a"),
                        Results.row("4", "b"));
            }
            if (target.shard().equals("80-")) {
                throw VtException.of(Code.ALREADY_EXISTS, "Duplicate entry (errno 1062) (sqlstate 23000)");
            }
            return Results.affected(1);
        });

        assertThat(client.error(COPY).getMessage()).contains("Duplicate entry");
        assertThat(tablets.openTransactions()).isZero();
        assertThat(tablets.log()).noneMatch(call -> call.endsWith("commit"));
    }

    @Test
    void inTheClientsTransaction_nothingIsCommitted() {
        productsAre(Results.field("sku", SqlType.VARCHAR), Results.row("1", "a"));
        client.query("begin");
        client.query(COPY);
        assertThat(tablets.openTransactions()).isEqualTo(2);
        client.query("rollback");
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void noRows_insertNothing_butWrongNumbersOfColumnsAreStillWrong() {
        productsAre(Results.field("sku", SqlType.VARCHAR));

        assertThat(client.query(COPY).end().affectedRows()).isZero();
        VtException error = client.error("insert into customer(customer_id) select id, sku from commerce.product");

        assertThat(error.errno()).isEqualTo(1136);
        assertThat(inserts).isEmpty();
    }

    @Test
    void bits_goAsTheirNumber_andEnumsAsTheirText() {
        productsAre(
                Results.field("b", SqlType.BIT),
                Query.Row.newBuilder()
                        .addLengths(1)
                        .addLengths(2)
                        .setValues(ByteString.copyFrom(new byte[] {'1', 1, 2}))
                        .build());
        client.query("insert into customer(customer_id, email) select id, b from commerce.product");
        assertThat(inserts.get(0).getBindVariablesMap().values()).anySatisfy(bind -> assertThat(bind)
                .isEqualTo(Query.BindVariable.newBuilder()
                        .setType(Query.Type.HEXNUM)
                        .setValue(ByteString.copyFromUtf8("0x0102"))
                        .build()));

        productsAre(Results.field("e", SqlType.ENUM), Results.row("1", "red"));
        client.query("insert into customer(customer_id, email) select id, e from commerce.product");
        assertThat(inserts.get(1).getBindVariablesMap().values())
                .extracting(Query.BindVariable::getType)
                .contains(Query.Type.VARCHAR)
                .doesNotContain(Query.Type.ENUM);
    }

    @Test
    void whatCannotBeExact_isRefused() {
        productsAre(Results.field("f", SqlType.FLOAT32), Results.row("1", "1.5"));
        assertThat(client.error(COPY).getMessage()).contains("VT12001", "column 'f' (FLOAT32)");
        assertThat(client.error(COPY + " on duplicate key update email = 'x'").getMessage())
                .contains("VT12001", "ON DUPLICATE KEY UPDATE");
        assertThat(inserts).isEmpty();
    }

    @Test
    void moreRowsThanMayBeKept_areRefusedWithTheLimit() {
        productsAre(
                Results.field("sku", SqlType.VARCHAR),
                Results.row("1", "a"),
                Results.row("2", "b"),
                Results.row("3", "c"));
        VtException error =
                client.error("insert into commerce.product(id, sku) select customer_id, email from customer");

        assertThat(error.errno()).isEqualTo(1153);
        assertThat(inserts).isEmpty();
    }
}
