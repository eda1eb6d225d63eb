package io.vtsphere.sql;

import io.vtsphere.sql.ast.Assignment;
import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Delete;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Insert;
import io.vtsphere.sql.ast.InsertSource;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.RowAlias;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import io.vtsphere.sql.ast.Update;
import io.vtsphere.sql.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT, REPLACE, UPDATE and DELETE. */
final class DmlParser {
    private final Parser parser;
    private final Tokens tokens;

    DmlParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    Statement insert(boolean replace) {
        Comments comments = tokens.advanceOverComments();
        String options = options("low_priority", "high_priority", "delayed", "ignore");
        tokens.accept("into");
        TableName table = parser.tables.tableName();
        List<String> partitions = parser.tables.partitions();
        List<String> columns = List.of();
        if (tokens.at(Token.LEFT_PAREN) && !queryInParentheses()) {
            columns = columns();
        }
        InsertSource source;
        RowAlias alias = null;
        if (tokens.accept("set")) {
            List<Assignment> assignments = assignments();
            columns = assignments.stream().map(a -> a.column().name()).toList();
            source = new InsertSource.Rows(List.of(
                    new Expr.Tuple(assignments.stream().map(Assignment::value).toList())));
            alias = rowAlias();
        } else if (tokens.at("value") || tokens.at("values")) {
            tokens.advance();
            source = new InsertSource.Rows(rows());
            alias = rowAlias();
        } else {
            source = new InsertSource.FromQuery(parser.queries.query());
        }
        List<Assignment> onDuplicate = List.of();
        if (!replace && tokens.accept("on")) {
            tokens.expect("duplicate");
            tokens.expect("key");
            tokens.expect("update");
            onDuplicate = assignments();
        }
        return new Insert(comments, replace, options, table, partitions, columns, source, alias, onDuplicate);
    }

    private boolean queryInParentheses() {
        Token next = tokens.peek();
        String word = tokens.peekWord();
        return next == Token.LEFT_PAREN
                || word.equals("select")
                || word.equals("with")
                || word.equals("values")
                || word.equals("table");
    }

    private List<String> columns() {
        tokens.expect(Token.LEFT_PAREN);
        List<String> columns = new ArrayList<>();
        if (!tokens.at(Token.RIGHT_PAREN)) {
            do {
                columns.add(parser.operands.plainColumn().name());
            } while (tokens.accept(Token.COMMA));
        }
        tokens.expect(Token.RIGHT_PAREN);
        return columns;
    }

    private List<Expr.Tuple> rows() {
        List<Expr.Tuple> rows = new ArrayList<>();
        do {
            tokens.accept("row");
            tokens.expect(Token.LEFT_PAREN);
            rows.add(new Expr.Tuple(tokens.at(Token.RIGHT_PAREN) ? List.of() : parser.exprs.list()));
            tokens.expect(Token.RIGHT_PAREN);
        } while (tokens.accept(Token.COMMA));
        return rows;
    }

    private @Nullable RowAlias rowAlias() {
        if (!tokens.accept("as")) {
            return null;
        }
        String name = tokens.name();
        return new RowAlias(name, tokens.at(Token.LEFT_PAREN) ? parser.tables.nameList() : List.of());
    }

    private List<Assignment> assignments() {
        List<Assignment> assignments = new ArrayList<>(4);
        do {
            Expr.Column column = parser.operands.plainColumn();
            if (!tokens.accept(Token.ASSIGN)) {
                tokens.expect(Token.EQUAL);
            }
            assignments.add(new Assignment(column, parser.exprs.expr()));
        } while (tokens.accept(Token.COMMA));
        return assignments;
    }

    /** The modifiers in the canonical order of the arguments. */
    private String options(String... words) {
        boolean[] found = new boolean[words.length];
        boolean more = true;
        while (more) {
            more = false;
            for (int i = 0; i < words.length; i++) {
                // QUICK is not reserved: before FROM's absence it may be a table, so it needs a name or FROM after it
                if (tokens.at(words[i]) && (tokens.isReserved() || tokens.peek() == Token.WORD)) {
                    tokens.advance();
                    found[i] = true;
                    more = true;
                }
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words.length; i++) {
            if (found[i]) {
                text.append(text.length() == 0 ? "" : " ").append(words[i]);
            }
        }
        return text.toString();
    }

    Statement update(@Nullable With with) {
        Comments comments = tokens.advanceOverComments();
        String options = options("low_priority", "ignore");
        List<TableExpr> tables = parser.tables.list();
        tokens.expect("set");
        List<Assignment> assignments = assignments();
        Expr where = where();
        List<OrderItem> orderBy = parser.queries.orderBy();
        Limit limit = parser.queries.limit();
        return new Update(with, comments, options, tables, assignments, where, orderBy, limit);
    }

    private @Nullable Expr where() {
        return tokens.accept("where") ? parser.exprs.expr() : null;
    }

    Statement delete(@Nullable With with) {
        Comments comments = tokens.advanceOverComments();
        String options = options("low_priority", "quick", "ignore");
        if (!tokens.accept("from")) {
            List<TableName> targets = targets();
            tokens.expect("from");
            List<TableExpr> tables = parser.tables.list();
            return new Delete(with, comments, options, targets, tables, where(), List.of(), null);
        }
        int names = starOrComma();
        if (names > 0) {
            List<TableName> targets = targets();
            tokens.expect("using");
            List<TableExpr> tables = parser.tables.list();
            return new Delete(with, comments, options, targets, tables, where(), List.of(), null);
        }
        TableName name = parser.tables.tableName();
        if (tokens.at(Token.COMMA) || tokens.at(Token.DOT) || tokens.at("using")) {
            List<TableName> targets = new ArrayList<>(List.of(name));
            while (tokens.accept(Token.COMMA)) {
                targets.add(target());
            }
            tokens.expect("using");
            List<TableExpr> tables = parser.tables.list();
            return new Delete(with, comments, options, targets, tables, where(), List.of(), null);
        }
        List<String> partitions = parser.tables.partitions();
        String alias = parser.tables.alias();
        if (partitions.isEmpty()) {
            partitions = parser.tables.partitions();
        }
        TableExpr table = new TableExpr.Table(name, partitions, alias, List.of());
        Expr where = where();
        List<OrderItem> orderBy = parser.queries.orderBy();
        return new Delete(with, comments, options, List.of(), List.of(table), where, orderBy, parser.queries.limit());
    }

    /** Whether the first target is written {@code t.*}. */
    private int starOrComma() {
        return tokens.atName() && tokens.peek() == Token.DOT ? tokens.namesBeforeStar() : 0;
    }

    private List<TableName> targets() {
        List<TableName> targets = new ArrayList<>(2);
        do {
            targets.add(target());
        } while (tokens.accept(Token.COMMA));
        return targets;
    }

    private TableName target() {
        String first = tokens.name();
        if (!tokens.accept(Token.DOT)) {
            return new TableName(null, first);
        }
        if (tokens.accept(Token.STAR)) {
            return new TableName(null, first);
        }
        String second = tokens.nameAfterDot();
        if (tokens.accept(Token.DOT)) {
            tokens.expect(Token.STAR);
        }
        return new TableName(first, second);
    }
}
