package io.vtsphere.sql;

import io.vtsphere.sql.ast.IndexHint;
import io.vtsphere.sql.ast.JoinKind;
import io.vtsphere.sql.ast.Query;
import io.vtsphere.sql.ast.TableExpr;
import io.vtsphere.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table references: tables with their partitions and hints, derived tables, joins, parentheses, JSON_TABLE. */
final class TableParser {
    private final Parser parser;
    private final Tokens tokens;

    TableParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    List<TableExpr> list() {
        List<TableExpr> tables = new ArrayList<>(2);
        do {
            tables.add(reference());
        } while (tokens.accept(Token.COMMA));
        return tables;
    }

    TableName tableName() {
        String first = tokens.name();
        return tokens.accept(Token.DOT) ? new TableName(first, tokens.nameAfterDot()) : new TableName(null, first);
    }

    /** {@code (a, b)}. */
    List<String> nameList() {
        tokens.expect(Token.LEFT_PAREN);
        List<String> names = names();
        tokens.expect(Token.RIGHT_PAREN);
        return names;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        do {
            names.add(tokens.name());
        } while (tokens.accept(Token.COMMA));
        return names;
    }

    /** A factor and the joins after it. */
    TableExpr reference() {
        tokens.enter();
        TableExpr left = joins(factor());
        tokens.leave();
        return left;
    }

    private TableExpr joins(TableExpr first) {
        TableExpr left = first;
        int chain = 0;
        while (true) {
            JoinKind kind = joinKind();
            if (kind == null) {
                return left;
            }
            left = join(kind, left);
            tokens.built(++chain);
        }
    }

    /**
     * One join after its operator. As in MySQL's grammar a join that follows without a condition before it belongs to the right side
     * ({@code a JOIN b JOIN c ON x ON y}); if the conditions run out, the join without one goes to the left end of what was read, so
     * that {@code a JOIN b JOIN c ON x} is {@code (a JOIN b) JOIN c ON x}.
     */
    private TableExpr join(JoinKind kind, TableExpr left) {
        tokens.enter();
        TableExpr first = factor();
        TableExpr result;
        if (kind == JoinKind.NATURAL || kind == JoinKind.NATURAL_LEFT || kind == JoinKind.NATURAL_RIGHT) {
            result = new TableExpr.Join(kind, left, first, null, List.of());
        } else {
            TableExpr right = first;
            while (!atCondition()) {
                JoinKind inner = joinKind();
                if (inner == null) {
                    break;
                }
                right = join(inner, right);
            }
            if (atCondition()) {
                result = conditioned(kind, left, right);
            } else if (kind == JoinKind.LEFT || kind == JoinKind.RIGHT) {
                throw tokens.unexpected();
            } else {
                result = insert(new TableExpr.Join(kind, left, first, null, List.of()), first, right);
            }
        }
        tokens.leave();
        return result;
    }

    private boolean atCondition() {
        return tokens.at("using") || tokens.at("on") && !tokens.aheadIs("duplicate", "key");
    }

    /** Puts a join in the place of its own right side at the left end of a larger one. */
    private static TableExpr insert(TableExpr join, TableExpr place, TableExpr whole) {
        if (whole == place) {
            return join;
        }
        TableExpr.Join outer = (TableExpr.Join) whole;
        return new TableExpr.Join(
                outer.kind(), insert(join, place, outer.left()), outer.right(), outer.on(), outer.using());
    }

    private TableExpr conditioned(JoinKind kind, TableExpr left, TableExpr right) {
        if (tokens.accept("on")) {
            return new TableExpr.Join(kind, left, right, parser.exprs.expr(), List.of());
        }
        if (kind == JoinKind.STRAIGHT) {
            throw tokens.unexpected();
        }
        tokens.expect("using");
        return new TableExpr.Join(kind, left, right, null, nameList());
    }

    private @Nullable JoinKind joinKind() {
        if (!tokens.isReserved()) {
            return null;
        }
        switch (tokens.word()) {
            case "join":
                tokens.advance();
                return JoinKind.INNER;
            case "inner":
                tokens.advance();
                tokens.expect("join");
                return JoinKind.INNER;
            case "cross":
                tokens.advance();
                tokens.expect("join");
                return JoinKind.INNER; // in MySQL the two are one
            case "straight_join":
                tokens.advance();
                return JoinKind.STRAIGHT;
            case "left":
                return outer(JoinKind.LEFT);
            case "right":
                return outer(JoinKind.RIGHT);
            case "natural":
                tokens.advance();
                if (tokens.at("left")) {
                    return outer(JoinKind.NATURAL_LEFT);
                }
                if (tokens.at("right")) {
                    return outer(JoinKind.NATURAL_RIGHT);
                }
                tokens.accept("inner");
                tokens.expect("join");
                return JoinKind.NATURAL;
            default:
                return null;
        }
    }

    private JoinKind outer(JoinKind kind) {
        tokens.advance();
        tokens.accept("outer");
        tokens.expect("join");
        return kind;
    }

    private TableExpr factor() {
        int outer = tokens.open();
        TableExpr factor;
        if (tokens.at(Token.LEFT_PAREN)) {
            factor = parenthesised();
        } else if (tokens.at("lateral")) {
            tokens.advance();
            factor = derived(true, parser.queries.parenthesised());
        } else if (tokens.at("json_table")) {
            factor = new JsonTableParser(parser).table();
        } else if (tokens.at(Token.LEFT_BRACE)) {
            factor = odbc();
        } else {
            factor = table();
        }
        tokens.close(outer);
        return factor;
    }

    /** {@code { OJ a LEFT JOIN b ON … }}. */
    private TableExpr odbc() {
        tokens.advance();
        tokens.name();
        TableExpr inside = reference();
        tokens.expect(Token.RIGHT_BRACE);
        return inside;
    }

    private TableExpr parenthesised() {
        tokens.advance();
        tokens.enter();
        TableExpr result;
        if (parser.queries.atQuery()) {
            Query query = parser.queries.query();
            tokens.expect(Token.RIGHT_PAREN);
            result = derived(false, query);
        } else if (tokens.at(Token.LEFT_PAREN)) {
            result = nestedParentheses();
        } else {
            result = rest(reference());
        }
        tokens.leave();
        return result;
    }

    /** {@code ((SELECT …) UNION (SELECT …)) AS t} or {@code ((a JOIN b) JOIN c)}: the part in parentheses decides. */
    private TableExpr nestedParentheses() {
        Object inner = queryOrTable();
        if (inner instanceof Query first) {
            Query query = parser.queries.atContinuation() ? parser.queries.continueFrom(first) : first;
            tokens.expect(Token.RIGHT_PAREN);
            return derived(false, query);
        }
        return rest(joins((TableExpr) inner));
    }

    /** What is in the parentheses that start here: a {@link Query} without an alias after it, or a {@link TableExpr}. */
    private Object queryOrTable() {
        tokens.advance();
        tokens.enter();
        Object result;
        if (parser.queries.atQuery()) {
            Query query = parser.queries.query();
            tokens.expect(Token.RIGHT_PAREN);
            result = atAlias() ? derived(false, query) : query;
        } else if (tokens.at(Token.LEFT_PAREN)) {
            Object inner = queryOrTable();
            if (inner instanceof Query first) {
                Query query = parser.queries.atContinuation() ? parser.queries.continueFrom(first) : first;
                tokens.expect(Token.RIGHT_PAREN);
                result = atAlias() ? derived(false, query) : query;
            } else {
                result = rest(joins((TableExpr) inner));
            }
        } else {
            result = rest(reference());
        }
        tokens.leave();
        return result;
    }

    private boolean atAlias() {
        return tokens.at("as") || tokens.atName();
    }

    /** After the first reference in parentheses: more of them, and the right parenthesis. */
    private TableExpr rest(TableExpr first) {
        if (tokens.accept(Token.RIGHT_PAREN)) {
            return first;
        }
        List<TableExpr> all = new ArrayList<>();
        all.add(first);
        while (tokens.accept(Token.COMMA)) {
            all.add(reference());
        }
        tokens.expect(Token.RIGHT_PAREN);
        return new TableExpr.Group(all);
    }

    private TableExpr derived(boolean lateral, Query query) {
        tokens.accept("as");
        String alias = tokens.name();
        List<String> columns = tokens.at(Token.LEFT_PAREN) ? nameList() : List.of();
        return new TableExpr.Derived(lateral, query, alias, columns);
    }

    private TableExpr table() {
        TableName name = tableName();
        List<String> partitions = partitions();
        String alias = alias();
        return new TableExpr.Table(name, partitions, alias, hints());
    }

    List<String> partitions() {
        return tokens.accept("partition") ? nameList() : List.of();
    }

    @Nullable
    String alias() {
        if (tokens.accept("as")) {
            return tokens.nameOrString(); // MySQL has no strings here, vtgate has
        }
        return tokens.atName() || tokens.at(Token.STRING) ? tokens.nameOrString() : null;
    }

    private List<IndexHint> hints() {
        List<IndexHint> hints = null;
        while (tokens.atAny("use", "ignore") || tokens.at("force")) {
            hints = hints == null ? new ArrayList<>(2) : hints;
            hints.add(hint());
        }
        return hints == null ? List.of() : hints;
    }

    private IndexHint hint() {
        String action = tokens.word();
        tokens.advance();
        boolean vindex = tokens.accept("vindex");
        if (!vindex && !tokens.accept("index")) {
            tokens.expect("key");
        }
        String scope = "";
        if (tokens.accept("for")) {
            scope = tokens.word();
            switch (scope) {
                case "join" -> tokens.advance();
                case "order", "group" -> {
                    tokens.advance();
                    tokens.expect("by");
                    scope += " by";
                }
                default -> throw tokens.unexpected();
            }
        }
        tokens.expect(Token.LEFT_PAREN);
        List<String> names = new ArrayList<>();
        if (!tokens.at(Token.RIGHT_PAREN)) {
            do {
                names.add(tokens.at("primary") ? tokens.nameAfterDot() : tokens.name());
            } while (tokens.accept(Token.COMMA));
        }
        tokens.expect(Token.RIGHT_PAREN);
        return new IndexHint(action, vindex, scope, names);
    }
}
