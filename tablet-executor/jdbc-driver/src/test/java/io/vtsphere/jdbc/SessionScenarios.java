package io.vtsphere.jdbc;

import static io.vtsphere.jdbc.Scenarios.execute;
import static io.vtsphere.jdbc.Scenarios.query;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** What belongs to a connection: transactions, errors, its state, meta data, limits of time. Each scenario makes its own table. */
final class SessionScenarios {
    private SessionScenarios() {}

    static void transactions(Connection connection, Transcript t) throws SQLException {
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

    static void errors(Connection connection, Transcript t) throws SQLException {
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

    static void connection(Connection connection, Transcript t) throws SQLException {
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

    static void metaData(Connection connection, Transcript t) throws SQLException {
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

    static void timeout(Connection connection, Transcript t) throws SQLException {
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

    static void cancel(Connection connection, Transcript t) throws Exception {
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
