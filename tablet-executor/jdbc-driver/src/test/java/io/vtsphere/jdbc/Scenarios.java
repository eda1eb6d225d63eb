package io.vtsphere.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

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
        all.put("types", TypeScenarios::types);
        all.put("parameters", TypeScenarios::parameters);
        all.put("batches", Scenarios::batches);
        all.put("generated keys", Scenarios::generatedKeys);
        all.put("streaming", Scenarios::streaming);
        all.put("transactions and savepoints", SessionScenarios::transactions);
        all.put("errors", SessionScenarios::errors);
        all.put("connection", SessionScenarios::connection);
        all.put("meta data", SessionScenarios::metaData);
        all.put("long values", TypeScenarios::longValues);
        all.put("timeout", SessionScenarios::timeout);
        all.put("cancel", SessionScenarios::cancel);
        return all;
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static void query(Connection connection, Transcript transcript, String sql) throws SQLException {
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
}
