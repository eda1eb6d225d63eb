package io.vtsphere.shardingsphere.bundle;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Gives each statement to a host and to one MySQL, and compares. */
final class GuardJudge {
    /** What became of a statement. */
    enum Verdict {
        ANSWERED,
        REFUSED,
        /** The host itself says that it cannot. */
        HOST_ERROR,
        /** One MySQL has no answer either. */
        INVALID,
        WRONG
    }

    private final GuardTables tables;
    private final Connection host;
    private final Connection whole;
    private final Map<String, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<String, String> details = new LinkedHashMap<>();

    GuardJudge(GuardTables tables, Connection host, Connection whole) {
        this.tables = tables;
        this.host = host;
        this.whole = whole;
    }

    Map<String, Verdict> verdicts() {
        return verdicts;
    }

    long count(Verdict verdict) {
        return verdicts.values().stream().filter(verdict::equals).count();
    }

    List<String> of(Verdict verdict) {
        return verdicts.entrySet().stream()
                .filter(each -> each.getValue() == verdict)
                .map(each -> each.getKey() + "\n    " + details.getOrDefault(each.getKey(), ""))
                .toList();
    }

    Verdict judge(String sql, Object... parameters) throws SQLException {
        String key = parameters.length == 0 ? sql : sql + " " + List.of(parameters);
        String verb = sql.substring(0, 6).toUpperCase(Locale.ROOT);
        boolean write =
                verb.equals("INSERT") || verb.equals("UPDATE") || verb.equals("DELETE") || verb.equals("REPLAC");
        Verdict verdict = write ? write(key, sql, parameters) : read(key, sql, parameters);
        verdicts.put(key, verdict);
        return verdict;
    }

    private Verdict read(String key, String sql, Object... parameters) throws SQLException {
        List<String> right;
        try {
            right = answer(whole, sql, parameters);
        } catch (SQLException e) {
            details.put(key, e.getMessage());
            return Verdict.INVALID;
        }
        try {
            List<String> given = answer(host, sql, parameters);
            if (given.equals(right)) {
                return Verdict.ANSWERED;
            }
            details.put(key, "right: " + right + "\n    given: " + given);
            return Verdict.WRONG;
        } catch (SQLException | RuntimeException e) {
            return error(key, e);
        }
    }

    /** ShardingSphere-JDBC throws exceptions of its own for statements that it cannot bind. */
    private Verdict error(String key, Exception e) {
        details.put(key, e.toString());
        return e instanceof SQLException sql
                        && String.valueOf(sql.getMessage()).contains("VT12001")
                        && sql.getErrorCode() == 1235
                        && "42000".equals(sql.getSQLState())
                ? Verdict.REFUSED
                : Verdict.HOST_ERROR;
    }

    private Verdict write(String key, String sql, Object... parameters) throws SQLException {
        Verdict verdict;
        int changed = -1;
        try {
            changed = Answers.update(host, sql, parameters);
            verdict = Verdict.ANSWERED;
        } catch (SQLException | RuntimeException e) {
            verdict = error(key, e);
        }
        int due = -1;
        if (verdict == Verdict.ANSWERED) {
            try {
                due = Answers.update(whole, sql, parameters);
            } catch (SQLException e) {
                details.put(key, "one MySQL: " + e.getMessage());
                verdict = Verdict.WRONG;
            }
        }
        for (String table : List.of("customer", "orders", "visit", "item", "country", "setting")) {
            List<String> right = tables.content(table, true);
            List<String> given = tables.content(table, false);
            if (!right.equals(given)) {
                details.merge(key, table + " right: " + right + "\n    " + table + " given: " + given, (a, b) -> a + b);
                mend(table);
                verdict = Verdict.WRONG;
            }
        }
        if (changed != due) {
            details.merge(key, "rows right: " + due + " given: " + changed, (a, b) -> a + b);
            return Verdict.WRONG;
        }
        return verdict;
    }

    /** So that the next statement is judged for itself: the whole becomes what the shards are. */
    private void mend(String table) throws SQLException {
        List<String> from =
                table.equals("setting") || table.equals("country") ? List.of("guard_0") : GuardTables.SHARDS;
        tables.mysql().execute(GuardTables.WHOLE, "DELETE FROM " + table);
        for (String database : from) {
            tables.mysql()
                    .execute(
                            GuardTables.WHOLE,
                            "INSERT IGNORE INTO " + table + " SELECT * FROM " + database + "." + table);
        }
    }

    /** Labels, then rows; in the order given where the statement asks for one. */
    private static List<String> answer(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                ResultSetMetaData meta = rows.getMetaData();
                List<String> labels = new ArrayList<>();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    labels.add(meta.getColumnLabel(i));
                }
                List<String> answer = new ArrayList<>();
                while (rows.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int i = 1; i <= meta.getColumnCount(); i++) {
                        row.append(i == 1 ? "" : "|").append(value(rows, meta.getColumnType(i), i));
                    }
                    answer.add(row.toString());
                }
                if (!sql.toUpperCase(Locale.ROOT).contains("ORDER BY")) {
                    Collections.sort(answer);
                }
                answer.add(0, labels.toString());
                return answer;
            }
        }
    }

    /** How a date and time is written is not the guard's: hosts leave out trailing zeros, or write a T. */
    private static String value(ResultSet rows, int type, int column) throws SQLException {
        return String.valueOf(type == Types.TIMESTAMP ? rows.getTimestamp(column) : rows.getString(column));
    }
}
