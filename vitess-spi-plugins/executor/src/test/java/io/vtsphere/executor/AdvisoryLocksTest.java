package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** GET_LOCK and its relatives. */
class AdvisoryLocksTest {
    private final FakeTablets tablets = new FakeTablets();
    private final Gate gate = Cluster.gate(tablets, Map.of());
    private final Client client = new Client(gate);

    @BeforeEach
    void connect() {
        client.initDb("customer");
        tablets.answer((target, query) -> one());
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    private static Query.QueryResult one() {
        return Results.rows(List.of(Results.field("lock", SqlType.INT64)), Results.row("1"));
    }

    @Test
    void aLockThatIsHeld_keepsItsConnection_untilItIsReleased() {
        assertThat(client.query("select get_lock('a', 1)").texts()).containsExactly(List.of("1"));
        assertThat(tablets.reservedConnections()).isEqualTo(1);
        client.query("select get_lock('b', 1)");
        client.query("select release_lock('A')");
        assertThat(tablets.reservedConnections()).isEqualTo(1);
        client.query("select release_lock('b')");
        awaitReserved(0);
        assertThat(tablets.log()).hasSize(5).allMatch(call -> call.startsWith("0: "));
        assertThat(tablets.log().get(0)).startsWith("0: reserve [] select get_lock(");
        assertThat(tablets.log().get(1)).startsWith("0: reserved select get_lock(");
        assertThat(tablets.log().get(4)).isEqualTo("0: release");
    }

    @Test
    void aLockHeldTwice_isReleasedTwice() {
        client.query("select get_lock('a', 1)");
        client.query("select get_lock('a', 1)");
        client.query("select release_lock('a')");
        assertThat(tablets.reservedConnections()).isEqualTo(1);
        client.query("select release_all_locks()");
        awaitReserved(0);
    }

    @Test
    void aLockThatIsNotGiven_holdsNoConnection() {
        tablets.answer(
                (target, query) -> Results.rows(List.of(Results.field("lock", SqlType.INT64)), Results.row("0")));
        client.query("select get_lock('a', 0)");
        awaitReserved(0);
    }

    @Test
    void locksEndWithTheClient_andWithAReset() {
        client.query("select get_lock('a', 1)");
        client.reset();
        awaitReserved(0);
        client.query("select get_lock('a', 1)");
        client.onLoop(client.session::close);
        awaitReserved(0);
    }

    @Test
    void locksBesideOtherExpressions_orOverTables_areRefused() {
        assertThat(client.error("select get_lock('x', 1), 1").getMessage())
                .isEqualTo("VT12001: unsupported: LOCK function and other expression: [1] in same select query");
        assertThat(client.error("select get_lock('x', 1) from customer").getMessage())
                .isEqualTo("VT12001: unsupported: get_lock('x', 1) allowed only with dual");
        assertThat(client.error("select 1 from customer where get_lock('x', 1) = 1")
                        .getMessage())
                .isEqualTo("VT12001: unsupported: LOCK function get_lock");
        assertThat(tablets.log()).isEmpty();
    }

    private void awaitReserved(int count) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(tablets.reservedConnections()).isEqualTo(count));
    }
}
