package io.vtsphere.sql;

import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Explain;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.sql.ast.VExplain;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the literals of a statement into bind variables, so that one plan serves all statements that differ in them only.
 *
 * <p>The hot path is {@link #fingerprint}, a look-up of its key and of {@link Shape#planKey}, then {@link Shape#values}: one pass of
 * the lexer, no tree. A miss parses the text and calls {@link #normalize}. Thread-safe.
 */
public final class SqlNormalizer {
    private SqlNormalizer() {}

    /**
     * A normalised statement.
     *
     * @param statement with {@code :vtg1}, or {@code :column} where a column is compared with a literal, in place of literals
     * @param shape for all statements with the same fingerprint
     */
    public record Normalized(Statement statement, Shape shape, List<BoundValue> values) {}

    public static Fingerprint fingerprint(String sql, SqlModes modes) {
        return new FingerprintScanner(sql, modes).scan();
    }

    /**
     * The tree of the text with its literals bound.
     *
     * <p>Queries, INSERT, REPLACE, UPDATE and DELETE are normalised, also under EXPLAIN and VEXPLAIN; all literals of other statements
     * stay.
     *
     * @param statement the tree of exactly the text that the fingerprint was taken of
     */
    public static Normalized normalize(Statement statement, Fingerprint fingerprint) {
        LiteralClassifier classifier = new LiteralClassifier(fingerprint);
        if (isNormalizable(statement)) {
            classifier.classify(statement);
        }
        List<Shape.Bound> bound = new ArrayList<>();
        LiteralNames names = new LiteralNames(fingerprint, classifier);
        int[] fixed = names.assign(statement, bound);
        Shape shape = new Shape(bound, fixed);
        Statement rewritten = bound.isEmpty() ? statement : new LiteralBinder(fingerprint, names).statement(statement);
        return new Normalized(rewritten, shape, shape.values(fingerprint));
    }

    /** {@link #normalize(Statement, Fingerprint)} of a text. */
    public static Normalized normalize(String sql, SqlModes modes) {
        return normalize(SqlParser.parse(sql, modes), fingerprint(sql, modes));
    }

    private static boolean isNormalizable(Statement statement) {
        if (statement instanceof Explain explain) {
            return isNormalizable(explain.statement());
        }
        if (statement instanceof VExplain vexplain) {
            return isNormalizable(vexplain.statement());
        }
        return statement instanceof Query
                || statement instanceof Insert
                || statement instanceof Update
                || statement instanceof Delete;
    }

    /** The text with {@code ?} for every literal, for logs: nothing that a client sent as a value is left. */
    public static String redact(String sql, SqlModes modes) {
        StringBuilder out = new StringBuilder(sql.length());
        Lexer lexer = new Lexer(sql, modes);
        int copied = 0;
        for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
            boolean literal = LiteralKind.isLiteral(token) || token == Token.NATIONAL_STRING;
            if (literal || token == Token.ERROR) {
                out.append(sql, copied, lexer.start()).append('?');
                copied = lexer.end();
            }
            if (token == Token.ERROR) {
                return out.toString(); // what follows an unfinished token may be anything
            }
        }
        return out.append(sql, copied, sql.length()).toString();
    }
}
