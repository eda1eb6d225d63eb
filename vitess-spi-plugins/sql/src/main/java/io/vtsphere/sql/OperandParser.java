package io.vtsphere.sql;

import io.vtsphere.sql.ast.BinaryOp;
import io.vtsphere.sql.ast.Cast;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.Span;
import io.vtsphere.sql.ast.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operands of expressions: literals, columns, variables, parentheses, subqueries, CASE; functions are {@link FunctionParser}'s. */
final class OperandParser {
    private final Parser parser;
    private final Tokens tokens;
    private boolean rightOfSum;

    OperandParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    /** Says that the operand that comes next is the right side of a plus or minus. */
    void expectInterval() {
        rightOfSum = true;
    }

    /** An operand with its prefix operators. */
    Expr prefixed() {
        switch (tokens.token()) {
            case MINUS:
                return unary(UnaryOp.MINUS);
            case PLUS:
                tokens.advance();
                return parser.exprs.simple(); // means nothing, MySQL's parser drops it as well
            case TILDE:
                return unary(UnaryOp.BIT_NOT);
            case BANG:
                tokens.advance();
                return new Expr.Not(parser.exprs.simple());
            case WORD:
                return word();
            default:
                return plain();
        }
    }

    private Expr unary(UnaryOp op) {
        tokens.advance();
        return new Expr.Unary(op, parser.exprs.simple());
    }

    private Expr plain() {
        switch (tokens.token()) {
            case INTEGER:
                return literal(Literal.Kind.INTEGER);
            case DECIMAL:
                return literal(Literal.Kind.DECIMAL);
            case FLOAT:
                return literal(Literal.Kind.FLOAT);
            case STRING:
                return string(Literal.Kind.STRING);
            case NATIONAL_STRING:
                return string(Literal.Kind.NATIONAL_STRING);
            case HEX_NUMBER:
                return literal(Literal.Kind.HEX_NUMBER);
            case BIT_NUMBER:
                return literal(Literal.Kind.BIT_NUMBER);
            case HEX_STRING:
                return literal(Literal.Kind.HEX_STRING);
            case BIT_STRING:
                return literal(Literal.Kind.BIT_STRING);
            case BACKSLASH_N:
                return constant(Literal.Kind.NULL, "null");
            case QUOTED_NAME:
                return column();
            case LEFT_PAREN:
                return parenthesised(false);
            case BIND:
                return new Expr.Bind(take(), null);
            case LIST_BIND:
                return new Expr.ListBind(take());
            case PARAMETER:
                tokens.advance();
                return new Expr.Bind(tokens.nextParameter(), null);
            case USER_VARIABLE:
                return parser.variables.user();
            case SYSTEM_VARIABLE:
                return parser.variables.system();
            case LEFT_BRACE:
                return odbc();
            default:
                throw tokens.unexpected();
        }
    }

    private String take() {
        String value = tokens.value();
        tokens.advance();
        return value;
    }

    private Literal literal(Literal.Kind kind) {
        Span span = Span.of(tokens.start(), tokens.end());
        return new Literal(kind, take(), span);
    }

    private Literal constant(Literal.Kind kind, String text) {
        Span span = Span.of(tokens.start(), tokens.end());
        tokens.advance();
        return new Literal(kind, text, span);
    }

    /** A string and the ones beside it, which MySQL takes as one. */
    private Literal string(Literal.Kind kind) {
        int start = tokens.start();
        String value = take();
        if (tokens.at(Token.STRING)) {
            StringBuilder all = new StringBuilder(value);
            while (tokens.at(Token.STRING)) {
                all.append(take());
            }
            value = all.toString();
        }
        return new Literal(kind, value, tokens.spanFrom(start));
    }

    private Expr word() {
        if (tokens.isReserved()) {
            return reserved();
        }
        Token next = tokens.peek();
        if (next == Token.LEFT_PAREN) {
            return parser.functions.call();
        }
        if (next == Token.STRING
                || next == Token.HEX_STRING
                || next == Token.BIT_STRING
                || next == Token.HEX_NUMBER
                || next == Token.BIT_NUMBER
                || next == Token.BIND
                || next == Token.PARAMETER) {
            Expr prefixed = prefixedLiteral(next);
            if (prefixed != null) {
                return prefixed;
            }
        }
        return column();
    }

    /** {@code _utf8mb4'x'}, {@code DATE'2024-01-01'}. */
    private @Nullable Expr prefixedLiteral(Token next) {
        String word = tokens.word();
        if (word.startsWith("_") && Charsets.isKnown(word.substring(1))) {
            tokens.advance();
            return new Expr.Introduced(word.substring(1), plain());
        }
        if (next != Token.STRING) {
            return null;
        }
        Literal.Kind kind =
                switch (word) {
                    case "date" -> Literal.Kind.DATE;
                    case "time" -> Literal.Kind.TIME;
                    case "timestamp" -> Literal.Kind.TIMESTAMP;
                    default -> Literal.Kind.NULL;
                };
        if (kind == Literal.Kind.NULL) {
            return null;
        }
        int start = tokens.start();
        tokens.advance();
        String value = tokens.string();
        return new Literal(kind, value, tokens.spanFrom(start));
    }

    private Expr reserved() {
        switch (tokens.word()) {
            case "null":
                return constant(Literal.Kind.NULL, "null");
            case "true":
                return constant(Literal.Kind.TRUE, "true");
            case "false":
                return constant(Literal.Kind.FALSE, "false");
            case "binary":
                tokens.advance();
                return new Cast(parser.exprs.simple(), "binary", true);
            case "case":
                return caseOf();
            case "exists":
                tokens.advance();
                return new Expr.Exists(subquery().query());
            case "row":
                tokens.advance();
                return row();
            case "interval":
                return interval();
            case "default":
                return defaultValue();
            case "match":
                return parser.functions.match();
            default:
                return parser.functions.reservedCall();
        }
    }

    /** A column with up to two qualifiers, or a qualified function. */
    Expr column() {
        if (tokens.at(Token.QUOTED_NAME) && tokens.peek() == Token.LEFT_PAREN) {
            return parser.functions.quotedCall();
        }
        String first = tokens.name();
        if (!tokens.at(Token.DOT)) {
            return arrow(new Expr.Column(null, null, first));
        }
        tokens.advance();
        String second = tokens.nameAfterDot();
        if (tokens.at(Token.LEFT_PAREN)) {
            return parser.functions.qualified(first, second);
        }
        if (!tokens.accept(Token.DOT)) {
            return arrow(new Expr.Column(null, first, second));
        }
        return arrow(new Expr.Column(first, second, tokens.nameAfterDot()));
    }

    private Expr arrow(Expr.Column column) {
        boolean unquote = tokens.at(Token.DOUBLE_ARROW);
        if (!unquote && !tokens.at(Token.ARROW)) {
            return column;
        }
        tokens.advance();
        if (tokens.at(Token.BIND) || tokens.at(Token.PARAMETER)) {
            return new Expr.Binary(unquote ? BinaryOp.JSON_UNQUOTE : BinaryOp.JSON_EXTRACT, column, plain());
        }
        if (!tokens.at(Token.STRING)) {
            throw tokens.unexpected();
        }
        return new Expr.Binary(
                unquote ? BinaryOp.JSON_UNQUOTE : BinaryOp.JSON_EXTRACT, column, string(Literal.Kind.STRING));
    }

    /**
     * After the left parenthesis: a subquery, a row or one expression.
     *
     * @param list whether it is the list of an IN: then even one expression is a {@link Expr.Tuple}
     */
    Expr parenthesised(boolean list) {
        tokens.expect(Token.LEFT_PAREN);
        tokens.enter();
        if (parser.queries.atQuery()) {
            Query query = parser.queries.query();
            tokens.expect(Token.RIGHT_PAREN);
            tokens.leave();
            return new Expr.Subquery(query);
        }
        boolean nested = tokens.at(Token.LEFT_PAREN);
        Expr first = parser.exprs.expr();
        if (nested && first instanceof Expr.Subquery subquery && parser.queries.atContinuation()) {
            Query query = parser.queries.continueFrom(subquery.query());
            tokens.expect(Token.RIGHT_PAREN);
            tokens.leave();
            return new Expr.Subquery(query);
        }
        List<Expr> elements = null;
        if (tokens.at(Token.COMMA) || list) {
            elements = new ArrayList<>();
            elements.add(first);
            while (tokens.accept(Token.COMMA)) {
                elements.add(parser.exprs.expr());
            }
        }
        tokens.expect(Token.RIGHT_PAREN);
        tokens.leave();
        if (list && nested && elements != null && elements.size() == 1 && first instanceof Expr.Subquery) {
            return first;
        }
        return elements == null ? first : new Expr.Tuple(elements);
    }

    Expr.Subquery subquery() {
        tokens.expect(Token.LEFT_PAREN);
        Query query = parser.queries.query();
        tokens.expect(Token.RIGHT_PAREN);
        return new Expr.Subquery(query);
    }

    private Expr row() {
        tokens.expect(Token.LEFT_PAREN);
        List<Expr> elements = parser.exprs.list();
        if (elements.size() < 2) {
            throw tokens.unexpected();
        }
        tokens.expect(Token.RIGHT_PAREN);
        return new Expr.Tuple(elements);
    }

    /** {@code INTERVAL 1 DAY}, or the function {@code INTERVAL(a, b, …)}. */
    private Expr interval() {
        boolean sum = rightOfSum;
        rightOfSum = false;
        tokens.advance();
        Expr value;
        if (tokens.at(Token.LEFT_PAREN)) {
            Expr first = parenthesised(false);
            if (first instanceof Expr.Tuple tuple) {
                return new io.vtsphere.sql.ast.Call(null, "interval", tuple.elements());
            }
            value = parser.exprs.climbFrom(first, ExprParser.OR);
        } else {
            value = parser.exprs.expr();
        }
        Expr interval = new Expr.Interval(value, parser.functions.unit());
        if (sum || !tokens.accept(Token.PLUS)) {
            return interval;
        }
        // INTERVAL 1 DAY + x: here MySQL's grammar takes a whole condition; the same with the operands the usual way
        // round
        Expr date = parser.exprs.climb(ExprParser.NOT);
        if (date instanceof Expr.Interval) {
            throw tokens.unexpected();
        }
        return new Expr.Binary(BinaryOp.ADD, date, interval);
    }

    private Expr defaultValue() {
        tokens.advance();
        if (!tokens.accept(Token.LEFT_PAREN)) {
            return new Expr.Default(null);
        }
        Expr.Column column = plainColumn();
        tokens.expect(Token.RIGHT_PAREN);
        return new Expr.Default(column);
    }

    /** A column where nothing else can stand. */
    Expr.Column plainColumn() {
        String first = tokens.name();
        if (!tokens.accept(Token.DOT)) {
            return new Expr.Column(null, null, first);
        }
        String second = tokens.nameAfterDot();
        return tokens.accept(Token.DOT)
                ? new Expr.Column(first, second, tokens.nameAfterDot())
                : new Expr.Column(null, first, second);
    }

    private Expr caseOf() {
        tokens.advance();
        Expr operand = tokens.at("when") ? null : parser.exprs.expr();
        List<Expr.When> whens = new ArrayList<>(4);
        while (tokens.accept("when")) {
            Expr condition = parser.exprs.expr();
            tokens.expect("then");
            whens.add(new Expr.When(condition, parser.exprs.expr()));
        }
        if (whens.isEmpty()) {
            throw tokens.unexpected();
        }
        Expr otherwise = tokens.accept("else") ? parser.exprs.expr() : null;
        tokens.expect("end");
        return new Expr.Case(operand, whens, otherwise);
    }

    /** ODBC's {@code {d '2024-01-01'}}; with any other word MySQL takes the expression alone. */
    private Expr odbc() {
        int start = tokens.start();
        tokens.advance();
        String kind = Ascii.lower(tokens.name());
        Expr value = parser.exprs.expr();
        tokens.expect(Token.RIGHT_BRACE);
        if (value instanceof Literal literal && literal.kind() == Literal.Kind.STRING) {
            Span span = tokens.spanFrom(start);
            switch (kind) {
                case "d":
                    return new Literal(Literal.Kind.DATE, literal.text(), span);
                case "t":
                    return new Literal(Literal.Kind.TIME, literal.text(), span);
                case "ts":
                    return new Literal(Literal.Kind.TIMESTAMP, literal.text(), span);
                default:
                    return value;
            }
        }
        return value;
    }
}
