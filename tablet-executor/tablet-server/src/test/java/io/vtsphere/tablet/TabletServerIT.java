package io.vtsphere.tablet;

import static io.vtsphere.tablet.TabletClient.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Query;
import io.vitess.proto.Query.BindVariable;
import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Query.ExecuteOptions;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.StreamExecuteResponse;
import io.vitess.proto.Query.Type;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.topo.TabletType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabletServerIT {
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(2);

    @TempDir
    static Path directory;

    private static MySqlProcess mysql;
    private static TabletServer tablet;
    private static TabletClient client;
    private static final SimpleMeterRegistry METRICS = new SimpleMeterRegistry();

    @BeforeAll
    static void start() throws Exception {
        mysql = MySqlProcess.start(MySqlProcess.Options.in(directory));
        mysql.execute(
                "",
                "create database vt_customer",
                "create table vt_customer.t(id int primary key, v varchar(20))",
                "create table vt_customer.big(id int primary key, v longblob)",
                "create table vt_customer.seq(id bigint, next_id bigint, cache bigint, primary key(id)) comment 'vitess_sequence'",
                "create procedure vt_customer.two() begin select 1; select 2; end",
                "create procedure vt_customer.none() begin insert into t values (900, 'p'); end",
                "create procedure vt_customer.leak() begin start transaction; insert into t values (901, 'p'); end");
        tablet =
                TestTablets.serving(TestTablets.config(mysql.port(), TabletType.PRIMARY, TRANSACTION_TIMEOUT), METRICS);
        client = new TabletClient(tablet, TabletType.PRIMARY);
    }

    @AfterAll
    static void stop() {
        client.close();
        tablet.close();
        mysql.close();
    }

    @BeforeEach
    void rowsAreFresh() throws Exception {
        mysql.execute(
                "vt_customer",
                "delete from t",
                "insert into t values (1, 'a'), (2, 'b')",
                "delete from big",
                "delete from seq",
                "insert into seq values (0, 1, 3)");
    }

    @Test
    void transaction_olderThanItsTimeout_isRolledBackAndSaysWhy() throws Exception {
        long id = client.begin();
        client.execute("insert into t values (3, 'c')", id);
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        failure(() -> client.execute("select 1", id))
                                .getStatus()
                                .getDescription())
                .matches("transaction " + id + ": ended at .* UTC \\(exceeded timeout: 2s\\)"));
        assertThat(mysql.queryOne("vt_customer", "select count(*) from t where id = 3"))
                .isEqualTo("0");
    }

    @Test
    void transaction_connectionKilledInMysql_isGoneAndRolledBack() throws Exception {
        long id = client.begin();
        client.execute("insert into t values (3, 'c')", id);
        String thread =
                rows(client.execute("select connection_id()", id)).get(0).get(0);
        mysql.execute("", "kill " + thread);
        Awaitility.await().untilAsserted(() -> {
            Status status = failure(() -> client.execute("select 1", id)).getStatus();
            assertThat(status.getCode()).isEqualTo(Status.Code.ABORTED);
            assertThat(status.getDescription()).contains("ended at").contains("(closed)");
        });
        assertThat(mysql.queryOne("vt_customer", "select count(*) from t where id = 3"))
                .isEqualTo("0");
    }

    @Test
    void transaction_queryPastTheDeadline_losesTheTransaction() {
        long id = client.begin();
        ExecuteOptions options =
                ExecuteOptions.newBuilder().setAuthoritativeTimeout(200).build();
        Status status =
                failure(() -> client.execute("select sleep(20)", id, options)).getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.CANCELLED);
        assertThat(status.getDescription())
                .matches("\\(errno 3024\\) \\(sqlstate HY000\\): Query execution was interrupted, maximum statement"
                        + " execution time exceeded, elapsed time: 2\\d\\d\\.\\d+ms, killing connection ID \\d+");
        assertThat(failure(() -> client.execute("select 1", id)).getStatus().getDescription())
                .contains("(unlocked closed connection)");
    }

    @Test
    void execute_deadlineOfTheCaller_killsTheQueryInMysql() {
        assertThatThrownBy(() -> client.stub
                        .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                        .execute(client.request("select sleep(21)", 0, ExecuteOptions.getDefaultInstance())))
                .isInstanceOf(StatusRuntimeException.class);
        awaitNotRunning("sleep(21)");
    }

    @Test
    void execute_callerGivesUp_killsTheQueryInMysql() {
        Context.CancellableContext context = Context.current().withCancellation();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        try {
            Future<?> call = caller.submit(context.wrap(() -> client.execute("select sleep(22)")));
            Awaitility.await().until(() -> running("sleep(22)"));
            context.cancel(null);
            assertThatThrownBy(call::get).hasMessageContaining("CANCELLED");
        } finally {
            caller.shutdownNow();
        }
        awaitNotRunning("sleep(22)");
        assertThat(rows(client.execute("select 5"))).containsExactly(List.of("5"));
    }

    @Test
    void begin_allConnectionsTaken_isRefusedAfterTheWait() {
        List<Long> open = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            open.add(client.begin());
        }
        Status status = failure(client::begin).getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDescription()).isEqualTo("transaction pool connection limit exceeded");
        open.forEach(client::rollback);
        client.rollback(client.begin());
    }

    @Test
    void execute_moreCallersThanConnections_allAreServed() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(24);
        try {
            List<Future<QueryResult>> calls = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int n = i;
                calls.add(callers.submit(() -> client.execute("select " + n + " from t where id = 1")));
            }
            for (int i = 0; i < calls.size(); i++) {
                assertThat(rows(calls.get(i).get(20, TimeUnit.SECONDS))).containsExactly(List.of("" + i));
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(METRICS.get("vtsphere.tablet.pool.connections")
                        .tag("pool", "reads")
                        .gauge()
                        .value())
                .isBetween(1.0, 4.0);
        assertThat(METRICS.get("vtsphere.tablet.pool.in.use")
                        .tag("pool", "reads")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void execute_updateOfMoreRowsThanAllowed_isRolledBack() throws Exception {
        mysql.execute(
                "vt_customer",
                "set session cte_max_recursion_depth = 20000; insert into t with recursive n(i) as (select 100 union all select i + 1 from n where i < 10101) select i, 'x' from n");
        Status status = failure(() -> client.execute("update t set v = 'y' where id >= 100"))
                .getStatus();
        assertThat(status.getDescription()).isEqualTo("Row count exceeded 10000");
        assertThat(mysql.queryOne("vt_customer", "select count(*) from t where v = 'y'"))
                .isEqualTo("0");
        assertThat(client.execute("update t set v = 'y' where id between 100 and 10099")
                        .getRowsAffected())
                .isEqualTo(10_000);
    }

    @Test
    void execute_valueOfManyMegabytes_isStoredAndRead() {
        byte[] value = new byte[5 << 20];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) (i * 31 >> 3);
        }
        insertBig(1, value);
        assertThat(rowBytes(client.execute("select v from big where id = 1")).toByteArray())
                .isEqualTo(value);
    }

    @Test
    void execute_resultBeyondTheMessageSize_isRefused() {
        for (int i = 0; i < 5; i++) {
            insertBig(i, new byte[4 << 20]);
        }
        Status status = failure(() -> client.execute("select v from big")).getStatus();
        assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(status.getDescription())
                .matches("grpc: trying to send message larger than max \\(\\d+ vs\\. 16777216\\)");
    }

    @Test
    void streamExecute_slowClient_holdsMysqlBackAndLosesNothing() {
        String sql =
                "select a.n, repeat('x', 1000) from (with recursive r(n) as (select 1 union all select n + 1 from r"
                        + " where n < 1000) select n from r) a, (select 1 union select 2 union select 3 union select 4) b";
        Iterator<StreamExecuteResponse> stream = client.stub.streamExecute(Query.StreamExecuteRequest.newBuilder()
                .setTarget(client.target)
                .setQuery(BoundQuery.newBuilder().setSql(sql))
                .build());
        StreamExecuteResponse first = stream.next();
        assertThat(first.getResult().getFieldsCount()).isEqualTo(2);
        assertThat(first.getResult().getRowsCount()).isZero();
        int rows = 0;
        while (stream.hasNext()) {
            QueryResult message = stream.next().getResult();
            assertThat(message.getFieldsCount()).isZero();
            assertThat(message.getRowsCount()).isBetween(1, 33);
            rows += message.getRowsCount();
        }
        assertThat(rows).isEqualTo(4_000);
    }

    @Test
    void streamExecute_clientLeaves_freesTheConnection() {
        Context.CancellableContext context = Context.current().withCancellation();
        context.run(() -> {
            Iterator<StreamExecuteResponse> stream = client.stub.streamExecute(Query.StreamExecuteRequest.newBuilder()
                    .setTarget(client.target)
                    .setQuery(
                            BoundQuery.newBuilder()
                                    .setSql(
                                            "select repeat('y', 10000), sleep(0.001) from information_schema.columns a, information_schema.columns b"))
                    .build());
            stream.next();
        });
        context.cancel(null);
        awaitNotRunning("repeat('y'");
        Awaitility.await().untilAsserted(() -> assertThat(METRICS.get("vtsphere.tablet.pool.in.use")
                        .tag("pool", "streams")
                        .gauge()
                        .value())
                .isZero());
    }

    @Test
    void execute_callerGivesUpDuringTheBegin_noLaterWriteRunsInThatTransaction() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            client.execute("update t set v = 'x' where id = 1");
            Context.CancellableContext context = Context.current().withCancellation();
            mysql.process().freeze();
            Future<?> call =
                    callers.submit(context.wrap(() -> client.execute("update t set v = 'given up' where id = 1")));
            // the begin is on its way to a MySQL that stands still
            Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            context.cancel(null);
            assertThatThrownBy(call::get).hasMessageContaining("CANCELLED");
            mysql.process().thaw();
            Awaitility.await()
                    .until(() -> METRICS.get("vtsphere.tablet.pool.in.use")
                                    .tag("pool", "transactions")
                                    .gauge()
                                    .value()
                            == 0);
            List<Future<?>> inserts = new ArrayList<>();
            for (int id = 1_000; id < 1_040; id++) {
                String insert = "insert into t values (" + id + ", 'acknowledged')";
                inserts.add(callers.submit(() -> client.execute(insert)));
            }
            for (Future<?> insert : inserts) {
                insert.get();
            }
            assertThat(mysql.queryOne("vt_customer", "select count(*) from t where v = 'acknowledged'"))
                    .isEqualTo("40");
        } finally {
            callers.shutdownNow();
        }
    }

    /** Gates that do not send a DDL themselves learn so that they have to ask for the tables. */
    @Test
    void execute_ddl_isSaidInTheHealthStreamOnce() {
        Iterator<Query.StreamHealthResponse> health =
                client.stub.streamHealth(Query.StreamHealthRequest.getDefaultInstance());
        health.next();
        client.execute("create table changed(id int primary key, t_id int, foreign key (t_id) references t (id))");
        assertThat(change(health).getTableSchemaChangedList()).containsExactly("changed");
        client.execute("create or replace view shown as select id from changed");
        assertThat(change(health).getViewSchemaChangedList()).containsExactly("shown");
        assertThatThrownBy(() -> client.execute("create table changed(id int)")).hasMessageContaining("already exists");
        client.execute("drop view shown");
        assertThat(change(health).getViewSchemaChangedList()).containsExactly("shown");
        client.execute("drop table changed");
        assertThat(change(health).getTableSchemaChangedList()).containsExactly("changed");
    }

    /** The next message that tells of a change. */
    private static Query.RealtimeStats change(Iterator<Query.StreamHealthResponse> health) {
        while (true) {
            Query.RealtimeStats stats = health.next().getRealtimeStats();
            if (stats.getTableSchemaChangedCount() + stats.getViewSchemaChangedCount() > 0) {
                return stats;
            }
        }
    }

    @Test
    void execute_write_tellsItsGtid() throws Exception {
        QueryResult write = client.execute("update t set v = 'gtid' where id = 1");
        String gtid = write.getSessionStateChanges();
        assertThat(gtid).matches("[0-9a-f-]{36}:[0-9]+");
        assertThat(mysql.queryOne("", "select gtid_subset('" + gtid + "', @@global.gtid_executed)"))
                .isEqualTo("1");
        assertThat(client.execute("select 1").getSessionStateChanges()).isEmpty();
    }

    @Test
    void execute_writeAfterAnothersSettings_stillTellsItsGtid() {
        // every connection of the pool has had a session's settings, which a reset took away
        for (int i = 0; i < 8; i++) {
            client.stub.reserveExecute(Query.ReserveExecuteRequest.newBuilder()
                    .setTarget(client.target)
                    .addPreQueries("set sql_safe_updates = 0")
                    .setQuery(BoundQuery.newBuilder().setSql("update t set v = 's" + i + "' where id = 1"))
                    .build());
        }
        for (int i = 0; i < 8; i++) {
            assertThat(client.execute("update t set v = 'p" + i + "' where id = 1")
                            .getSessionStateChanges())
                    .isNotEmpty();
        }
    }

    @Test
    void execute_procedures_asVitessDoes() throws Exception {
        assertThat(failure(() -> client.execute("call two()")).getStatus().getDescription())
                .isEqualTo("Multi-Resultset not supported in stored procedure");
        client.execute("call none()");
        assertThat(mysql.queryOne("vt_customer", "select count(*) from t where id = 900"))
                .isEqualTo("1");
        assertThat(failure(() -> client.execute("call leak()")).getStatus().getDescription())
                .startsWith("Transaction not concluded inside the stored procedure");
        Awaitility.await()
                .untilAsserted(() -> assertThat(mysql.queryOne("vt_customer", "select count(*) from t where id = 901"))
                        .isEqualTo("0"));
    }

    @Test
    void reserveExecute_settings_doNotLeakIntoOtherCalls() {
        for (int i = 0; i < 20; i++) {
            Query.ReserveExecuteResponse with = client.stub.reserveExecute(Query.ReserveExecuteRequest.newBuilder()
                    .setTarget(client.target)
                    .setQuery(BoundQuery.newBuilder().setSql("select @@sql_mode"))
                    .addPreQueries("set sql_mode = 'ANSI_QUOTES,STRICT_TRANS_TABLES'")
                    .build());
            assertThat(with.getReservedId()).isZero();
            assertThat(rows(with.getResult()).get(0).get(0)).isEqualTo("ANSI_QUOTES,STRICT_TRANS_TABLES");
            QueryResult plain = client.execute("select @@sql_mode, @@character_set_client, @@collation_connection");
            assertThat(rows(plain).get(0).get(0)).doesNotContain("ANSI_QUOTES");
            assertThat(rows(plain).get(0).subList(1, 3)).containsExactly("utf8mb4", "utf8mb4_0900_ai_ci");
        }
    }

    @Test
    void execute_poolConnectionKilled_nextReadTakesAnother() throws Exception {
        for (int i = 0; i < 10; i++) {
            String thread =
                    rows(client.execute("select connection_id()")).get(0).get(0);
            mysql.execute("", "kill " + thread);
            assertThat(rows(client.execute("select 1"))).containsExactly(List.of("1"));
        }
    }

    @Test
    void nextValues_manyCallers_getEveryNumberOnce() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        CountDownLatch go = new CountDownLatch(1);
        try {
            List<Future<Long>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(callers.submit(() -> {
                    go.await();
                    return next("select next 2 values from seq");
                }));
            }
            go.countDown();
            List<Long> firsts = new ArrayList<>();
            for (Future<Long> call : calls) {
                firsts.add(call.get(20, TimeUnit.SECONDS));
            }
            assertThat(firsts).doesNotHaveDuplicates();
            firsts.sort(null);
            for (int i = 1; i < firsts.size(); i++) {
                assertThat(firsts.get(i) - firsts.get(i - 1)).isGreaterThanOrEqualTo(2);
            }
        } finally {
            callers.shutdownNow();
        }
        long stored = Long.parseLong(mysql.queryOne("vt_customer", "select next_id from seq"));
        assertThat(next("select next value from seq")).isLessThanOrEqualTo(stored);
    }

    @Test
    void nextValues_wrongCount_isRefused() {
        assertThat(failure(() -> client.execute("select next 0 values from seq"))
                        .getStatus()
                        .getDescription())
                .isEqualTo("invalid increment for sequence seq: 0");
    }

    @Test
    void transaction_sequenceAndRollback_numbersAreNotHandedOutAgain() {
        long id = client.begin();
        long first = Long.parseLong(
                rows(client.execute("select next value from seq", id)).get(0).get(0));
        client.rollback(id);
        assertThat(next("select next value from seq")).isGreaterThan(first);
    }

    @Test
    void metrics_callsAndErrors_areCounted() {
        double before = METRICS.get("vtsphere.tablet.errors")
                .tag("code", "ALREADY_EXISTS")
                .counter()
                .count();
        failure(() -> client.execute("insert into t values (1, 'again')"));
        assertThat(METRICS.get("vtsphere.tablet.errors")
                        .tag("code", "ALREADY_EXISTS")
                        .counter()
                        .count())
                .isEqualTo(before + 1);
        assertThat(METRICS.get("vtsphere.tablet.queries")
                        .tag("plan", "Insert")
                        .timer()
                        .count())
                .isPositive();
    }

    private static long next(String sql) {
        return Long.parseLong(rows(client.execute(sql)).get(0).get(0));
    }

    private static void insertBig(int id, byte[] value) {
        BindVariable bound = BindVariable.newBuilder()
                .setType(Type.VARBINARY)
                .setValue(ByteString.copyFrom(value))
                .build();
        client.stub.execute(Query.ExecuteRequest.newBuilder()
                .setTarget(client.target)
                .setQuery(BoundQuery.newBuilder()
                        .setSql("insert into big values (" + id + ", :v)")
                        .putBindVariables("v", bound))
                .build());
    }

    private static ByteString rowBytes(QueryResult result) {
        return result.getRows(0).getValues();
    }

    private static StatusRuntimeException failure(Runnable call) {
        try {
            call.run();
        } catch (StatusRuntimeException e) {
            return e;
        }
        throw new AssertionError("the call should have failed");
    }

    private static void awaitNotRunning(String part) {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !running(part));
    }

    private static boolean running(String part) throws Exception {
        String count = mysql.queryOne(
                "",
                "select count(*) from information_schema.processlist where command = 'Query' and id <> connection_id()"
                        + " and info like '%" + part.replace("'", "''") + "%'");
        return !"0".equals(count);
    }
}
