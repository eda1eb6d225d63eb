package io.vtsphere.sql;

import io.vtsphere.sql.ast.Cte;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.OrderItem;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.SetOperation;
import io.vtsphere.sql.ast.SetOperator;
import io.vtsphere.sql.ast.Span;
import io.vtsphere.sql.ast.TableQuery;
import io.vtsphere.sql.ast.ValuesQuery;
import io.vtsphere.sql.ast.With;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Query expressions: WITH, set operations, parentheses, VALUES, TABLE, and the clauses at their end. */
final class QueryParser {
    private static final int UNION = 1;
    private static final int INTERSECT = 2;

    private final Parser parser;
    private final Tokens tokens;
    private final SelectParser selects;

    QueryParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.selects = new SelectParser(parser);
    }

    /** Whether a query starts here, other than with a parenthesis. */
    boolean atQuery() {
        return switch (tokens.word()) {
            case "select", "with" -> true;
            case "values" -> tokens.peekWord().equals("row");
            case "table" -> tokens.isReserved() && tokens.peek() != Token.LEFT_PAREN;
            default -> false;
        };
    }

    /** Whether a query in parentheses goes on here. */
    boolean atContinuation() {
        return switch (tokens.word()) {
            case "union", "intersect", "except", "order", "limit", "for", "lock", "into" -> true;
            default -> false;
        };
    }

    Query query() {
        tokens.enter();
        Query query = queryAfter(with());
        tokens.leave();
        return query;
    }

    Query queryAfter(@Nullable With with) {
        return tail(operations(operand(), 0), with);
    }

    /** The rest of a query whose first part was in parentheses. */
    Query continueFrom(Query first) {
        tokens.enter();
        Query query = tail(operations(first, 0), null);
        tokens.leave();
        return query;
    }

    @Nullable
    With with() {
        if (!tokens.accept("with")) {
            return null;
        }
        boolean recursive = tokens.accept("recursive");
        List<Cte> tables = new ArrayList<>(2);
        do {
            String name = tokens.name();
            List<String> columns = tokens.at(Token.LEFT_PAREN) ? parser.tables.nameList() : List.of();
            tokens.expect("as");
            tables.add(new Cte(name, columns, parenthesised()));
        } while (tokens.accept(Token.COMMA));
        return new With(recursive, tables);
    }

    Query parenthesised() {
        tokens.expect(Token.LEFT_PAREN);
        Query query = query();
        tokens.expect(Token.RIGHT_PAREN);
        return query;
    }

    /** A query without operators and clauses after it; what is in parentheses has its own. */
    private Query operand() {
        int outer = tokens.open();
        Query query;
        if (tokens.at(Token.LEFT_PAREN)) {
            query = parenthesised();
        } else if (tokens.at("select")) {
            query = selects.select();
        } else if (tokens.at("values")) {
            query = values();
        } else if (tokens.accept("table")) {
            query = new TableQuery(null, parser.tables.tableName(), List.of(), null, "", "");
        } else {
            throw tokens.unexpected();
        }
        tokens.close(outer);
        return query;
    }

    /** Set operators from left to right; INTERSECT binds more tightly. */
    private Query operations(Query first, int level) {
        Query left = first;
        int chain = 0;
        while (true) {
            int operator = operator();
            if (operator <= level) {
                return left;
            }
            SetOperator kind = tokens.at("union")
                    ? SetOperator.UNION
                    : tokens.at("except") ? SetOperator.EXCEPT : SetOperator.INTERSECT;
            tokens.advance();
            boolean all = tokens.accept("all");
            if (!all) {
                tokens.acceptDistinct();
            }
            Query right = operations(operand(), operator);
            left = new SetOperation(null, kind, all, left, right, List.of(), null, "", "");
            tokens.built(++chain);
        }
    }

    private int operator() {
        return switch (tokens.word()) {
            case "union", "except" -> UNION;
            case "intersect" -> INTERSECT;
            default -> 0;
        };
    }

    /** ORDER BY, LIMIT, locks and INTO, which belong to the whole. */
    private Query tail(Query body, @Nullable With with) {
        List<OrderItem> orderBy = orderBy();
        Limit limit = limit();
        String into = selects.into();
        String lock = selects.lock();
        if (into.isEmpty()) {
            into = selects.into();
        }
        boolean clauses = !orderBy.isEmpty() || limit != null || !lock.isEmpty() || !into.isEmpty();
        if (!clauses && with == null) {
            return body;
        }
        boolean closed = with != null && body.with() != null
                || body.limit() != null && !orderBy.isEmpty()
                || !body.lock().isEmpty() && !lock.isEmpty()
                || !body.into().isEmpty() && !into.isEmpty();
        if (closed) {
            throw tokens.invalid("syntax error: clauses after a query in parentheses that has its own");
        }
        // what is sorted again was sorted for nothing, unless a limit chose by that order
        return rebuild(
                body,
                with == null ? body.with() : with,
                orderBy.isEmpty() ? body.orderBy() : orderBy,
                both(body.limit(), limit),
                lock.isEmpty() ? body.lock() : lock,
                into.isEmpty() ? body.into() : into);
    }

    /** {@code (SELECT … LIMIT 5) LIMIT 2} as one limit. Servers before 8.0.22 do not know the form with two. */
    private @Nullable Limit both(@Nullable Limit inner, @Nullable Limit outer) {
        if (inner == null || outer == null) {
            return inner == null ? outer : inner;
        }
        BigInteger skipped = number(inner.offset());
        BigInteger skippedLater = number(outer.offset());
        BigInteger left = number(inner.count()).subtract(skippedLater).max(BigInteger.ZERO);
        BigInteger offset = skipped.add(skippedLater);
        if (offset.bitLength() > Long.SIZE) {
            left = BigInteger.ZERO; // no table has that many rows
            offset = BigInteger.ZERO;
        }
        BigInteger count = left.min(number(outer.count()));
        return new Limit(offset.signum() == 0 ? null : integer(offset), integer(count));
    }

    private BigInteger number(@Nullable Expr limit) {
        if (limit == null) {
            return BigInteger.ZERO;
        }
        if (limit instanceof Literal literal && literal.kind() == Literal.Kind.INTEGER) {
            return new BigInteger(literal.text());
        }
        throw tokens.invalid("syntax error: limit after a query in parentheses that has a limit that is no number");
    }

    private static Literal integer(BigInteger number) {
        return new Literal(Literal.Kind.INTEGER, number.toString(), Span.NONE);
    }

    private static Query rebuild(
            Query body, @Nullable With with, List<OrderItem> orderBy, @Nullable Limit limit, String lock, String into) {
        if (body instanceof io.vtsphere.sql.ast.Select s) {
            return new io.vtsphere.sql.ast.Select(
                    with,
                    s.comments(),
                    s.options(),
                    s.items(),
                    s.from(),
                    s.where(),
                    s.groupBy(),
                    s.rollup(),
                    s.having(),
                    s.windows(),
                    orderBy,
                    limit,
                    lock,
                    into);
        }
        if (body instanceof SetOperation s) {
            return new SetOperation(with, s.operator(), s.all(), s.left(), s.right(), orderBy, limit, lock, into);
        }
        if (body instanceof ValuesQuery v) {
            return new ValuesQuery(with, v.rows(), orderBy, limit, lock, into);
        }
        return new TableQuery(with, ((TableQuery) body).table(), orderBy, limit, lock, into);
    }

    private Query values() {
        tokens.advance();
        List<Expr.Tuple> rows = new ArrayList<>();
        do {
            tokens.expect("row");
            tokens.expect(Token.LEFT_PAREN);
            rows.add(new Expr.Tuple(parser.exprs.list()));
            tokens.expect(Token.RIGHT_PAREN);
        } while (tokens.accept(Token.COMMA));
        return new ValuesQuery(null, rows, List.of(), null, "", "");
    }

    List<OrderItem> orderBy() {
        if (!tokens.accept("order")) {
            return List.of();
        }
        tokens.expect("by");
        List<OrderItem> items = new ArrayList<>(2);
        do {
            Expr expr = parser.exprs.expr();
            boolean descending = tokens.accept("desc");
            if (!descending) {
                tokens.accept("asc");
            }
            items.add(new OrderItem(expr, descending));
        } while (tokens.accept(Token.COMMA));
        return items;
    }

    @Nullable
    Limit limit() {
        if (!tokens.accept("limit")) {
            return null;
        }
        Expr first = limitOption();
        if (tokens.accept(Token.COMMA)) {
            return new Limit(first, limitOption());
        }
        return tokens.accept("offset") ? new Limit(limitOption(), first) : new Limit(null, first);
    }

    /** Vitess takes any expression here, MySQL numbers and parameters; the planner judges what else came. */
    private Expr limitOption() {
        return parser.exprs.expr();
    }
}
