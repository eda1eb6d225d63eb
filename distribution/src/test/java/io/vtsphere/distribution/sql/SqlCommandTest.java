package io.vtsphere.distribution.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SqlCommandTest {
    @TempDir
    private Path directory;

    private String out = "";
    private String err = "";

    private int sql(String... args) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int code = new CommandLine(new SqlCommand())
                .setOut(new PrintWriter(outText))
                .setErr(new PrintWriter(errText))
                .execute(args);
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    private List<String> batch(List<String> lines, String... options) throws IOException {
        Path file = Files.write(directory.resolve("lines.jsonl"), lines);
        List<String> args = new ArrayList<>(List.of(options));
        args.addAll(List.of("--batch", file.toString()));
        assertThat(sql(args.toArray(String[]::new))).isZero();
        return out.lines().toList();
    }

    @Test
    void statements_areOneALine() {
        assertThat(sql("SELECT  1 ; select a b FROM t;")).isZero();
        assertThat(out).isEqualTo("select 1 from dual\nselect a as b from t\n");
    }

    @Test
    void syntaxError_isExitCodeOne() {
        assertThat(sql("select 1; selct 2")).isOne();
        assertThat(out).isEqualTo("select 1 from dual\n");
        assertThat(err).isEqualTo("vtsphere: syntax error at position 6 near 'selct'\n");
    }

    @Test
    void normalise_listsTheBindVariables() {
        assertThat(sql("--normalise", "select a from t where b = 'x' and c in (1, 2) and d > 1.5"))
                .isZero();
        assertThat(out)
                .isEqualTo("select a from t where b = :b and c in ::vtg1 and d > :d\n"
                        + "  :b = VARCHAR x\n  :vtg1 = (INT64 1, INT64 2)\n  :d = DECIMAL 1.5\n");
    }

    @Test
    void sqlMode_changesHowTheTextIsRead() {
        assertThat(sql("--sql-mode", "ANSI_QUOTES,PIPES_AS_CONCAT", "select \"a\" || 'b' from \"t\""))
                .isZero();
        assertThat(out).isEqualTo("select concat(a, 'b') from t\n");
    }

    @Test
    void neitherStatementNorBatch_isWrongUsage() {
        assertThat(sql()).isEqualTo(2);
        assertThat(err).contains("either a statement is needed or --batch");
    }

    @Test
    void batch_answersEveryLine() throws IOException {
        assertThat(batch(List.of(
                        "{\"sql\":\"SELECT 'é' FROM t\"}",
                        "",
                        "{\"sql\":\"insert into t values (1)\"}",
                        "{\"sql\":\"selct 1\"}",
                        "{\"sq\":1}",
                        "{")))
                .containsExactly(
                        "{\"sql\":\"select 'é' from t\",\"kind\":\"SELECT\"}",
                        "{\"sql\":\"insert into t values (1)\",\"kind\":\"INSERT\"}",
                        "{\"error\":\"syntax error at position 6 near 'selct'\"}",
                        "{\"error\":\"a request has the field sql, a string\"}",
                        "{\"error\":\"invalid JSON: Unexpected end-of-input: expected close marker for Object (start marker at"
                                + " [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 1])\"}");
    }

    @Test
    void batch_normalised_hasBindVariables() throws IOException {
        assertThat(batch(List.of("{\"sql\":\"select a from t where b = 1 and c in (2, 'x')\"}"), "--normalise"))
                .containsExactly(
                        "{\"sql\":\"select a from t where b = :b and c in ::vtg1\",\"kind\":\"SELECT\",\"bindVars\":"
                                + "{\"b\":{\"type\":\"INT64\",\"value\":\"1\"},\"vtg1\":{\"type\":\"TUPLE\",\"values\":"
                                + "[{\"type\":\"INT64\",\"value\":\"2\"},{\"type\":\"VARCHAR\",\"value\":\"x\"}]}}}");
    }

    @Test
    void batch_readsThousandsOfLinesASecond() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            lines.add("{\"sql\":\"select a, b + " + i
                    + " from t join u on t.id = u.id where t.c in (1, 2, 3) limit 5\"}");
        }
        long start = System.nanoTime();
        assertThat(batch(lines)).hasSize(20_000);
        assertThat(System.nanoTime() - start).as("nanoseconds").isLessThan(10_000_000_000L);
    }
}
