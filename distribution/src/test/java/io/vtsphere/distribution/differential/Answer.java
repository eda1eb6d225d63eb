package io.vtsphere.distribution.differential;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
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
                columns.add(meta.getColumnLabel(i) + " " + type(meta, i) + " " + meta.getScale(i));
            }
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns.size(); i++) {
                    row.append(value(result, i)).append('|');
                }
                rows.add(row.toString());
            }
            if (rows.isEmpty()) {
                // Of an expression over no rows, a temporary table may or may not have been made: its integers have
                // other widths.
                columns.replaceAll(column -> column.replaceAll(" (TINY|SMALL|MEDIUM|BIG)?INT(EGER)?\\b", " INTEGER"));
            }
            if (!ordered) {
                Collections.sort(rows);
            }
            return new Answer(columns, rows, 0, "");
        } catch (SQLException e) {
            return new Answer(List.of(), List.of(), e.getErrorCode(), e.getMessage());
        }
    }

    /**
     * Tablets speak utf8mb4, in which every TEXT has room for more bytes than in the column's own character set. Whether MySQL calls an
     * integer expression INT or BIGINT depends on whether its rows went through a temporary table.
     */
    private static String type(ResultSetMetaData meta, int column) throws SQLException {
        String name = meta.getColumnTypeName(column);
        if (name.equals("INT") || name.equals("BIGINT")) {
            return "INTEGER";
        }
        return name.endsWith("TEXT") ? "TEXT" : name;
    }

    /** Text as text, since a driver may ask MySQL for the columns' own character sets; anything else as its bytes. */
    private static String value(ResultSet result, int column) throws SQLException {
        int type = result.getMetaData().getColumnType(column);
        if (type == Types.BINARY || type == Types.VARBINARY || type == Types.LONGVARBINARY || type == Types.BIT) {
            byte[] bytes = result.getBytes(column);
            return bytes == null ? "NULL" : "0x" + HexFormat.of().formatHex(bytes);
        }
        return String.valueOf(result.getString(column));
    }

    boolean isRefusal() {
        return errno == 1235 && error.contains("VT12001");
    }
}
