package io.vtsphere.shardingsphere.topology;

import io.vtsphere.jdbc.SharedGate;
import io.vtsphere.shardingsphere.topology.RoutingPlan.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Asks a shard's MySQL for the columns of all its tables. */
@FunctionalInterface
interface TableReader {
    /**
     * The columns of all tables, by table.
     *
     * @param wait how long to wait for a tablet
     * @throws SQLException when it cannot be asked
     */
    Map<String, List<Column>> read(String keyspace, String shard, Duration wait) throws SQLException;

    /** Through the gate. */
    static TableReader over(SharedGate gate) {
        return (keyspace, shard, wait) -> {
            try (Connection connection = gate.connect(keyspace, shard, wait)) {
                return columns(connection);
            }
        };
    }

    private static Map<String, List<Column>> columns(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // a tablet limits the rows of an answer that is not a stream
            statement.execute("SET workload = 'olap'");
        }
        Map<String, List<Column>> tables = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT TABLE_NAME, COLUMN_NAME, DATA_TYPE, "
                + "COLUMN_TYPE, COLUMN_KEY, EXTRA, IS_NULLABLE, COLLATION_NAME FROM information_schema.COLUMNS "
                + "WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME, ORDINAL_POSITION")) {
            statement.setString(1, connection.getCatalog());
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            try (ResultSet rows = statement.executeQuery()) {
                int count = 0;
                while (rows.next()) {
                    if (++count > MAX_COLUMNS) {
                        throw new SQLException("more than " + MAX_COLUMNS + " columns");
                    }
                    tables.computeIfAbsent(rows.getString(1), table -> new ArrayList<>())
                            .add(column(rows));
                }
            }
        }
        return tables;
    }

    int MAX_COLUMNS = 1_000_000;
    int TIMEOUT_SECONDS = 20;

    private static Column column(ResultSet row) throws SQLException {
        String type = row.getString(4).toLowerCase(Locale.ROOT);
        String extra = row.getString(6).toUpperCase(Locale.ROOT);
        String collation = row.getString(8);
        return new Column(
                row.getString(2),
                JdbcTypes.of(row.getString(3)),
                type,
                "PRI".equals(row.getString(5)),
                collation != null && !collation.endsWith("_ci"),
                !extra.contains("INVISIBLE"),
                type.contains("unsigned"),
                "YES".equals(row.getString(7)));
    }
}
