package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.sql.ast.Statement;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Statements with random damage: an error or a tree that prints stably, and a normalisation that is exact; never anything else. */
class MutationTest {
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("fuzz.seconds", 5));

    private static final List<SqlModes> MODES = List.of(SqlModes.of("ANSI"), SqlModes.of("NO_BACKSLASH_ESCAPES"));

    @Test
    void damagedStatements() {
        long seed = Long.getLong("fuzz.seed", 20261121);
        Random random = new Random(seed);
        List<String> corpus = new ArrayList<>();
        CorpusTest.lines().forEach(line -> corpus.add(line.sql()));
        corpus.addAll(StatementResource.lines("oracle.sql"));
        corpus.addAll(StatementResource.lines("prepared.sql"));
        long end = System.nanoTime() + TIME.toNanos();
        int parsed = 0;
        while (System.nanoTime() < end) {
            String sql = mutate(corpus, random);
            try {
                parsed += check(sql) ? 1 : 0;
            } catch (RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", statement: " + sql, e);
            }
        }
        assertThat(parsed).isGreaterThan(100);
    }

    private static boolean check(String sql) {
        SqlNormalizer.redact(sql, SqlModes.DEFAULT);
        Statements.split(sql);
        StatementKind.of(sql);
        QueryTemplate.of(sql);
        Statement statement;
        try {
            statement = SqlParser.parse(sql);
        } catch (VtException e) {
            assertThat(e.state()).isEqualTo(State.PARSE_ERROR);
            return false;
        }
        String printed = SqlPrinter.print(statement);
        String again = SqlPrinter.print(SqlParser.parse(printed));
        assertThat(again).isEqualTo(printed);
        Normalization.assertExact(sql);
        for (SqlModes mode : MODES) {
            inMode(sql, mode);
        }
        return true;
    }

    /** In another mode it is another statement, or none. */
    private static void inMode(String sql, SqlModes mode) {
        try {
            Statement statement = SqlParser.parse(sql, mode);
            String printed = SqlPrinter.print(statement, SqlModes.DEFAULT);
            assertThat(SqlPrinter.print(SqlParser.parse(printed))).isEqualTo(printed);
            SqlNormalizer.normalize(statement, SqlNormalizer.fingerprint(sql, mode));
        } catch (VtException e) {
            assertThat(e.state()).isEqualTo(State.PARSE_ERROR);
        }
    }

    private static String mutate(List<String> corpus, Random random) {
        StringBuilder sql = new StringBuilder(corpus.get(random.nextInt(corpus.size())));
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && sql.length() > 0; i++) {
            int at = random.nextInt(sql.length());
            int to = Math.min(sql.length(), at + 1 + random.nextInt(8));
            switch (random.nextInt(5)) {
                case 0 -> sql.delete(at, to);
                case 1 -> sql.insert(at, sql.substring(at, to));
                case 2 -> sql.setCharAt(at, (char) (32 + random.nextInt(96)));
                case 3 -> splice(sql, at, corpus.get(random.nextInt(corpus.size())), random);
                default -> swapWords(sql, random);
            }
        }
        return sql.toString();
    }

    private static void splice(StringBuilder sql, int at, String other, Random random) {
        int from = random.nextInt(other.length());
        int to = from + random.nextInt(other.length() - from);
        sql.insert(at, other, from, to);
    }

    private static void swapWords(StringBuilder sql, Random random) {
        String[] words = sql.toString().split(" ", -1);
        int one = random.nextInt(words.length);
        int other = random.nextInt(words.length);
        String word = words[one];
        words[one] = words[other];
        words[other] = word;
        sql.setLength(0);
        sql.append(String.join(" ", words));
    }
}
