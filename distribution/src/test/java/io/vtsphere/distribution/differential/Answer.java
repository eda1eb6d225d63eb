package io.vtsphere.distribution.differential;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a query gave: its columns with their types, and its rows; or an error.
 *
 * @param errno 0 where it gave rows
 */
record Answer(List<String> columns, List<String> rows, int errno, String error) {

    /** @param ordered whether the query fixes the order of the rows; else they are sorted here */
    static Answer of(Connection connection, String sql, boolean ordered) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            ResultSetMetaData meta = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                columns.add(meta.getColumnLabel(i) + " " + meta.getColumnTypeName(i) + " " + meta.getScale(i));
            }
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns.size(); i++) {
                    byte[] value = result.getBytes(i);
                    row.append(value == null ? "NULL" : new String(value, java.nio.charset.StandardCharsets.ISO_8859_1))
                            .append('|');
                }
                rows.add(row.toString());
            }
            if (!ordered) {
                Collections.sort(rows);
            }
            return new Answer(columns, rows, 0, "");
        } catch (SQLException e) {
            return new Answer(List.of(), List.of(), e.getErrorCode(), e.getMessage());
        }
    }

    boolean isRefusal() {
        return errno == 1235 && error.contains("VT12001");
    }
}
