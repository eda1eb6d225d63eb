package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.vtsphere.sql.ast.Rewriter;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No text exhausts the stack or takes more than linear time. */
class BoundsTest {
    private static final int DEEP = 100_000;
    private static final int LARGE = Integer.getInteger("bounds.characters", 2_000_000);
    private static final Duration LARGE_TIME = Duration.ofSeconds(20L * (LARGE / 2_000_000));

    static List<String> deep() {
        return List.of(
                "select " + "(".repeat(DEEP) + "1" + ")".repeat(DEEP),
                "select " + "-".repeat(1) + "- ".repeat(DEEP) + "1",
                "select " + "not ".repeat(DEEP) + "1",
                "select " + "!".repeat(DEEP) + "1",
                "select " + "f(".repeat(DEEP) + "1" + ")".repeat(DEEP),
                "select " + "case when ".repeat(DEEP) + "1",
                "select 1" + "+1".repeat(DEEP),
                "select 1" + " = 1".repeat(DEEP),
                "select a" + " is null".repeat(DEEP),
                "select a" + " collate x".repeat(DEEP),
                "select " + "interval (".repeat(DEEP) + "1",
                "select " + "(select ".repeat(DEEP) + "1" + ")".repeat(DEEP),
                "(".repeat(DEEP) + "select 1" + ")".repeat(DEEP),
                "select 1" + " union select 1".repeat(DEEP),
                "select 1 from " + "(".repeat(DEEP) + "a" + ")".repeat(DEEP),
                "select 1 from " + "(select 1 from ".repeat(DEEP) + "a",
                "select 1 from a" + " join b".repeat(DEEP),
                "select 1 from a" + " left join b".repeat(DEEP) + " on 1".repeat(DEEP),
                "select 1 from a" + " join b on 1".repeat(DEEP),
                "with a as (".repeat(DEEP) + "select 1",
                "explain ".repeat(DEEP) + "select 1",
                "vexplain ".repeat(DEEP) + "select 1",
                "explain format=json ".repeat(DEEP) + "select 1",
                "select @a := ".repeat(1) + "@a := ".repeat(DEEP) + "1",
                "select " + "{x ".repeat(DEEP) + "1");
    }

    @ParameterizedTest
    @MethodSource("deep")
    void tooDeep_isAnErrorOfItsOwn(String sql) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThatThrownBy(() -> SqlParser.parse(sql))
                .isInstanceOfSatisfying(
                        VtException.class, e -> assertThat(e.state()).isEqualTo(State.PARSE_ERROR)));
    }

    static List<String> nearlyTooDeep() {
        int chain = Tokens.MAX_HEIGHT - 20;
        int nested = 100;
        return List.of(
                "select 1" + " + 1".repeat(chain),
                "select 1" + " union select 1".repeat(chain),
                "select " + "(1 + ".repeat(nested) + "1" + ")".repeat(nested),
                "select " + "f(".repeat(nested) + "1" + ")".repeat(nested),
                "select " + "not ".repeat(nested) + "1",
                "select 1 from a" + " join b on 1".repeat(chain));
    }

    @ParameterizedTest
    @MethodSource("nearlyTooDeep")
    void whatIsAccepted_fitsASmallStack(String sql) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    Statement statement = SqlParser.parse(sql);
                    SqlPrinter.print(new Rewriter() {}.statement(statement));
                    SqlNormalizer.normalize(sql, SqlModes.DEFAULT);
                },
                "small stack",
                1 << 20);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        thread.join();
        assertThat(failure.get()).isNull();
    }

    static List<String> large() {
        return List.of(
                "select " + "1,".repeat(LARGE / 2) + "1",
                "select 1 from t where a in (" + "1,".repeat(LARGE / 2) + "b)",
                "insert into t values " + "(1,'x'),".repeat(LARGE / 8) + "(1,'y')",
                "select 1 from t where " + "a = 1 or ".repeat(LARGE / 8) + "b",
                "select '" + "''".repeat(LARGE / 2) + "'",
                "select '" + "\\n".repeat(LARGE / 2) + "'",
                "select 'a' ".repeat(1) + "'a' ".repeat(LARGE / 4),
                "select " + "/* c */".repeat(LARGE / 8) + "1",
                "select " + "/*!40000 */".repeat(LARGE / 8) + "1",
                "select " + "-- \n".repeat(LARGE / 4) + "1",
                "select `" + "``".repeat(LARGE / 2) + "`",
                "/*".repeat(LARGE / 2),
                "/*!40000 select 1",
                "flush /*!40000 x",
                "'".repeat(LARGE + 1),
                "a in (1,".repeat(LARGE / 8),
                "(".repeat(LARGE),
                ";".repeat(LARGE),
                "select 1 /*" + "vt+ ".repeat(LARGE / 4),
                "select " + "9".repeat(LARGE),
                "select 0x" + "f".repeat(LARGE),
                "select 1e" + "1".repeat(LARGE) + "e",
                "select x'" + "41".repeat(LARGE / 2) + "'",
                "select " + "a".repeat(LARGE),
                "select " + "a.".repeat(LARGE / 2),
                "select @" + "a.".repeat(LARGE / 2),
                "select :" + "a".repeat(LARGE) + ".b",
                "select " + "::a, ".repeat(LARGE / 5) + "1",
                "@".repeat(LARGE),
                ":".repeat(LARGE),
                "?".repeat(LARGE),
                "select " + "?, ".repeat(LARGE / 3) + "1",
                "-".repeat(LARGE),
                "#".repeat(LARGE),
                "\\".repeat(LARGE),
                "select '" + "\\".repeat(LARGE),
                "/*!".repeat(LARGE / 3),
                "select 1 " + "/*!99999 */".repeat(LARGE / 11),
                "*/".repeat(LARGE / 2),
                "é€😀".repeat(LARGE / 4),
                "select case " + "when 1 then 2 ".repeat(LARGE / 14) + "end",
                "set " + "a = 1, ".repeat(LARGE / 7) + "b = 2",
                "update t set " + "a = 1, ".repeat(LARGE / 7) + "b = 2",
                "create table t (" + "a int, ".repeat(LARGE / 7) + "b int)",
                "alter table t " + "add a int, ".repeat(LARGE / 11) + "add b int",
                "rename table " + "a to b, ".repeat(LARGE / 8) + "c to d",
                "select * from json_table('[]', '$' columns (" + "a int path '$', ".repeat(LARGE / 16)
                        + "b int path '$')) j",
                "select 1 from t " + "use index (a) ".repeat(LARGE / 14),
                "select 1 from t " + "for update ".repeat(LARGE / 11),
                "with " + "a as (select 1), ".repeat(LARGE / 17) + "b as (select 2) select 3",
                "select 1 from t where a = " + "'x' ".repeat(LARGE / 4),
                "begin;".repeat(LARGE / 6),
                "select 1 " + "union ".repeat(LARGE / 6),
                "(select 1) ".repeat(LARGE / 11));
    }

    @ParameterizedTest
    @MethodSource("large")
    void largeTexts_takeLinearTime(String sql) {
        assertTimeoutPreemptively(LARGE_TIME, () -> {
            try {
                SqlParser.parse(sql);
            } catch (VtException e) {
                assertThat(e.state()).isEqualTo(State.PARSE_ERROR);
            }
            SqlNormalizer.fingerprint(sql, SqlModes.DEFAULT);
            SqlNormalizer.redact(sql, SqlModes.DEFAULT);
            Statements.split(sql);
            StatementKind.of(sql);
            QueryTemplate.of(sql);
        });
    }

    @Test
    void positionIsInBytes() {
        assertThatThrownBy(() -> SqlParser.parse("select 'é€😀' frm dual"))
                .hasMessage("syntax error at position 28 near 'dual'");
    }
}
