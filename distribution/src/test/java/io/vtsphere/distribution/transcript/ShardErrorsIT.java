package io.vtsphere.distribution.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on one shard of several always reaches the client: never the rows of the others alone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShardErrorsIT {
    private static final List<String> SCATTERS = List.of(
            "select * from sbtest1",
            "select count(*) from sbtest1",
            "select id from sbtest1 order by id limit 1",
            "select k, count(*) from sbtest1 group by k",
            "select distinct k from sbtest1",
            "select a.id from sbtest1 a join sbtest1 b on a.k = b.k",
            "select count(*) from (select k from sbtest1 order by k limit 5) as t",
            "select * from sbtest1 where id in (1, 2, 3, 4, 5, 6, 7, 8, 9)");

    @TempDir
    static Path directory;

    private static RecordedCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        try (InputStreamReader in = new InputStreamReader(
                Objects.requireNonNull(ShardErrorsIT.class.getResourceAsStream("vtgate-mysql-transcript.json")),
                StandardCharsets.UTF_8)) {
            cluster = new RecordedCluster(
                    directory,
                    JsonParser.parseReader(in).getAsJsonObject().getAsJsonObject("setup"),
                    Map.of("max-memory-rows", 1000, "max-memory-bytes", 65536, "allow-kill-statement", true));
        }
        for (String shard : List.of("-80", "80-")) {
            cluster.mysql("customer/" + shard)
                    .execute(
                            "vt_customer",
                            "create table if not exists sbtest1 (id bigint primary key, k int not null)",
                            "truncate table sbtest1");
        }
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void rows() throws SQLException {
        cluster.reset();
    }

    private static Connection connect(String... options) throws SQLException {
        return DriverManager.getConnection("jdbc:mysql://127.0.0.1:" + cluster.port()
                + "/customer?user=root&sslMode=DISABLED&useServerPrepStmts=false" + String.join("", options));
    }

    private static int rows(Statement statement, String sql) throws SQLException {
        int rows = 0;
        try (ResultSet set = statement.executeQuery(sql)) {
            while (set.next()) {
                rows++;
            }
        }
        return rows;
    }

    @Test
    @Order(1)
    void aTableThatOneShardLacks() throws SQLException {
        cluster.mysql("customer/80-").execute("vt_customer", "rename table sbtest1 to sbtest_away");
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String workload : List.of("oltp", "olap")) {
                statement.execute("set workload = " + workload);
                for (String sql : SCATTERS) {
                    assertThatThrownBy(() -> rows(statement, sql))
                            .as("%s: %s", workload, sql)
                            .isInstanceOfSatisfying(SQLException.class, error -> assertThat(error.getErrorCode())
                                    .isEqualTo(1146))
                            .hasMessageContaining("sbtest1");
                }
            }
            statement.execute("set workload = oltp");
            assertThat(rows(statement, "select /*vt+ SCATTER_ERRORS_AS_WARNINGS=1 */ id from sbtest1"))
                    .isZero();
            assertThat(rows(statement, "show warnings")).isEqualTo(1);
        } finally {
            cluster.mysql("customer/80-").execute("vt_customer", "rename table sbtest_away to sbtest1");
        }
    }

    @Test
    @Order(2)
    void anExpressionThatFailsForTheRowsOfOneShard() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            // 4 is on 80-, the others on -80: only there the sum overflows.
            assertThatThrownBy(
                            () -> rows(
                                    statement,
                                    "select customer_id, if(customer_id = 4, 9223372036854775807, 0) + 1 from customer order by 1"))
                    .isInstanceOfSatisfying(SQLException.class, error -> assertThat(error.getErrorCode())
                            .isEqualTo(1690));
            assertThatThrownBy(() -> statement.executeUpdate("update person set grp = 1 / (id - 4)"))
                    .isInstanceOfSatisfying(SQLException.class, error -> assertThat(error.getErrorCode())
                            .isEqualTo(1365))
                    .hasMessageContaining("Division by 0");
            assertThat(rows(statement, "select id from person where grp = 1 and id in (1, 2)"))
                    .as("the write of the other shard is undone")
                    .isEqualTo(2);
        }
    }

    @Test
    @Order(3)
    void aTabletThatIsKilledWhileItsStatementRuns() throws Exception {
        fill(2);
        killedDuring("select id, sleep(2) from sbtest1", "oltp");
        killedDuring("select id, sleep(2) from sbtest1", "olap");
        killedDuring("select k, max(sleep(2)) from sbtest1 group by k", "olap");
        killedDuring("select a.id from sbtest1 a join sbtest1 b on a.k = b.k where sleep(2) = 0", "oltp");
    }

    /** Kills a tablet at whose MySQL the statement is. */
    private static void killedDuring(String sql, String workload) throws Exception {
        try (Connection connection = connect("&socketTimeout=60000");
                Statement statement = connection.createStatement()) {
            statement.execute("set workload = " + workload);
            CompletableFuture<Integer> rows = CompletableFuture.supplyAsync(() -> {
                try {
                    return rows(statement, sql);
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            String shard =
                    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> sleepingShard(), Objects::nonNull);
            cluster.stopTablet(shard);
            assertThatThrownBy(rows::join).as("%s: %s", workload, sql).hasCauseInstanceOf(SQLException.class);
            cluster.startTablet(shard);
            statement.execute("set workload = oltp");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> rows(statement, "select id from sbtest1") == 4 && sleepingShard() == null);
        }
    }

    private static @Nullable String sleepingShard() throws SQLException {
        for (String shard : List.of("customer/-80", "customer/80-")) {
            try (Connection connection = cluster.mysql(shard).connect("");
                    Statement statement = connection.createStatement()) {
                if (rows(
                                statement,
                                "select 1 from information_schema.processlist"
                                        + " where state = 'User sleep' and id <> connection_id()")
                        > 0) {
                    return shard;
                }
            }
        }
        return null;
    }

    /** So many rows on each shard, whichever their right one is: reads of all shards do not ask. */
    private static void fill(int rows) throws SQLException {
        for (String shard : List.of("customer/-80", "customer/80-")) {
            int first = shard.endsWith("-80") ? 0 : rows;
            cluster.mysql(shard)
                    .execute(
                            "vt_customer",
                            "truncate table sbtest1",
                            "set session cte_max_recursion_depth = " + (rows + 1),
                            "insert into sbtest1(id, k) with recursive n(i) as (select 1 union all select i + 1 from n where i < "
                                    + rows + ") select i + " + first + ", i % 3 from n");
        }
    }

    @Test
    @Order(4)
    void aTabletThatIsKilledAfterItsStreamGaveRows() throws Exception {
        int each = 20_000;
        fill(each);
        for (String sql : List.of(
                "select id, repeat('x', 1000) from sbtest1", "select id, repeat('x', 1000) from sbtest1 order by id")) {
            int seen = 0;
            try (Connection connection = connect("&socketTimeout=60000");
                    Statement statement = connection.createStatement()) {
                statement.execute("set workload = olap");
                statement.setFetchSize(Integer.MIN_VALUE);
                try (ResultSet rows = statement.executeQuery(sql)) {
                    assertThat(rows.next()).isTrue();
                    cluster.stopTablet("customer/80-");
                    do {
                        seen++;
                    } while (rows.next());
                }
                throw new AssertionError(sql + ": an end without an error after " + seen + " rows");
            } catch (SQLException e) {
                assertThat(seen).as(sql).isBetween(1, 2 * each - 1);
                assertThat(e.getMessage()).contains("80-");
            }
            cluster.startTablet("customer/80-");
            Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(ShardErrorsIT::allServe);
        }
        fill(0);
    }

    private static boolean allServe() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return rows(statement, "select count(*) from sbtest1") == 1;
        }
    }

    @Test
    @Order(5)
    void moreThanMayBeKept_isRefusedByTheLimitsName() throws SQLException {
        fill(600);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "select id from sbtest1",
                    "select id from sbtest1 order by id",
                    "select id % 5000, count(*) from sbtest1 group by id % 5000",
                    "select distinct id + 1 from sbtest1",
                    "select id from sbtest1 where k < 2 union all select id from sbtest1 where k > 0",
                    "select a.id from sbtest1 a join sbtest1 b on a.k = b.k where a.id < 5",
                    "select count(distinct k + id) from sbtest1",
                    "insert into commerce.region(id, label) select id, 'x' from sbtest1")) {
                refused(statement, sql, "1000 (max-memory-rows)");
            }
            for (String sql : List.of(
                    "select id, repeat('x', 1000) from sbtest1 where id <= 100 order by id",
                    "select repeat('x', 70000) from customer where customer_id = 1",
                    "select max(repeat('x', 30000 + k)) from sbtest1 group by k",
                    "select repeat('x', 40000) from customer where customer_id = 1"
                            + " union all select repeat('x', 40000) from customer where customer_id = 4",
                    "insert into commerce.product(sku, description) select id, repeat('x', 100) from sbtest1 where k < 2")) {
                refused(statement, sql, "65536 (max-memory-bytes)");
            }
            statement.execute("set workload = olap");
            refused(statement, "select distinct id + 1 from sbtest1", "1000 (max-memory-rows)");
            assertThat(rows(statement, "select id from sbtest1 order by id")).isEqualTo(1200);
            assertThat(rows(statement, "select sku from commerce.product where description like 'xx%'"))
                    .isZero();
        }
        nothingRuns();
        fill(0);
    }

    private static void refused(Statement statement, String sql, String limit) throws SQLException {
        assertThatThrownBy(() -> statement.execute(sql), sql)
                .isInstanceOfSatisfying(SQLException.class, error -> assertThat(error.getErrorCode())
                        .isEqualTo(1153))
                .hasMessageContaining("limit of " + limit);
        assertThat(rows(statement, "select 1 from customer where customer_id = 1"))
                .as("after " + sql)
                .isEqualTo(1);
    }

    @Test
    @Order(6)
    void aStatementThatIsKilledOrTakesTooLong_leavesNothingBehind() throws Exception {
        fill(2);
        for (String sql : List.of(
                "select %s id, sleep(20) from sbtest1 order by id",
                "select %s a.id from sbtest1 a join sbtest1 b on a.k = b.k where sleep(20) = 0",
                "insert %s into commerce.region(id, label) select id + 100, sleep(20) from sbtest1")) {
            ended("oltp", sql.formatted(""), "kill query", 1317);
            ended("oltp", sql.formatted("/*vt+ QUERY_TIMEOUT_MS=400 */"), "", 1317);
        }
        ended("olap", "select id, sleep(20) from sbtest1 order by id", "kill query", 1317);
        ended("olap", "select /*vt+ QUERY_TIMEOUT_MS=400 */ id, sleep(20) from sbtest1 order by id", "", 1317);
        ended("olap", "select k, max(sleep(20)) from sbtest1 group by k", "kill query", 1317);
        ended("oltp", "select id, sleep(20) from sbtest1 order by id", "kill", 0);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThat(rows(statement, "select id from commerce.region where id > 100"))
                    .isZero();
        }
        fill(0);
    }

    /** Ends a statement while MySQL is at it: by that command, or by its own limit. */
    private static void ended(String workload, String sql, String command, int errno) throws Exception {
        try (Connection connection = connect("&socketTimeout=60000");
                Statement statement = connection.createStatement();
                Connection other = connect();
                Statement killer = other.createStatement()) {
            statement.execute("set workload = " + workload);
            long id = number(statement, "select connection_id()");
            CompletableFuture<Boolean> running = CompletableFuture.supplyAsync(() -> {
                try {
                    return statement.execute(sql);
                } catch (SQLException e) {
                    throw new CompletionException(e);
                }
            });
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> sleepingShard() != null);
            if (!command.isEmpty()) {
                killer.execute(command + " " + id);
            }
            assertThatThrownBy(running::join)
                    .as("%s: %s", workload, sql)
                    .hasCauseInstanceOf(SQLException.class)
                    .cause()
                    .satisfies(error -> assertThat(((SQLException) error).getErrorCode())
                            .as(error.getMessage())
                            .isEqualTo(errno));
            nothingRuns();
            if (command.equals("kill")) {
                assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
            } else {
                assertThat(number(statement, "select customer_id from customer where customer_id = 1"))
                        .isEqualTo(1);
            }
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet set = statement.executeQuery(sql)) {
            assertThat(set.next()).isTrue();
            return set.getLong(1);
        }
    }

    /** No MySQL runs a statement of a tablet, and none has a transaction open. */
    private static void nothingRuns() {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> {
            for (String shard : List.of("customer/-80", "customer/80-", "commerce/0")) {
                try (Connection connection = cluster.mysql(shard).connect("");
                        Statement statement = connection.createStatement()) {
                    long running = number(
                            statement,
                            "select (select count(*) from information_schema.processlist where command = 'Query'"
                                    + " and id <> connection_id() and info not like '%heartbeat%')"
                                    + " + (select count(*) from information_schema.innodb_trx)");
                    if (running > 0) {
                        return false;
                    }
                }
            }
            return true;
        });
    }

    @Test
    @Order(7)
    void aTabletThatIsKilled() throws SQLException {
        try (Connection connection = connect("&socketTimeout=30000");
                Statement statement = connection.createStatement()) {
            assertThat(rows(statement, "select customer_id from customer")).isEqualTo(7);
            cluster.stopTablet("customer/80-");
            for (String sql : List.of(
                    "select customer_id from customer",
                    "select count(*) from customer",
                    "select a.customer_id from customer a join customer b on a.email = b.email",
                    "select customer_id from customer order by customer_id limit 1",
                    "update customer set email = 'x'")) {
                assertThatThrownBy(() -> statement.execute(sql)).as(sql).isInstanceOf(SQLException.class);
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            rows(statement, "select * from customer where customer_id = 1"))
                    .isEqualTo(1));
        }
    }
}
