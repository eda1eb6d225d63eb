package io.vtsphere.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Customer 1 lives on shard -80, customer 4 on 80-. */
class TransactionTest {
    private static final int IN_TRANS = 1;
    private static final int AUTOCOMMIT = 2;

    private final FakeTablets tablets = new FakeTablets();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Gate gate = gate(Map.of());
    private Client client = new Client(gate);

    private Gate gate(Map<String, String> flags) {
        return new Gate(
                GateConfig.of(flags),
                ServingStates.fixed(Cluster.commerce()),
                tablets,
                new HandMadePlans(),
                SessionThreads.open(4),
                meters);
    }

    private void reopen(Map<String, String> flags) {
        client.close();
        gate.close();
        gate = gate(flags);
        client = new Client(gate);
    }

    @AfterEach
    void close() {
        client.close();
        gate.close();
    }

    @Test
    void autocommitWriteToOneShard_isOneCallWithoutTransaction() {
        tablets.answer((target, query) -> Results.affected(1));

        Client.Answer answer = client.query("write 1");

        assertThat(answer.end().affectedRows()).isEqualTo(1);
        assertThat(answer.end().statusFlags()).isEqualTo(AUTOCOMMIT);
        assertThat(tablets.log()).containsExactly("-80: write");
    }

    @Test
    void autocommitWriteToSeveralShards_isWrappedAndAddsUp() {
        tablets.answer((target, query) -> Results.affected(3));

        Client.Answer answer = client.query("write all");

        assertThat(answer.end().affectedRows()).isEqualTo(6);
        assertThat(answer.end().statusFlags()).isEqualTo(AUTOCOMMIT);
        assertThat(tablets.log()).containsExactly("-80: begin write", "80-: begin write", "-80: commit", "80-: commit");
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void autocommitWriteToSeveralShards_oneFails_allAreRolledBack() {
        failOn("80-", Code.ALREADY_EXISTS, "Duplicate entry '4' for key 'PRIMARY' (errno 1062) (sqlstate 23000)");

        VtException error = client.error("write all");

        assertThat(error.errno()).isEqualTo(1062);
        assertThat(error.sqlState()).isEqualTo("23000");
        assertThat(error.getMessage())
                .startsWith("transaction rolled back to reverse changes of partial DML execution: Duplicate entry");
        assertThat(tablets.openTransactions()).isZero();
        assertThat(tablets.log()).noneMatch(call -> call.endsWith("commit"));
        assertThat(client.query("read 1").end().statusFlags()).isEqualTo(AUTOCOMMIT);
    }

    @Test
    void transaction_opensEachShardWhenFirstReached_andCommitsInThatOrder() {
        tablets.answer((target, query) -> Results.affected(1));

        assertThat(client.query("begin").end().statusFlags()).isEqualTo(IN_TRANS | AUTOCOMMIT);
        assertThat(tablets.log()).isEmpty();
        client.query("write 4");
        client.query("write 1");
        client.query("write 4");
        assertThat(client.query("commit").end().statusFlags()).isEqualTo(AUTOCOMMIT);

        assertThat(tablets.log())
                .containsExactly("80-: begin write", "-80: begin write", "80-: tx write", "80-: commit", "-80: commit");
        assertThat(tablets.openTransactions()).isZero();
        assertThat(meters.get("vtgate.transactions.processed")
                        .tags("shard", "Cross", "type", "ReadWrite")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void rollback_reachesEveryShard() {
        client.query("begin");
        client.query("write all");
        client.query("rollback");

        assertThat(tablets.log()).contains("-80: rollback", "80-: rollback");
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void begin_insideTransaction_commitsFirst() {
        client.query("begin");
        client.query("write 1");
        client.query("begin");
        assertThat(tablets.log()).containsExactly("-80: begin write", "-80: commit");
        assertThat(client.query("read 1").end().statusFlags()).isEqualTo(IN_TRANS | AUTOCOMMIT);
    }

    @Test
    void statementError_keepsTheTransactionOpen_alsoWhenItOpenedIt() {
        failOn("-80", Code.ALREADY_EXISTS, "Duplicate entry (errno 1062) (sqlstate 23000)");
        client.query("begin");
        assertThat(client.error("write 1").errno()).isEqualTo(1062);
        tablets.answer((target, query) -> Results.affected(1));

        assertThat(client.query("write 1").end().statusFlags()).isEqualTo(IN_TRANS | AUTOCOMMIT);
        client.query("commit");

        assertThat(tablets.log()).containsExactly("-80: begin write", "-80: tx write", "-80: commit");
    }

    @Test
    void commit_secondShardFails_warnsAndRollsTheRestBack() {
        client.query("begin");
        client.query("write 1");
        client.query("write 4");
        tablets.failCommit("80-");

        VtException error = client.error("commit");

        assertThat(error.getMessage()).contains("commit failed");
        assertThat(client.session.warningCount()).isEqualTo(1);
        assertThat(tablets.log()).endsWith("-80: commit", "80-: commit", "80-: rollback");
        assertThat(tablets.openTransactions()).isZero();
        assertThat(client.session.statusFlags()).isEqualTo(AUTOCOMMIT);
        assertThat(meters.get("vtgate.warnings")
                        .tag("type", "NonAtomicCommit")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void writeToSeveralShards_partialFailureInTransaction_isUndoneToTheStatementBefore() {
        tablets.answer((target, query) -> Results.affected(1));
        client.query("begin");
        client.query("write 1");
        failOn("80-", Code.ALREADY_EXISTS, "Duplicate entry (errno 1062) (sqlstate 23000)");

        VtException error = client.error("write all");

        assertThat(error.getMessage()).startsWith("reverted partial DML execution failure: ");
        assertThat(error.errno()).isEqualTo(1062);
        assertThat(client.session.statusFlags()).isEqualTo(IN_TRANS | AUTOCOMMIT);
        assertThat(tablets.openTransactions()).isEqualTo(2);
        assertThat(tablets.log().stream().filter(call -> call.contains("rollback to _vt")))
                .hasSize(2);
        assertThat(tablets.log().stream().filter(call -> call.startsWith("80-: begin [savepoint _vt")))
                .hasSize(1);
    }

    @Test
    void shardThatAborts_takesTheWholeTransactionWithIt() {
        client.query("begin");
        client.query("write 1");
        failOn("80-", Code.ABORTED, "Deadlock found (errno 1213) (sqlstate 40001)");

        assertThat(client.error("write 4").errno()).isEqualTo(1213);

        assertThat(tablets.openTransactions()).isZero();
        assertThat(client.session.statusFlags()).isEqualTo(AUTOCOMMIT);
    }

    @Test
    void lostConnection_breaksTheTransaction_untilRollback() {
        client.query("begin");
        client.query("write 1");
        failOn("-80", Code.UNAVAILABLE, "connection refused");

        assertThat(client.error("write 1").getMessage())
                .isEqualTo("VT15001: transaction error, issue ROLLBACK and retry the transaction: connection refused");
        assertThat(client.error("read 4").getMessage())
                .isEqualTo("VT09032: previous transaction failed. Issue a ROLLBACK to resolve the failure.");
        assertThat(client.error("commit").getMessage()).startsWith("VT09032");
        tablets.answer((target, query) -> Results.affected(1));
        assertThat(client.query("rollback").end().statusFlags()).isEqualTo(AUTOCOMMIT);
        assertThat(client.query("write 1").end().affectedRows()).isEqualTo(1);
        assertThat(tablets.openTransactions()).isZero();
    }

    @Test
    void singleMode_secondShardThatWrites_isRefusedAndRolledBack() {
        reopen(Map.of("transaction-mode", "SINGLE"));
        client.query("begin");
        client.query("read 1");
        client.query("write 4");
        VtException error = client.error("write 1");

        assertThat(error.errno()).isEqualTo(1317);
        assertThat(error.getMessage())
                .startsWith("multi-db transaction attempted: [target:{keyspace:\"customer\" shard:\"-80\"");
        assertThat(tablets.openTransactions()).isZero();
        assertThat(client.session.statusFlags()).isEqualTo(AUTOCOMMIT);
    }

    @Test
    void savepoints_areRepeatedOnShardsThatJoinLater() {
        client.query("begin");
        client.query("savepoint a");
        client.query("write 1");
        client.query("savepoint b");
        client.query("rollback to a");
        client.query("write 4");

        assertThat(tablets.log())
                .containsExactly(
                        "-80: begin [savepoint a] write",
                        "-80: tx savepoint b",
                        "-80: tx rollback to a",
                        "80-: begin [savepoint a] write");
    }

    @Test
    void savepoints_withoutTransaction() {
        client.query("savepoint a");
        VtException error = client.error("rollback to a");
        assertThat(error.errno()).isEqualTo(1305);
        assertThat(error.getMessage()).isEqualTo("SAVEPOINT does not exist: rollback to a");
    }

    @Test
    void closeOfAnIdleSession_rollsBackAtOnce() {
        client.query("begin");
        client.query("write all");
        assertThat(tablets.openTransactions()).isEqualTo(2);

        client.onLoop(client.session::close);

        Awaitility.await().atMost(1, TimeUnit.SECONDS).until(() -> tablets.openTransactions() == 0);
    }

    @Test
    void closeDuringAStatement_cancelsItAndRollsBack() {
        client.query("begin");
        client.query("write all");
        tablets.hold();
        CompletableFuture<Client.Answer> unanswered =
                client.start(handler -> client.session.query("write all", handler));
        Awaitility.await().until(() -> tablets.heldQueries() > 0);

        client.onLoop(client.session::close);

        Awaitility.await().atMost(1, TimeUnit.SECONDS).until(() -> tablets.openTransactions() == 0);
        assertThat(unanswered).isNotDone();
    }

    @Test
    void kill_endsTheStatement_andTheSessionGoesOn() {
        tablets.hold();
        CompletableFuture<Client.Answer> answer = client.start(handler -> client.session.query("scan", handler));
        Awaitility.await().until(() -> tablets.heldQueries() == 2);

        client.session.kill();

        assertThat(answer).failsWithin(java.time.Duration.ofSeconds(5));
        assertThat(tablets.heldQueries()).isZero();
        assertThat(client.query("begin").end().statusFlags()).isEqualTo(IN_TRANS | AUTOCOMMIT);
    }

    private void failOn(String shard, Code code, String text) {
        tablets.answer((target, query) -> {
            boolean control =
                    query.getSql().startsWith("savepoint") || query.getSql().startsWith("rollback to");
            if (target.shard().equals(shard) && !control) {
                throw VtException.of(code, text);
            }
            return Results.affected(1);
        });
    }
}
