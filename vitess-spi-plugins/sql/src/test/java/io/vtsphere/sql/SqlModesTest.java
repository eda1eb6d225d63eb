package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sql.ast.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts of sql_mode that change how a text is read. Source: MySQL manual, "Server SQL Modes". */
class SqlModesTest {
    private static final List<SqlModes> ALL = List.of(
            SqlModes.DEFAULT,
            SqlModes.of("ANSI_QUOTES"),
            SqlModes.of("NO_BACKSLASH_ESCAPES"),
            SqlModes.of("PIPES_AS_CONCAT"),
            SqlModes.of("ANSI,NO_BACKSLASH_ESCAPES"));

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '~',
            value = {
                "''                                    | false | false | false",
                "STRICT_TRANS_TABLES,ansi_quotes       | true  | false | false",
                "NO_BACKSLASH_ESCAPES                  | false | true  | false",
                " PIPES_AS_CONCAT , NO_ZERO_DATE       | false | false | true",
                "ANSI                                  | true  | false | true",
            })
    void areReadFromTheValueOfTheVariable(String value, boolean ansi, boolean noBackslash, boolean pipes) {
        assertThat(SqlModes.of(value)).isEqualTo(new SqlModes(ansi, noBackslash, pipes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '~',
            value = {
                // mode | text | the same for a server in the default modes
                "ANSI_QUOTES | select \"a\", 'b', \"c\"\"d\" from \"t\".\"u\" | select a, 'b', `c\"d` from t.u",
                "ANSI_QUOTES | select @\"a\", \"f\"(1) from t | select @a, f(1) from t",
                "ANSI_QUOTES | select a as \"b c\" from t | select a as `b c` from t",
                "NO_BACKSLASH_ESCAPES | select 'a\\' | select 'a\\\\' from dual",
                "NO_BACKSLASH_ESCAPES | select 'a\\'' b' | select 'a\\\\\\' b' from dual",
                "NO_BACKSLASH_ESCAPES | select 'a' like 'x\\%' | select 'a' like 'x\\\\%' from dual",
                "NO_BACKSLASH_ESCAPES | select \"\\n\" | select '\\\\n' from dual",
                "PIPES_AS_CONCAT | select a || b from t | select concat(a, b) from t",
                "PIPES_AS_CONCAT | select a || b * c from t | select concat(a, b) * c from t",
                "PIPES_AS_CONCAT | select a ^ b || c from t | select a ^ concat(b, c) from t",
                "PIPES_AS_CONCAT | select -a || b from t | select concat(-a, b) from t",
                "PIPES_AS_CONCAT | select a like b || '%' from t | select a like concat(b, '%') from t",
                "PIPES_AS_CONCAT | select a or b || c from t | select a or concat(b, c) from t",
                "ANSI,NO_BACKSLASH_ESCAPES | select \"a\" || '\\' | select concat(a, '\\\\') from dual",
                "'' | select \"a\" || 'b\\'' | select 'a' or 'b\\'' from dual",
            })
    void textIsReadAsMySqlDoes(String mode, String sql, String expected) {
        assertThat(SqlPrinter.print(SqlParser.parse(sql, SqlModes.of(mode)))).isEqualTo(expected);
    }

    @Test
    void backslashDoesNotCloseAString_unlessItIsEscape() {
        assertThatThrownBy(() -> SqlParser.parse("select 'a\\'")).hasMessageContaining("syntax error");
        assertThatThrownBy(() -> SqlParser.parse("select 'a\\''", SqlModes.of("NO_BACKSLASH_ESCAPES")))
                .hasMessageContaining("syntax error");
    }

    @Test
    void strings_areWrittenForTheReader() {
        Statement statement = SqlParser.parse("select 'it''s a \\\\ and \\n'");
        assertThat(SqlPrinter.print(statement, SqlModes.of("NO_BACKSLASH_ESCAPES")))
                .isEqualTo("select 'it''s a \\ and \n' from dual");
    }

    static Stream<CorpusTest.Line> lines() {
        // names and strings in double quotes are told apart by the mode, a file's options are written in the mode they
        // were read in
        return CorpusTest.lines().stream().filter(line -> !line.printed().contains("outfile"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whatIsWrittenForAModeIsReadAlikeInIt(CorpusTest.Line line) {
        Statement statement = SqlParser.parse(line.sql());
        String expected = SqlPrinter.print(statement);
        for (SqlModes modes : ALL) {
            String printed = SqlPrinter.print(statement, modes);
            assertThat(SqlPrinter.print(SqlParser.parse(printed, modes)))
                    .as("%s: %s", modes, printed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void normaliser_readsValuesInTheMode() {
        SqlNormalizer.Normalized normalised = SqlNormalizer.normalize(
                "select \"x\" from t where a = 'c\\' and b = 'd'''", SqlModes.of("ANSI_QUOTES,NO_BACKSLASH_ESCAPES"));
        assertThat(SqlPrinter.print(normalised.statement())).isEqualTo("select x from t where a = :a and b = :b");
        assertThat(normalised.values())
                .extracting(value -> value.value().text())
                .containsExactly("c\\", "d'");
    }

    @Test
    void redact_leavesNoPartOfAString() {
        SqlModes mode = SqlModes.of("NO_BACKSLASH_ESCAPES");
        assertThat(SqlNormalizer.redact("select 'a\\', 'secret'", mode)).isEqualTo("select ?, ?");
        assertThat(SqlNormalizer.redact("select \"a\", 'secret'", SqlModes.of("ANSI_QUOTES")))
                .isEqualTo("select \"a\", ?");
    }

    @Test
    void splitter_knowsWhereStringsEnd() {
        assertThat(Statements.split("select 'a\\'; select ';'", SqlModes.of("NO_BACKSLASH_ESCAPES")))
                .containsExactly("select 'a\\'", "select ';'");
        assertThat(Statements.split("select 'a\\'; select ' ;", SqlModes.DEFAULT))
                .containsExactly("select 'a\\'; select '");
    }
}
