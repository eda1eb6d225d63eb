package io.vtsphere.distribution.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.vtsphere.distribution.quickstart.RunningCluster.Cluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connector/J against the whole cluster, in the text and in the binary protocol. */
@ExtendWith(RunningCluster.class)
class ConnectorJIT {
    private static final String TEXT = "useServerPrepStmts=false";
    private static final String BINARY = "useServerPrepStmts=true";

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void pointQueries_byVindex_findTheirRows(String protocol, Cluster cluster) throws SQLException {
        try (Connection connection = cluster.connect("customer", protocol);
                PreparedStatement select =
                        connection.prepareStatement("select email from customer where customer_id = ?")) {
            String[] names = {"alice", "bob", "charlie", "dan", "eve"};
            for (int id = 1; id <= names.length; id++) {
                select.setLong(1, id);
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString("email")).isEqualTo(names[id - 1] + "@domain.com");
                    assertThat(rows.next()).isFalse();
                }
            }
        }
    }

    /** What an operator sees of the plans of a gate that runs. */
    @Test
    void pagesOfPlans_showWhatRan(Cluster cluster) throws Exception {
        try (Connection connection = cluster.connect("customer", TEXT)) {
            for (int i = 1; i <= 4; i++) {
                rows(connection, "select email, 'pages' from customer where customer_id = " + i);
            }
        }
        JsonObject stats = page(cluster, "/debug/query_stats");
        JsonObject plan = page(cluster, "/debug/query_plans");

        assertThat(stats.get("ExecCount").getAsInt()).isEqualTo(4);
        assertThat(stats.get("RowsReturned").getAsInt()).isEqualTo(4);
        assertThat(stats.get("ShardQueries").getAsInt()).isEqualTo(4);
        assertThat(plan.get("Target").getAsString()).contains("customer");
        assertThat(plan.getAsJsonObject("Instructions").get("Variant").getAsString())
                .isEqualTo("EqualUnique");
    }

    /** The one entry of the page that is about the statement above. */
    private static JsonObject page(Cluster cluster, String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + cluster.settings().gateHttpPort() + path);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        List<JsonObject> found = new ArrayList<>();
        for (JsonElement entry : JsonParser.parseString(answer.body()).getAsJsonArray()) {
            if (entry.toString().contains("pages")) {
                found.add(entry.getAsJsonObject());
            }
        }
        assertThat(found).as(answer.body()).hasSize(1);
        return found.get(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void scatter_withOrderLimitAndAggregates_mergesAllShards(String protocol, Cluster cluster) throws SQLException {
        try (Connection connection = cluster.connect("customer", protocol)) {
            assertThat(rows(
                            connection,
                            "select customer_id from customer where customer_id in (?, ?, ?) order by customer_id",
                            5,
                            1,
                            4))
                    .containsExactly("1", "4", "5");
            assertThat(rows(
                            connection,
                            "select customer_id from customer where customer_id < ? order by customer_id desc limit 2, 2",
                            6))
                    .containsExactly("3", "2");
            assertThat(rows(
                            connection,
                            "select count(*), sum(price), min(price), max(price) from corder where order_id <= ?",
                            5))
                    .containsExactly("5,220,30,100");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void insert_withSequence_returnsTheGeneratedKeys(String protocol, Cluster cluster) throws SQLException {
        try (Connection connection = cluster.connect("customer", protocol);
                PreparedStatement insert = connection.prepareStatement(
                        "insert into customer(email) values(?), (?), (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 1; i <= 3; i++) {
                insert.setString(i, "généré" + i + "\u65e5\u672c");
            }
            assertThat(insert.executeUpdate()).isEqualTo(3);
            List<Long> keys = new ArrayList<>();
            try (ResultSet generated = insert.getGeneratedKeys()) {
                while (generated.next()) {
                    keys.add(generated.getLong(1));
                }
            }
            assertThat(keys).hasSize(3);
            for (int i = 0; i < 3; i++) {
                assertThat(rows(connection, "select email from customer where customer_id = ?", keys.get(i)))
                        .containsExactly("généré" + (i + 1) + "\u65e5\u672c");
            }
            assertThat(rows(connection, "select last_insert_id()"))
                    .containsExactly(keys.get(0).toString());
            execute(
                    connection,
                    "delete from customer where customer_id in (" + keys.get(0) + "," + keys.get(1) + "," + keys.get(2)
                            + ")");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void megabyteOfBytes_writtenAndRead_isUnchanged(String protocol, Cluster cluster) throws SQLException {
        byte[] value = new byte[1 << 20];
        new Random(42).nextBytes(value);
        try (Connection connection = cluster.connect("commerce", protocol)) {
            execute(connection, "create table if not exists blobs(id bigint primary key, v longblob)");
            execute(connection, "delete from blobs");
            try (PreparedStatement insert = connection.prepareStatement("insert into blobs(id, v) values(?, ?)")) {
                insert.setLong(1, 1);
                insert.setBytes(2, value);
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            try (PreparedStatement select = connection.prepareStatement("select v from blobs where id = ?")) {
                select.setLong(1, 1);
                try (ResultSet rows = select.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getBytes(1)).isEqualTo(value);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void parametersThatAreAllNull_areTaken(String protocol, Cluster cluster) throws SQLException {
        try (Connection connection = cluster.connect("customer", protocol);
                PreparedStatement select =
                        connection.prepareStatement("select count(*) from customer where email <=> ?")) {
            select.setString(1, null);
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isZero();
            }
        }
    }

    @Test
    void savepoint_thatBeginsATransaction_isGoneBackTo(Cluster cluster) throws SQLException {
        try (Connection connection = cluster.connect("customer")) {
            connection.setAutoCommit(false);
            Savepoint savepoint = connection.setSavepoint("first");
            execute(connection, "update corder set price = price + 1000 where order_id <= 5");
            connection.rollback(savepoint);
            assertThat(rows(connection, "select sum(price) from corder where order_id <= 5"))
                    .containsExactly("220");
            connection.rollback();
        }
    }

    @Test
    void duplicateKey_keepsMySqlsErrnoAndState(Cluster cluster) throws SQLException {
        try (Connection connection = cluster.connect("customer")) {
            assertThatThrownBy(() -> execute(connection, "insert into customer(customer_id, email) values(1, 'again')"))
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getErrorCode()).isEqualTo(1062);
                        assertThat(e.getSQLState()).isEqualTo("23000");
                        assertThat(e.getMessage()).contains("Duplicate entry '1' for key 'PRIMARY'");
                    });
            assertThat(rows(connection, "select 1")).containsExactly("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void transaction_overTwoShards_commitsAndRollsBackAsOne(String protocol, Cluster cluster) throws SQLException {
        try (Connection connection = cluster.connect("customer", protocol);
                Connection other = cluster.connect("customer", protocol)) {
            connection.setAutoCommit(false);
            execute(connection, "update corder set price = price + 1000 where order_id <= 5");
            assertThat(rows(connection, "select sum(price) from corder where order_id <= 5"))
                    .containsExactly("5220");
            assertThat(rows(other, "select sum(price) from corder where order_id <= 5"))
                    .containsExactly("220");
            connection.rollback();
            assertThat(rows(connection, "select sum(price) from corder where order_id <= 5"))
                    .containsExactly("220");
            execute(connection, "update corder set price = price + 7 where customer_id = 1");
            execute(connection, "update corder set price = price - 7 where customer_id = 4");
            connection.commit();
            assertThat(rows(
                            other,
                            "select customer_id, price from corder where customer_id in (1, 4) order by customer_id"))
                    .containsExactly("1,107", "4,23");
            execute(connection, "update corder set price = price - 7 where customer_id = 1");
            execute(connection, "update corder set price = price + 7 where customer_id = 4");
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    @Test
    void clientThatDies_inATransaction_isRolledBackWithinASecond(Cluster cluster) throws Exception {
        Connection connection = cluster.connect("customer");
        connection.setAutoCommit(false);
        execute(connection, "update corder set price = price + 1 where order_id <= 5");
        assertThat(openTransactions(cluster)).isEqualTo(2);
        connection.abort(Runnable::run);
        Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> openTransactions(cluster) == 0);
        try (Connection other = cluster.connect("customer")) {
            assertThat(rows(other, "select sum(price) from corder where order_id <= 5"))
                    .containsExactly("220");
            execute(other, "update corder set price = price where order_id <= 5");
        }
    }

    @Test
    void everyType_throughTheGate_isWhatMySqlItselfAnswers(Cluster cluster) throws SQLException {
        String create =
                "create table if not exists types_it(id bigint primary key, ti tinyint, tu tinyint unsigned, si smallint, mi mediumint, "
                        + "mu mediumint unsigned, i int, iu int unsigned, bu bigint unsigned, f float, d double, dc decimal(30,10), b1 bit(1), b12 bit(12), "
                        + "dt date, dtm datetime(6), ts timestamp(3) null, tm time(6), y year, c char(5), vc varchar(30), vb varbinary(30), bn binary(4), "
                        + "tx text, bl blob, js json, en enum('red','green'), st set('a','b','c'))";
        String row =
                "(1, -128, 255, -32768, -8388608, 16777215, -2147483648, 4294967295, 18446744073709551615, -1.5, 2.5e300, "
                        + "-12345678901234567890.0123456789, 1, 2049, '1000-01-01', '9999-12-31 23:59:59.999999', '2037-12-31 23:59:59.123', "
                        + "'-838:59:59.000000', 1901, 'ab', 'h\u00e9llo \u65e5\u672c', 0x00ff27, 0x00ff, 'text', 0xdeadbeef00, "
                        + "'{\"a\": [null, true, \"x\"]}', 'green', 'a,c')";
        for (String protocol : List.of(TEXT, BINARY)) {
            try (Connection gate = cluster.connect("commerce", protocol, "zeroDateTimeBehavior=CONVERT_TO_NULL");
                    Connection direct = cluster.processes().mysql(100).connect("vt_commerce", protocol)) {
                execute(gate, create);
                execute(gate, "delete from types_it");
                execute(gate, "insert into types_it values " + row + ", (2" + ",null".repeat(27) + ")");
                String select = "select * from types_it where id >= ? order by id";
                List<String> expected = rows(direct, select, 0);
                assertThat(expected).hasSize(2);
                assertThat(rows(gate, select, 0)).isEqualTo(expected);
            }
        }
    }

    @Test
    void login_withAnUnknownUser_isRefusedAndGetsNothing(Cluster cluster) {
        assertThatThrownBy(
                        () -> cluster.connectAs("nobody", "secret", "customer").close())
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getErrorCode()).isEqualTo(1045);
                    assertThat(e.getSQLState()).isEqualTo("28000");
                });
        assertThatThrownBy(() -> cluster.connectAs("root", "wrong", "customer").close())
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
    }

    /** Transactions that MySQL holds open on the primaries of customer. */
    private static int openTransactions(Cluster cluster) throws SQLException {
        int open = 0;
        for (int uid : new int[] {200, 300}) {
            open += Integer.parseInt(String.valueOf(cluster.processes()
                    .mysql(uid)
                    .queryOne("information_schema", "select count(*) from innodb_trx where trx_rows_modified > 0")));
        }
        return open;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Text as text; bytes as text where they are some, else in hexadecimal digits. */
    private static String value(ResultSet rows, int column) throws SQLException {
        switch (rows.getMetaData().getColumnType(column)) {
            case Types.BIT, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> {
                byte[] bytes = rows.getBytes(column);
                if (bytes == null) {
                    return "null";
                }
                String text = new String(bytes, StandardCharsets.UTF_8);
                boolean readable = text.chars().allMatch(c -> c >= ' ' && c != '\ufffd');
                return readable ? text : "0x" + HexFormat.of().formatHex(bytes);
            }
            default -> {
                return String.valueOf(rows.getString(column));
            }
        }
    }

    static List<String> rows(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        values.add(value(rows, i));
                    }
                    lines.add(String.join(",", values));
                }
            }
            return lines;
        }
    }
}
