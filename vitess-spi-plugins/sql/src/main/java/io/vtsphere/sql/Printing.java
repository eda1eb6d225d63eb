package io.vtsphere.sql;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One printing: the text so far and the printers of the parts of the tree, which call each other through this. */
final class Printing {
    final StringBuilder out = new StringBuilder(128);
    final boolean backslashEscapes;
    final boolean bindTypes;
    private final ExprPrinter exprs = new ExprPrinter(this);
    private final TablePrinter tables = new TablePrinter(this);
    private final QueryPrinter queries = new QueryPrinter(this);
    private final StatementPrinter statements = new StatementPrinter(this, queries);

    Printing(SqlModes modes, boolean bindTypes) {
        this.backslashEscapes = !modes.noBackslashEscapes();
        this.bindTypes = bindTypes;
    }

    Printing add(String text) {
        out.append(text);
        return this;
    }

    Printing name(String name) {
        Identifiers.append(out, name);
        return this;
    }

    Printing string(String value) {
        Strings.quote(out, value, backslashEscapes);
        return this;
    }

    /** Text for the default modes, its strings written for the reader's. */
    Printing text(String text) {
        if (backslashEscapes) {
            return add(text);
        }
        Lexer lexer = new Lexer(text, SqlModes.DEFAULT);
        int from = 0;
        for (Token token = lexer.next(); token != Token.END; token = lexer.next()) {
            if (token == Token.STRING) {
                out.append(text, from, lexer.start());
                string(lexer.value());
                from = lexer.end();
            }
        }
        out.append(text, from, text.length());
        return this;
    }

    Printing expr(Expr expr) {
        exprs.print(expr, 0);
        return this;
    }

    /** The expression, in parentheses if it binds less tightly than that level. */
    Printing operand(Expr expr, int level) {
        exprs.print(expr, level);
        return this;
    }

    Printing exprs(List<? extends Expr> list) {
        String separator = "";
        for (Expr expr : list) {
            add(separator).expr(expr);
            separator = ", ";
        }
        return this;
    }

    Printing names(List<String> list) {
        String separator = "";
        for (String name : list) {
            add(separator).name(name);
            separator = ", ";
        }
        return this;
    }

    /** {@code (a, b)}, or nothing for an empty list. */
    Printing nameList(String before, List<String> list) {
        return list.isEmpty() ? this : add(before).add("(").names(list).add(")");
    }

    Printing tableName(TableName name) {
        String keyspace = name.keyspace();
        if (keyspace != null) {
            name(keyspace).add(".");
        }
        return name(name.name());
    }

    Printing tables(List<TableExpr> list) {
        String separator = "";
        for (TableExpr table : list) {
            add(separator);
            table.accept(tables);
            separator = ", ";
        }
        return this;
    }

    Printing table(TableExpr table) {
        table.accept(tables);
        return this;
    }

    Printing orderBy(String before, List<OrderItem> items) {
        String separator = before;
        for (OrderItem item : items) {
            add(separator).expr(item.expr()).add(item.descending() ? " desc" : " asc");
            separator = ", ";
        }
        return this;
    }

    Printing query(Query query) {
        query.accept(statements);
        return this;
    }

    Printing statement(io.vtsphere.sql.ast.Statement statement) {
        statement.accept(statements);
        return this;
    }

    QueryPrinter queries() {
        return queries;
    }

    StatementPrinter statements() {
        return statements;
    }

    Printing optional(String before, @Nullable Expr expr) {
        return expr == null ? this : add(before).expr(expr);
    }
}
