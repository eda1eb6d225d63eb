package io.vtsphere.sql;

import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.TableExpr;

/**
 * {@code JSON_TABLE(document, path COLUMNS (…)) AS alias}. The columns are read and kept as canonical text for the default modes: they
 * hold literals only, nothing that a plan changes.
 */
final class JsonTableParser {
    private final Parser parser;
    private final Tokens tokens;
    private final StringBuilder out = new StringBuilder();

    JsonTableParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    TableExpr table() {
        tokens.advance();
        tokens.expect(Token.LEFT_PAREN);
        Expr document = parser.exprs.expr();
        tokens.expect(Token.COMMA);
        int start = tokens.start();
        String value = tokens.string();
        Literal path = new Literal(Literal.Kind.STRING, value, tokens.spanFrom(start));
        tokens.expect("columns");
        tokens.expect(Token.LEFT_PAREN);
        columns();
        tokens.expect(Token.RIGHT_PAREN);
        tokens.accept("as");
        return new TableExpr.JsonTable(document, path, out.toString(), tokens.name());
    }

    /** After the left parenthesis, up to and with the right one. */
    private void columns() {
        tokens.enter();
        String separator = "";
        do {
            out.append(separator);
            if (tokens.at("nested")) {
                nested();
            } else {
                column();
            }
            separator = ", ";
        } while (tokens.accept(Token.COMMA));
        tokens.expect(Token.RIGHT_PAREN);
        tokens.leave();
    }

    private void nested() {
        tokens.advance();
        tokens.accept("path"); // optional since 8.0.20
        out.append("nested path ");
        string();
        tokens.expect("columns");
        tokens.expect(Token.LEFT_PAREN);
        out.append(" columns(");
        columns();
        out.append(')');
    }

    private void column() {
        Identifiers.append(out, tokens.name());
        if (tokens.accept("for")) {
            tokens.expect("ordinality");
            out.append(" for ordinality");
            return;
        }
        type();
        if (tokens.accept("exists")) {
            out.append(" exists");
        }
        tokens.expect("path");
        out.append(" path ");
        string();
        while (tokens.at("null") || tokens.at("error") || tokens.at("default")) {
            onEvent();
        }
    }

    /** Any type of a column: words, a length or values in parentheses, a character set and a collation. */
    private void type() {
        if (tokens.word().isEmpty()) {
            throw tokens.unexpected();
        }
        while (!tokens.at("path") && !tokens.at("exists")) {
            if (tokens.at(Token.LEFT_PAREN)) {
                tokens.advance();
                out.append('(');
                values();
                tokens.expect(Token.RIGHT_PAREN);
                out.append(')');
            } else if (tokens.at("collate") || tokens.at("set") || tokens.at("charset")) {
                out.append(' ').append(tokens.word()).append(' ');
                tokens.advance();
                out.append(parser.functions.phrases().charsetName());
            } else if (tokens.word().isEmpty()) {
                throw tokens.unexpected();
            } else {
                out.append(' ').append(tokens.word());
                tokens.advance();
            }
        }
    }

    private void values() {
        String separator = "";
        do {
            out.append(separator);
            if (tokens.at(Token.INTEGER)) {
                out.append(tokens.value());
                tokens.advance();
            } else {
                string();
            }
            separator = ", ";
        } while (tokens.accept(Token.COMMA));
    }

    private void onEvent() {
        String action = tokens.word();
        tokens.advance();
        out.append(' ').append(action);
        if (action.equals("default")) {
            out.append(' ');
            string();
        }
        tokens.expect("on");
        if (!tokens.at("empty") && !tokens.at("error")) {
            throw tokens.unexpected();
        }
        out.append(" on ").append(tokens.word());
        tokens.advance();
    }

    private void string() {
        Strings.quote(out, tokens.string(), true);
    }
}
