package io.vtsphere.shardingsphere.sequence;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/**
 * A Vitess sequence table in a MySQL, reached by any driver: reserves a block by moving {@code next_id} on in a transaction of its own, as a
 * tablet does, so that both may use the table at once.
 *
 * <p>Opens a connection for each block. Source: {@code execNextval} in Vitess' {@code go/vt/vttablet/tabletserver/query_executor.go}.
 */
final class SequenceTable implements BlockSource {
    private final String url;
    private final Properties login;
    private final String table;

    /** @param table {@code name} or {@code database.name} */
    SequenceTable(String url, String user, String password, String table, Duration timeout) {
        this.url = url;
        this.login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        // both are names of every MySQL driver
        login.setProperty("connectTimeout", Long.toString(timeout.toMillis()));
        login.setProperty("socketTimeout", Long.toString(timeout.toMillis()));
        this.table = quoted(table);
    }

    private static String quoted(String table) {
        int dot = table.indexOf('.');
        return dot < 0
                ? '`' + table.replace("`", "``") + '`'
                : quoted(table.substring(0, dot)) + '.' + quoted(table.substring(dot + 1));
    }

    @Override
    public Block reserve(long floor) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, login);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            Block block = next(statement, floor);
            statement.executeUpdate("UPDATE " + table + " SET next_id = " + block.end() + " WHERE id = 0");
            connection.commit();
            return block;
        }
    }

    private Block next(Statement statement, long floor) throws SQLException {
        try (ResultSet rows =
                statement.executeQuery("SELECT next_id, cache FROM " + table + " WHERE id = 0 FOR UPDATE")) {
            if (!rows.next()) {
                throw wrong("has no row with id 0");
            }
            // zero stands for a sequence that was never used
            long first = Math.max(Math.max(rows.getLong(1), 1), floor);
            long cache = rows.getLong(2);
            if (cache < 1) {
                throw wrong("has an invalid cache value: " + cache);
            }
            if (first > Long.MAX_VALUE - cache) {
                throw wrong("is used up at " + first);
            }
            return new Block(first, first + cache);
        }
    }

    private SQLException wrong(String what) {
        VtException e = VtException.of(Code.FAILED_PRECONDITION, "sequence " + table + " " + what);
        return new SQLException(e.getMessage(), e.sqlState(), e.errno());
    }

    @Override
    public String toString() {
        return table + " at " + url;
    }
}
