package io.vtsphere.jdbc;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** What JDBC applications, pools and ShardingSphere do with a connection. Every scenario makes its own table. */
final class Scenarios {
    private Scenarios() {}

    /** Runs against either driver and says what it sees. */
    interface Scenario {
        void run(Connection connection, Transcript transcript) throws Exception;
    }

    static Map<String, Scenario> all() {
        Map<String, Scenario> all = new LinkedHashMap<>();
        all.put("statements", Scenarios::statements);
        all.put("types", Scenarios::types);
        all.put("parameters", Scenarios::parameters);
        all.put("batches", Scenarios::batches);
        all.put("generated keys", Scenarios::generatedKeys);
        all.put("streaming", Scenarios::streaming);
        all.put("transactions and savepoints", Scenarios::transactions);
        all.put("errors", Scenarios::errors);
        all.put("connection", Scenarios::connection);
        all.put("meta data", Scenarios::metaData);
        all.put("long values", Scenarios::longValues);
        all.put("timeout", Scenarios::timeout);
        all.put("cancel", Scenarios::cancel);
        return all;
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void query(Connection connection, Transcript transcript, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            transcript.rows(sql, rows);
        }
    }

    private static void statements(Connection connection, Transcript t) throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS t", "CREATE TABLE t(id INT PRIMARY KEY, name VARCHAR(20) NOT NULL)");
        try (Statement statement = connection.createStatement()) {
            t.say("insert", statement.executeUpdate("INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'ü')"));
            t.say("update that changes nothing", statement.executeUpdate("UPDATE t SET name = 'a' WHERE id = 1"));
            t.say("update", statement.executeUpdate("UPDATE t SET name = concat(name, '!') WHERE id > 1"));
            t.say("execute of a query", statement.execute("SELECT * FROM t ORDER BY id"));
            t.rows("its rows", statement.getResultSet());
            t.say("more", statement.getMoreResults());
            t.say("count", statement.getUpdateCount());
            t.say("execute of an update", statement.execute("DELETE FROM t WHERE id = 3"));
            t.say("count", statement.getUpdateCount());
            t.say("large update", statement.executeLargeUpdate("REPLACE INTO t VALUES (1, 'z')"));
            t.say(
                    "on duplicate",
                    statement.executeUpdate("INSERT INTO t VALUES (1, 'y') ON DUPLICATE KEY UPDATE name = 'x'"));
            t.say("ignore", statement.executeUpdate("INSERT IGNORE INTO t VALUES (1, 'y')"));
            t.say(
                    "warning",
                    statement.getWarnings() == null
                            ? null
                            : statement.getWarnings().getMessage());
            statement.setMaxRows(1);
            try (ResultSet rows = statement.executeQuery("SELECT * FROM t ORDER BY id")) {
                t.rows("max rows", rows);
            }
        }
        query(connection, t, "SELECT id AS n, upper(name), id + 0.5, NULL, id > 1 FROM t AS x ORDER BY n DESC");
        query(connection, t, "SELECT count(*), max(name), sum(id) FROM t GROUP BY id HAVING count(*) > 0 ORDER BY 2");
        query(connection, t, "SELECT a.id, b.id FROM t a LEFT JOIN t b ON a.id = b.id + 1 ORDER BY a.id");
        query(connection, t, "SELECT id FROM t WHERE id IN (SELECT max(id) FROM t) UNION ALL SELECT 7 ORDER BY 1");
    }

    private static final String[] COLUMNS = {
        "c_tinyint TINYINT",
        "c_tinyint1 TINYINT(1)",
        "c_utinyint TINYINT UNSIGNED",
        "c_smallint SMALLINT",
        "c_mediumint MEDIUMINT UNSIGNED",
        "c_int INT",
        "c_uint INT UNSIGNED ZEROFILL",
        "c_bigint BIGINT",
        "c_ubigint BIGINT UNSIGNED",
        "c_decimal DECIMAL(20,4)",
        "c_float FLOAT",
        "c_double DOUBLE",
        "c_bit BIT(1)",
        "c_bits BIT(20)",
        "c_date DATE",
        "c_datetime DATETIME",
        "c_datetime6 DATETIME(6)",
        "c_timestamp TIMESTAMP(3) NULL",
        "c_time TIME",
        "c_time3 TIME(3)",
        "c_year YEAR",
        "c_char CHAR(5)",
        "c_varchar VARCHAR(20)",
        "c_latin VARCHAR(20) CHARACTER SET latin1",
        "c_binary BINARY(4)",
        "c_varbinary VARBINARY(20)",
        "c_text TEXT",
        "c_blob BLOB",
        "c_enum ENUM('a','b')",
        "c_set SET('x','y','z')",
        "c_json JSON",
        "c_point POINT"
    };
    private static final String[] ROWS = {
        "-128, 1, 255, -32768, 16777215, -2147483648, 42, -9223372036854775808, 18446744073709551615, "
                + "1234567890123456.7890, 1.5, 1e100, b'1', b'10101', '2024-02-29', '2024-02-29 23:59:59', "
                + "'2024-02-29 23:59:59.000120', '2024-02-29 23:59:59.5', '-12:34:56', '838:59:58.250', 1999, 'ab', "
                + "'日本 ü', 'ü', x'01ff', x'00ff80', 'text', x'ff00ff', 'b', 'x,z', '{\"a\": [1, null, \"ü\"]}', "
                + "ST_GeomFromText('POINT(1 2)')",
        "0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -0.25, 0, b'0', b'0', '0000-00-00', '0000-00-00 00:00:00', "
                + "'0000-00-00 00:00:00', '1970-01-02 00:00:01', '00:00:00', '00:00:00', 0, '', '', '', '', '', '', '', 'a', '', "
                + "'null', NULL",
        "NULL" + ", NULL".repeat(COLUMNS.length - 1)
    };

    private static void types(Connection connection, Transcript t) throws SQLException {
        execute(
                connection,
                "DROP TABLE IF EXISTS types",
                "CREATE TABLE types(id INT PRIMARY KEY, " + String.join(", ", COLUMNS) + ")",
                "SET sql_mode = 'ALLOW_INVALID_DATES'");
        for (int i = 0; i < ROWS.length; i++) {
            execute(connection, "INSERT INTO types VALUES (" + i + ", " + ROWS[i] + ")");
        }
        for (String sql :
                new String[] {"SELECT * FROM types ORDER BY id", "SELECT * FROM types WHERE id >= ? ORDER BY id"}) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                if (sql.contains("?")) {
                    statement.setInt(1, 0);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    describe(rows.getMetaData(), t);
                    while (rows.next()) {
                        for (int i = 1; i <= COLUMNS.length + 1; i++) {
                            getters(rows, i, t);
                        }
                    }
                }
            }
        }
    }

    private static void describe(ResultSetMetaData columns, Transcript t) throws SQLException {
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            t.say(
                    columns.getColumnLabel(i),
                    columns.getColumnName(i) + " " + columns.getColumnType(i) + " " + columns.getColumnTypeName(i) + " "
                            + columns.getColumnClassName(i) + " " + columns.getPrecision(i) + " " + columns.getScale(i)
                            + " " + columns.isSigned(i) + " " + columns.isNullable(i) + " " + columns.isAutoIncrement(i)
                            + " " + columns.getColumnDisplaySize(i) + " " + columns.isCaseSensitive(i) + " "
                            + columns.getTableName(i));
        }
    }

    private static void getters(ResultSet rows, int i, Transcript t) throws SQLException {
        String name = rows.getMetaData().getColumnLabel(i);
        t.attempt(name + " object", () -> {
            Object value = rows.getObject(i);
            return value == null
                    ? null
                    : value.getClass().getSimpleName() + " " + (value instanceof byte[] ? "" : value);
        });
        t.attempt(name + " null", rows::wasNull);
        t.attempt(name + " string", () -> rows.getString(i));
        t.attempt(name + " bytes", () -> rows.getBytes(i));
        t.attempt(name + " long", () -> rows.getLong(i));
        t.attempt(name + " int", () -> rows.getInt(i));
        t.attempt(name + " boolean", () -> rows.getBoolean(i));
        t.attempt(name + " double", () -> rows.getDouble(i));
        t.attempt(name + " decimal", () -> rows.getBigDecimal(i));
        t.attempt(name + " date", () -> rows.getDate(i));
        t.attempt(name + " time", () -> rows.getTime(i));
        t.attempt(name + " timestamp", () -> rows.getTimestamp(i));
        t.attempt(name + " local", () -> rows.getObject(i, LocalDateTime.class));
    }

    private static void parameters(Connection connection, Transcript t) throws SQLException {
        execute(
                connection,
                "DROP TABLE IF EXISTS p",
                "CREATE TABLE p(id INT PRIMARY KEY, s VARCHAR(50), b VARBINARY(50), d DECIMAL(20,5), f DOUBLE, l BIGINT, "
                        + "da DATE, ti TIME(3), ts DATETIME(6), bo BOOLEAN, te TEXT, bl BLOB)");
        String sql = "INSERT INTO p VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            t.say("parameters", insert.getParameterMetaData().getParameterCount());
            insert.setInt(1, 1);
            insert.setString(2, "it's \\ \"日本\" \u0000 😀");
            insert.setBytes(3, new byte[] {0, 1, (byte) 0xff, '\'', '\\', (byte) 0x80});
            insert.setBigDecimal(4, new BigDecimal("-12345.67890"));
            insert.setDouble(5, -1.5e-10);
            insert.setLong(6, Long.MIN_VALUE);
            insert.setDate(7, Date.valueOf("2024-02-29"));
            insert.setTime(8, Time.valueOf("01:02:03"));
            insert.setTimestamp(9, Timestamp.valueOf("2024-02-29 01:02:03.123456"));
            insert.setBoolean(10, true);
            insert.setCharacterStream(11, new StringReader("stream ü"));
            insert.setBinaryStream(12, new ByteArrayInputStream(new byte[] {9, 8, 7, (byte) 200}));
            t.say("first", insert.executeUpdate());
            insert.clearParameters();
            insert.setInt(1, 2);
            for (int i = 2; i <= 12; i++) {
                insert.setNull(i, Types.VARCHAR);
            }
            t.say("second", insert.executeUpdate());
            insert.setObject(1, 3);
            insert.setObject(2, 'c');
            insert.setObject(4, 5L);
            insert.setObject(5, 2.5f);
            insert.setObject(6, (short) -3);
            insert.setObject(9, LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4_000));
            insert.setObject(10, false);
            t.attempt("third", insert::executeUpdate);
        }
        query(connection, t, "SELECT id, s, hex(b), d, f, l, da, ti, ts, bo, te, hex(bl) FROM p ORDER BY id");
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id FROM p WHERE s = ? OR b = ? OR l < ? OR ts = ?")) {
            select.setString(1, "c");
            select.setBytes(2, new byte[] {0, 1, (byte) 0xff, '\'', '\\', (byte) 0x80});
            select.setLong(3, 0);
            select.setTimestamp(4, Timestamp.valueOf("2024-02-29 01:02:03.123456"));
            for (int i = 0; i < 3; i++) {
                try (ResultSet rows = select.executeQuery()) {
                    t.rows("again", rows);
                }
            }
        }
        try (PreparedStatement limit = connection.prepareStatement("SELECT id, ? FROM p ORDER BY id LIMIT ?, ?")) {
            limit.setString(1, "x");
            limit.setInt(2, 1);
            limit.setInt(3, 2);
            try (ResultSet rows = limit.executeQuery()) {
                t.rows("limit", rows);
            }
        }
    }

    private static void batches(Connection connection, Transcript t) throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS b", "CREATE TABLE b(id INT PRIMARY KEY, v INT)");
        try (Statement statement = connection.createStatement()) {
            statement.addBatch("INSERT INTO b VALUES (1, 1)");
            statement.addBatch("INSERT INTO b VALUES (2, 2), (3, 3)");
            statement.addBatch("UPDATE b SET v = v + 1");
            t.say("statements", statement.executeBatch());
            t.say("empty", statement.executeBatch());
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO b VALUES (?, ?)")) {
            for (int i = 10; i < 60; i++) {
                insert.setInt(1, i);
                insert.setInt(2, i);
                insert.addBatch();
            }
            t.say("prepared", insert.executeBatch());
            for (int id : new int[] {100, 10, 101}) {
                insert.setInt(1, id);
                insert.setInt(2, id);
                insert.addBatch();
            }
            t.attempt("one fails", insert::executeBatch);
        }
        query(connection, t, "SELECT count(*), sum(id), sum(v) FROM b");
    }

    private static void generatedKeys(Connection connection, Transcript t) throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS g", "CREATE TABLE g(id INT AUTO_INCREMENT PRIMARY KEY, v INT)");
        try (Statement statement = connection.createStatement()) {
            t.say("one", statement.executeUpdate("INSERT INTO g(v) VALUES (1)", Statement.RETURN_GENERATED_KEYS));
            t.rows("key", statement.getGeneratedKeys());
            statement.executeUpdate("INSERT INTO g(v) VALUES (1), (2), (3)", new String[] {"id"});
            t.rows("keys", statement.getGeneratedKeys());
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO g(v) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 3; i++) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            t.say("batch", insert.executeBatch());
            t.rows("keys", insert.getGeneratedKeys());
        }
        query(connection, t, "SELECT last_insert_id()");
    }

    private static void streaming(Connection connection, Transcript t) throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS s", "CREATE TABLE s(id INT PRIMARY KEY, v VARCHAR(200))");
        StringBuilder insert = new StringBuilder("INSERT INTO s VALUES (0, 'row')");
        for (int i = 1; i < 5000; i++) {
            insert.append(", (")
                    .append(i)
                    .append(", '")
                    .append("x".repeat(i % 150))
                    .append("')");
        }
        execute(connection, insert.toString());
        for (int round = 0; round < 2; round++) {
            try (Statement statement =
                    connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
                statement.setFetchSize(Integer.MIN_VALUE);
                long sum = 0;
                int count = 0;
                try (ResultSet rows = statement.executeQuery("SELECT id, v FROM s ORDER BY id")) {
                    while (rows.next() && (round == 0 || count < 10)) {
                        sum += rows.getInt(1) + rows.getString(2).length();
                        count++;
                    }
                }
                t.say("rows", count + " " + sum);
            }
        }
        query(connection, t, "SELECT count(*) FROM s");
    }

    private static void transactions(Connection connection, Transcript t) throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS x", "CREATE TABLE x(id INT PRIMARY KEY)");
        connection.setAutoCommit(false);
        t.say("autocommit", connection.getAutoCommit());
        execute(connection, "INSERT INTO x VALUES (1)");
        Savepoint first = connection.setSavepoint("first");
        execute(connection, "INSERT INTO x VALUES (2)");
        Savepoint second = connection.setSavepoint();
        execute(connection, "INSERT INTO x VALUES (3)");
        connection.rollback(second);
        query(connection, t, "SELECT id FROM x ORDER BY id");
        connection.rollback(first);
        connection.releaseSavepoint(first);
        query(connection, t, "SELECT id FROM x ORDER BY id");
        connection.commit();
        execute(connection, "INSERT INTO x VALUES (4)");
        connection.rollback();
        query(connection, t, "SELECT id FROM x ORDER BY id FOR UPDATE");
        execute(connection, "INSERT INTO x VALUES (5)");
        t.attempt("fails inside", () -> connection.createStatement().executeUpdate("INSERT INTO x VALUES (5)"));
        connection.setAutoCommit(true);
        query(connection, t, "SELECT id FROM x ORDER BY id");
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        t.say("isolation", connection.getTransactionIsolation());
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        query(connection, t, "SELECT @@session.transaction_isolation");
        connection.setReadOnly(true);
        t.attempt("read only", () -> connection.createStatement().executeUpdate("INSERT INTO x VALUES (6)"));
        connection.setReadOnly(false);
        t.attempt("writable", () -> connection.createStatement().executeUpdate("INSERT INTO x VALUES (6)"));
    }

    private static void errors(Connection connection, Transcript t) throws SQLException {
        execute(
                connection,
                "DROP TABLE IF EXISTS e",
                "CREATE TABLE e(id INT PRIMARY KEY, v TINYINT NOT NULL, UNIQUE KEY u(v))",
                "INSERT INTO e VALUES (1, 1)");
        String[] wrong = {
            "INSERT INTO e VALUES (1, 2)",
            "INSERT INTO e VALUES (2, 1)",
            "INSERT INTO e VALUES (2, 1000)",
            "INSERT INTO e(id) VALUES (2)",
            "INSERT INTO e VALUES (2, NULL)",
            "SELECT nosuch FROM e",
            "SELECT * FROM nosuch",
            "SELECT nosuch(1)",
            "DELETE FROM e WHERE id = 'x' + 1",
            "CREATE TABLE e(id INT)"
        };
        for (String sql : wrong) {
            try (Statement statement = connection.createStatement()) {
                t.attempt(sql, () -> statement.execute(sql));
            }
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
            t.attempt("no parameter", statement::executeQuery);
        }
        query(connection, t, "SELECT count(*) FROM e");
    }

    private static void connection(Connection connection, Transcript t) throws SQLException {
        t.say("valid", connection.isValid(5));
        t.say("closed", connection.isClosed());
        t.say("warnings", connection.getWarnings());
        t.say("native", connection.nativeSQL("SELECT {fn now()}"));
        t.say("wrapper", connection.isWrapperFor(Connection.class));
        try (Statement statement = connection.createStatement()) {
            t.say("same connection", statement.getConnection() == connection);
        }
        execute(connection, "SET @x = 5", "SET SESSION time_zone = '+05:00'", "SET SESSION sql_mode = 'NO_ZERO_DATE'");
        query(connection, t, "SELECT @x, @@session.time_zone, @@session.sql_mode");
        query(connection, t, "SELECT 5 + 1 FROM (SELECT 5 AS a) q");
        connection.close();
        t.say("valid", connection.isValid(1));
        t.attempt("after close", connection::createStatement);
    }

    private static void metaData(Connection connection, Transcript t) throws SQLException {
        execute(
                connection,
                "DROP TABLE IF EXISTS child",
                "DROP TABLE IF EXISTS parent",
                "CREATE TABLE parent(a INT, b VARCHAR(10) DEFAULT 'x', c DECIMAL(5,2) NOT NULL COMMENT 'money', PRIMARY KEY(a, b))",
                "CREATE TABLE child(id BIGINT AUTO_INCREMENT PRIMARY KEY, a INT, b VARCHAR(10), u INT UNSIGNED, UNIQUE KEY ku(u))");
        DatabaseMetaData metaData = connection.getMetaData();
        t.say("product", metaData.getDatabaseProductName());
        t.say("same connection", metaData.getConnection() == connection);
        String catalog = connection.getCatalog();
        t.rows("tables", metaData.getTables(catalog, null, "%en%", new String[] {"TABLE"}));
        t.rows("columns", metaData.getColumns(catalog, null, "parent", "%"));
        t.rows("columns", metaData.getColumns(catalog, null, "child", "%"));
        t.rows("keys", metaData.getPrimaryKeys(catalog, null, "parent"));
        try (ResultSet indexes = metaData.getIndexInfo(catalog, null, "child", false, true)) {
            while (indexes.next()) {
                t.say(
                        "index",
                        indexes.getString("INDEX_NAME") + " " + indexes.getString("COLUMN_NAME") + " "
                                + indexes.getBoolean("NON_UNIQUE"));
            }
        }
        query(connection, t, "SHOW CREATE TABLE parent");
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT table_name AS tn, column_name AS cn, data_type AS dt FROM information_schema.columns "
                        + "WHERE table_schema = ? AND table_name = 'child' ORDER BY ordinal_position")) {
            select.setString(1, catalog);
            try (ResultSet rows = select.executeQuery()) {
                t.rows("information_schema", rows);
            }
        }
        query(connection, t, "DESCRIBE child");
    }

    private static void longValues(Connection connection, Transcript t) throws SQLException {
        execute(connection, "DROP TABLE IF EXISTS l", "CREATE TABLE l(id INT PRIMARY KEY, b LONGBLOB, t LONGTEXT)");
        byte[] bytes = new byte[3_000_000];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 >> 3);
        }
        String text = "日本ü".repeat(100_000);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO l VALUES (1, ?, ?)")) {
            insert.setBytes(1, bytes);
            insert.setString(2, text);
            t.say("insert", insert.executeUpdate());
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT b, t, length(b), char_length(t) FROM l")) {
            rows.next();
            t.say("bytes", rows.getBytes(1));
            t.say("text", rows.getString(2).getBytes(StandardCharsets.UTF_8));
            t.say("lengths", rows.getLong(3) + " " + rows.getLong(4));
            t.say("blob", rows.getBlob(1).length());
            t.say("clob", rows.getClob(2).length());
        }
    }

    private static void timeout(Connection connection, Transcript t) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            t.attempt(
                    "too long",
                    () -> statement.executeQuery(
                            "SELECT count(*) FROM information_schema.collations a "
                                    + "JOIN information_schema.collations b JOIN information_schema.collations c JOIN information_schema.collations d"));
        }
        query(connection, t, "SELECT 1");
    }

    private static void cancel(Connection connection, Transcript t) throws Exception {
        try (Statement statement = connection.createStatement()) {
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                Transcript own = new Transcript("\u0000");
                own.attempt(
                        "cancelled",
                        () -> statement.executeQuery("SELECT count(*) FROM information_schema.collations a "
                                + "JOIN information_schema.collations b JOIN information_schema.collations c "
                                + "JOIN information_schema.collations d"));
                // either, depending on who is first to say so: the server or the driver
                return own.toString().contains("MySQLStatementCancelledException")
                                || own.toString().contains("70100 1317 Query execution was interrupted")
                        ? "cancelled"
                        : own.toString();
            });
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> {
                statement.cancel();
                return answer.isDone();
            });
            t.say("answer", answer.get());
        }
        query(connection, t, "SELECT 1");
    }
}
