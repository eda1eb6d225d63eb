package io.vtsphere.jdbc;

import java.sql.BatchUpdateException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** What one driver answered, line by line, without what has to differ: the names of the two databases. */
final class Transcript {
    private static final Pattern TABLET = Pattern.compile(
            "target: \\S+: vttablet: rpc error: code = \\w+ desc = (.*) \\(errno \\d+\\) \\(sqlstate \\w+\\).*",
            Pattern.DOTALL);

    private final String catalog;
    private final List<String> lines = new ArrayList<>();

    /** @param catalog the name of this side's database */
    Transcript(String catalog) {
        this.catalog = catalog;
    }

    /** Something that may fail as a part of the answer. */
    interface Attempt {
        Object get() throws Exception;
    }

    void say(String what, Object value) {
        lines.add(what + ": " + print(value));
    }

    /** The value, or the exception's class, state, number and text. */
    void attempt(String what, Attempt attempt) {
        try {
            say(what, attempt.get());
        } catch (SQLException e) {
            say(what, describe(e));
        } catch (Exception e) {
            say(what, e.getClass().getName());
        }
    }

    private static String describe(SQLException e) {
        String counts = e instanceof BatchUpdateException batch ? " " + Arrays.toString(batch.getUpdateCounts()) : "";
        // MySQL's text comes with the tablet's name around it
        String text = TABLET.matcher(String.valueOf(e.getMessage())).replaceFirst("$1");
        return e.getClass().getName() + " " + e.getSQLState() + " " + e.getErrorCode() + " " + text + counts;
    }

    /** All rows as strings, with the columns' labels. */
    void rows(String what, ResultSet rows) throws SQLException {
        ResultSetMetaData metaData = rows.getMetaData();
        StringBuilder head = new StringBuilder();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            head.append('|').append(metaData.getColumnLabel(i));
        }
        say(what, head);
        while (rows.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                row.append('|').append(rows.getString(i));
            }
            say("  row", row);
        }
    }

    private String print(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length > 64
                    ? bytes.length + " bytes, " + Arrays.hashCode(bytes)
                    : HexFormat.of().formatHex(bytes);
        }
        if (value instanceof int[] counts) {
            return Arrays.toString(counts);
        }
        return String.valueOf(value).replace(catalog, "<catalog>");
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
