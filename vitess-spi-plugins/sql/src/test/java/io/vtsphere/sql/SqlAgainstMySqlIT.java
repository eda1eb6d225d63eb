package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * MySQL as the judge of meaning: what it makes of a statement (EXPLAIN, then its own rewritten text in SHOW WARNINGS) must be the same for
 * the original, for the printed one, and for the normalised one with its values put back.
 */
class SqlAgainstMySqlIT {
    private static final int STATEMENTS = Integer.getInteger("oracle.statements", 2500);
    private static final int MODE_STATEMENTS = 100;

    private static final Pattern LABEL = Pattern.compile(" AS (?:`(?:[^`]|``)*`|\"(?:[^\"]|\"\")*\")");
    private static final Pattern QUOTES = Pattern.compile("[\"'`\\\\]");

    @TempDir
    private static Path directory;

    private static MySqlProcess mysql;

    @BeforeAll
    static void start() throws Exception {
        mysql = MySqlProcess.start(MySqlProcess.Options.in(directory));
        mysql.execute("", "create database oracle");
        mysql.execute("oracle", StatementGenerator.SCHEMA.toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        mysql.close();
    }

    @Test
    void generatedStatements_meanTheSamePrintedAndNormalised() throws SQLException, IOException {
        long seed = Long.getLong("oracle.seed", 20240501L);
        StatementGenerator generator = new StatementGenerator(seed);
        List<String> differences = new ArrayList<>();
        int accepted = 0;
        Connection connection = mysql.connect("oracle");
        try {
            for (int i = 0; i < STATEMENTS && differences.size() < 30; i++) {
                String sql = generator.statement();
                try {
                    String meaning = meaning(connection, sql);
                    accepted += Character.isDigit(meaning.charAt(0)) && meaning.startsWith("1003 ") ? 1 : 0;
                    compare(connection, sql, meaning, differences);
                } catch (ServerCrash e) {
                    System.out.println("MySQL crashed: " + sql);
                    connection.close();
                    mysql.restart();
                    connection = mysql.connect("oracle");
                }
            }
        } finally {
            connection.close();
        }
        System.out.printf("seed %d: %d statements, %d explained by MySQL%n", seed, STATEMENTS, accepted);
        assertThat(differences).as("seed %d", seed).isEmpty();
        assertThat(accepted).as("statements that MySQL explains").isGreaterThan(STATEMENTS / 3);
    }

    @Test
    void statementsOfTheManual_meanTheSamePrintedAndNormalised() throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Connection connection = mysql.connect("oracle")) {
            for (String sql : StatementResource.lines("oracle.sql")) {
                String meaning = meaning(connection, sql);
                if (meaning.startsWith("1064")) {
                    differences.add("no statement to MySQL: " + sql);
                }
                compare(connection, sql, meaning, differences);
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void otherStatements_arePreparedAlikeAsWrittenAndAsPrinted() throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Connection connection = mysql.connect("oracle")) {
            for (String sql : StatementResource.lines("prepared.sql")) {
                String expected = prepare(connection, sql);
                String printed;
                try {
                    printed = SqlPrinter.print(SqlParser.parse(sql));
                } catch (VtException e) {
                    if (!expected.startsWith("1064")) {
                        differences.add("rejected: " + sql + "\n  MySQL: " + expected);
                    }
                    continue;
                }
                String now = prepare(connection, printed);
                if (expected.startsWith("1064") || !now.equals(expected)) {
                    differences.add(sql + "\n  " + printed + "\n  expected " + expected + "\n  but was  " + now);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void textOfAnotherSqlMode_meansTheSamePrintedForTheDefaultModes() throws SQLException {
        List<String> differences = new ArrayList<>();
        try (Connection connection = mysql.connect("oracle")) {
            for (String mode : List.of(
                    "ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "PIPES_AS_CONCAT", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES")) {
                StatementGenerator generator = new StatementGenerator(7);
                for (int i = 0; i < MODE_STATEMENTS; i++) {
                    inMode(connection, generator.statement(), mode, differences);
                }
                for (String sql : StatementResource.lines("oracle.sql")) {
                    inMode(connection, sql, mode, differences);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static void inMode(Connection connection, String sql, String mode, List<String> differences)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set sql_mode = '" + mode + "'");
            String expected = meaning(connection, sql);
            statement.execute("set sql_mode = ''");
            String printed;
            try {
                printed = SqlPrinter.print(SqlParser.parse(sql, SqlModes.of(mode)));
            } catch (VtException e) {
                if (!expected.startsWith("1064")) {
                    differences.add(mode + ": rejected: " + sql + "\n  MySQL: " + expected);
                }
                return;
            }
            if (expected.startsWith("1064")) {
                differences.add(mode + ": accepted: " + sql + "\n  as " + printed);
            } else if (!plain(meaning(connection, printed)).equals(plain(expected))) {
                differences.add(mode + ": " + sql + "\n  " + printed + "\n  expected " + expected + "\n  but was  "
                        + meaning(connection, printed));
            }
        }
    }

    /** The server writes its own text in the mode, too: quotes and backslashes are left out of the comparison. */
    private static String plain(String meaning) {
        return QUOTES.matcher(meaning).replaceAll("");
    }

    /** "prepared", or MySQL's error. */
    private static String prepare(Connection connection, String sql) throws SQLException {
        try (PreparedStatement name = connection.prepareStatement("set @statement = ?");
                Statement statement = connection.createStatement()) {
            name.setString(1, sql);
            name.execute();
            statement.execute("prepare p from @statement");
            return "prepared";
        } catch (SQLException e) {
            return e.getErrorCode() + " " + (e.getErrorCode() == 1064 ? "" : e.getMessage());
        }
    }

    private static void compare(Connection connection, String sql, String meaning, List<String> differences) {
        String printed;
        String filled;
        try {
            printed = SqlPrinter.print(SqlParser.parse(sql));
            filled = Normalization.fill(SqlNormalizer.normalize(sql, SqlModes.DEFAULT));
        } catch (VtException e) {
            if (!meaning.startsWith("1064")) {
                differences.add("rejected: " + sql + "\n  " + e.getMessage() + "\n  MySQL: " + meaning);
            }
            return;
        }
        if (meaning.startsWith("1064")) {
            differences.add("accepted: " + sql + "\n  as " + printed);
            return;
        }
        check(connection, "printed", sql, printed, meaning, differences);
        check(connection, "normalised", sql, filled, meaning, differences);
    }

    private static void check(
            Connection connection, String what, String sql, String text, String expected, List<String> differences) {
        String now = meaning(connection, text);
        if (!now.equals(expected)) {
            differences.add(what + ": " + sql + "\n  " + text + "\n  expected " + expected + "\n  but was  " + now);
        }
    }

    /** 8.0.15 itself crashes on some statements, about one in ten thousand. */
    private static final class ServerCrash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** MySQL's own text of the statement, or the number of its error. */
    private static String meaning(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("explain " + sql);
        } catch (SQLException e) {
            if (e.getErrorCode() == 0) {
                throw new ServerCrash();
            }
            return e.getErrorCode() + " " + (e.getErrorCode() == 1064 ? "" : firstWords(e.getMessage()));
        }
        StringBuilder text = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show warnings")) {
            while (rows.next()) {
                text.append(rows.getInt(2))
                        .append(' ')
                        .append(rows.getString(3))
                        .append('\n');
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        // a column without alias is named by its text, which the printing is allowed to change: the gate puts the name
        // back
        String meaning = LABEL.matcher(text).replaceAll("");
        // it shows FALSE as a word or a number by chance, and the parentheses around parts of a union as written
        meaning = meaning.replaceAll("(?i)\\bfalse\\b", "0").replaceAll("(?i)\\btrue\\b", "1");
        return meaning.contains(" union ") ? meaning.replaceAll("[()]", "") : meaning;
    }

    private static String firstWords(String message) {
        return message.length() > 25 ? message.substring(0, 25) : message;
    }
}
