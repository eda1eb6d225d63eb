package io.vtsphere.sql;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.SetItem;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;

/**
 * Writes a tree as text, in the form that Vitess writes: lower-case keywords, one blank, {@code AS} before every alias, ASC written,
 * FROM DUAL where there is no table, parentheses exactly where the precedence of MySQL's operators asks for them.
 *
 * <p>What is printed and parsed again prints the same. Thread-safe.
 */
public final class SqlPrinter {
    private SqlPrinter() {}

    public static String print(Statement statement) {
        return print(statement, SqlModes.DEFAULT);
    }

    /** For a reader in these modes: with NO_BACKSLASH_ESCAPES strings are written without backslashes. */
    public static String print(Statement statement, SqlModes modes) {
        return new Printing(modes, false).statement(statement).out.toString();
    }

    public static String print(Expr expr) {
        return new Printing(SqlModes.DEFAULT, false).expr(expr).out.toString();
    }

    /** With the type behind each bind variable of a literal, as vtgate sends statements to tablets. */
    public static String printWithTypes(Statement statement) {
        return new Printing(SqlModes.DEFAULT, true).statement(statement).out.toString();
    }

    /** With the type behind each bind variable that has one ({@code :vtg1 /* INT64 *}{@code /}), as vtgate names columns. */
    public static String printWithTypes(Expr expr) {
        return new Printing(SqlModes.DEFAULT, true).expr(expr).out.toString();
    }

    public static String print(TableExpr table) {
        return new Printing(SqlModes.DEFAULT, false).table(table).out.toString();
    }

    public static String print(TableName name) {
        return new Printing(SqlModes.DEFAULT, false).tableName(name).out.toString();
    }

    public static String print(SelectItem item) {
        Printing printing = new Printing(SqlModes.DEFAULT, false);
        printing.queries().item(item);
        return printing.out.toString();
    }

    /** One assignment of a SET, e.g. {@code @@session.sql_mode = ''}, as vtgate shows it in errors. */
    public static String print(SetItem item) {
        Printing printing = new Printing(SqlModes.DEFAULT, false);
        printing.statements().setItem(item);
        return printing.out.toString();
    }
}
