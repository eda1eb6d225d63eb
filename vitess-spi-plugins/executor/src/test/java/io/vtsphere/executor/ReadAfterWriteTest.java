package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads on replicas that must see what the session wrote on the primary. */
class ReadAfterWriteTest {
    private static final String WAIT = "select wait_for_executed_gtid_set(:gtids, :seconds)";
    private static final String EXECUTED = "select @@global.gtid_executed";
    private static final String READ = "select email from customer where customer_id = 1";
    private static final String WRITE = "update customer set email = 'x' where customer_id = 1";

    private final FakeTablets tablets = new FakeTablets();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Gate gate = Cluster.gate(tablets, Map.of());
    private final Client client = new Client(gate);
    private volatile String reached = "0";
    private volatile String gtid = "u:5";
    private volatile boolean replicaGone;

    @BeforeEach
    void start() {
        tablets.answer(this::answer);
        client.query("set read_after_write_consistency = 'session'");
        client.query("set read_after_write_timeout = 0.5");
    }

    @AfterEach
    void stop() {
        client.close();
        gate.close();
    }

    private Query.QueryResult answer(Target target, Query.BoundQuery query) {
        String sql = query.getSql();
        String waitsFor = sql.equals(WAIT)
                ? " " + query.getBindVariablesOrThrow("gtids").getValue().toStringUtf8() + " for "
                        + query.getBindVariablesOrThrow("seconds").getValue().toStringUtf8()
                : "";
        calls.add(target.type().lower() + ": " + sql.split(" ", -1)[0] + (sql.equals(EXECUTED) ? " executed" : "")
                + waitsFor);
        if (replicaGone && target.type() == TabletType.REPLICA && !sql.equals(WAIT)) {
            throw VtException.of(Code.UNAVAILABLE, "gone");
        }
        if (sql.equals(WAIT)) {
            return one(reached);
        }
        if (sql.equals(EXECUTED)) {
            return one("u:1-9,\nv:1");
        }
        return sql.startsWith("update")
                ? Results.affected(1).toBuilder().setSessionStateChanges(gtid).build()
                : one("x");
    }

    private static Query.QueryResult one(String value) {
        return Query.QueryResult.newBuilder()
                .addFields(Fields.of("v", SqlType.VARCHAR))
                .addRows(Fields.row(List.of(SqlValue.varchar(value))))
                .build();
    }

    private void write() {
        client.initDb("customer");
        client.query(WRITE);
        client.initDb("customer@replica");
        calls.clear();
    }

    @Test
    void replicaThatCatchesUp_isWaitedForOnce() {
        write();
        client.query(READ);
        client.query(READ);
        assertThat(calls).containsExactly("replica: select u:5 for 0.5", "replica: select", "replica: select");
    }

    @Test
    void anotherWrite_isWaitedForTogetherWithTheFirst() {
        write();
        client.query(READ);
        gtid = "u:6";
        write();
        client.query(READ);
        assertThat(calls).containsExactly("replica: select u:5,u:6 for 0.5", "replica: select");
    }

    @Test
    void replicaThatDoesNotCatchUpInTime_thePrimaryAnswers() {
        write();
        reached = "1";
        assertThat(client.query(READ).texts()).containsExactly(List.of("x"));
        assertThat(calls).containsExactly("replica: select u:5 for 0.5", "primary: select");
    }

    @Test
    void replicaLostAfterTheWait_thePrimaryAnswers() {
        write();
        replicaGone = true;
        assertThat(client.query(READ).texts()).containsExactly(List.of("x"));
        assertThat(calls).containsExactly("replica: select u:5 for 0.5", "replica: select", "primary: select");
    }

    @Test
    void tabletThatNamesNoGtid_thePrimaryIsAskedForAllItHas() {
        gtid = "";
        write();
        client.query(READ);
        client.query(READ);
        assertThat(calls)
                .containsExactly(
                        "primary: select executed",
                        "replica: select u:1-9,v:1 for 0.5",
                        "replica: select",
                        "replica: select");
    }

    @Test
    void transaction_thePrimaryIsAskedBecauseACommitNamesNoGtid() {
        client.initDb("customer");
        client.query("begin");
        client.query(WRITE);
        client.query("commit");
        client.initDb("customer@replica");
        calls.clear();
        client.query(READ);
        assertThat(calls)
                .containsExactly("primary: select executed", "replica: select u:1-9,v:1 for 0.5", "replica: select");
    }

    @Test
    void nothingWritten_orNotAskedFor_nothingIsWaitedFor() {
        client.initDb("customer@replica");
        client.query(READ);
        assertThat(calls).containsExactly("replica: select");
        client.query("set read_after_write_consistency = 'eventual'");
        write();
        client.query(READ);
        assertThat(calls).containsExactly("replica: select");
    }

    @Test
    void askedForAfterTheWrite_theWriteCounts() {
        client.query("set read_after_write_consistency = 'eventual'");
        write();
        client.query("set read_after_write_consistency = 'session'");
        client.query(READ);
        assertThat(calls)
                .containsExactly("primary: select executed", "replica: select u:1-9,v:1 for 0.5", "replica: select");
    }

    @Test
    void variables_showWhatWasSet_andRefuseNonsense() {
        assertThat(client.query("select @@read_after_write_consistency, @@read_after_write_timeout")
                        .texts())
                .containsExactly(List.of("SESSION", "0.5"));
        assertThat(client.error("set read_after_write_consistency = 'global'").getMessage())
                .contains("must be eventual or session");
        assertThat(client.error("set read_after_write_timeout = -1").getMessage())
                .contains("must be 0 to 3600");
    }
}
