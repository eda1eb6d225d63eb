package io.vtsphere.sql;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Statement;

/**
 * MySQL's SQL, with Vitess' additions, as a tree.
 *
 * <p>Comments before and after the statement, and one semicolon behind it, are dropped. Time and memory are linear in the length of
 * the text; the depth of nesting is bounded, so that no text can exhaust the stack. Thread-safe.
 */
public final class SqlParser {
    private SqlParser() {}

    public static Statement parse(String sql) {
        return parse(sql, SqlModes.DEFAULT);
    }

    /**
     * The one statement of that text; {@link io.vtsphere.sql.ast.EmptyStatement} where there is none.
     *
     * @throws io.vtsphere.vterrors.VtException with {@link io.vtsphere.vterrors.State#PARSE_ERROR} and vtgate's text if it is not one
     */
    public static Statement parse(String sql, SqlModes modes) {
        return new StatementParser(new Parser(new Tokens(sql, 0, sql.length(), modes))).single();
    }

    /** One expression; throws as {@link #parse(String, SqlModes)} does. */
    public static Expr parseExpr(String sql, SqlModes modes) {
        Tokens tokens = new Tokens(sql, 0, sql.length(), modes);
        Expr expr = new Parser(tokens).exprs.expr();
        tokens.expectEnd();
        return expr;
    }
}
