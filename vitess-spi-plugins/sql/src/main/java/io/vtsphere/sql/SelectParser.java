package io.vtsphere.sql;

import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import io.vtsphere.sql.ast.SelectOptions;
import io.vtsphere.sql.ast.Span;
import io.vtsphere.sql.ast.TableExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One SELECT up to its windows; ORDER BY and what follows are {@link QueryParser}'s. */
final class SelectParser {
    private final Parser parser;
    private final Tokens tokens;

    SelectParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    Select select() {
        Comments comments = tokens.advanceOverComments();
        SelectOptions options = options();
        List<SelectItem> items = items();
        if (items.get(0) instanceof SelectItem.NextValues) {
            return ofSequence(comments, options, items);
        }
        String into = into();
        List<TableExpr> from = tokens.accept("from") ? from() : List.of();
        Expr where = tokens.accept("where") ? parser.exprs.expr() : null;
        List<Expr> groupBy = List.of();
        boolean rollup = false;
        if (tokens.accept("group")) {
            tokens.expect("by");
            groupBy = groupBy();
            rollup = tokens.accept("with", "rollup");
        }
        Expr having = tokens.accept("having") ? parser.exprs.expr() : null;
        return new Select(
                null,
                comments,
                options,
                items,
                from,
                where,
                groupBy,
                rollup,
                having,
                parser.functions.windows().windows(),
                List.of(),
                null,
                "",
                into);
    }

    /** {@code SELECT NEXT 5 VALUES FROM seq}: one sequence and nothing else. */
    private Select ofSequence(Comments comments, SelectOptions options, List<SelectItem> items) {
        if (!tokens.accept("for")) {
            tokens.expect("from");
        }
        TableExpr sequence = new TableExpr.Table(parser.tables.tableName(), List.of(), null, List.of());
        if (!tokens.at(Token.END) && !tokens.at(Token.SEMICOLON) && !tokens.at(Token.RIGHT_PAREN)) {
            throw tokens.unexpected();
        }
        return new Select(
                null,
                comments,
                options,
                items,
                List.of(sequence),
                null,
                List.of(),
                false,
                null,
                List.of(),
                List.of(),
                null,
                "",
                "");
    }

    /** GROUP BY still takes ASC, which means nothing. */
    private List<Expr> groupBy() {
        List<Expr> list = new ArrayList<>(2);
        do {
            list.add(parser.exprs.expr());
        } while (tokens.accept(Token.COMMA));
        return list;
    }

    private SelectOptions options() {
        boolean distinct = false;
        List<String> modifiers = null;
        while (true) {
            switch (tokens.word()) {
                case "distinct", "distinctrow" -> distinct = true;
                case "all" -> {}
                // the last three are no reserved words, but here MySQL always takes them as options
                case "high_priority",
                        "straight_join",
                        "sql_small_result",
                        "sql_big_result",
                        "sql_calc_found_rows",
                        "sql_buffer_result",
                        "sql_no_cache" -> {
                    modifiers = modifiers == null ? new ArrayList<>(2) : modifiers;
                    // their order means nothing; vtgate writes the cache's first
                    modifiers.add(tokens.at("sql_no_cache") ? 0 : modifiers.size(), tokens.word());
                }
                case "sql_cache" -> {} // gone from MySQL 8.0; it asks for nothing
                default -> {
                    return options(distinct, modifiers);
                }
            }
            tokens.advance();
        }
    }

    private static SelectOptions options(boolean distinct, @Nullable List<String> modifiers) {
        if (modifiers != null && !modifiers.isEmpty()) {
            return new SelectOptions(distinct, modifiers);
        }
        return distinct ? SelectOptions.DISTINCT : SelectOptions.NONE;
    }

    private List<SelectItem> items() {
        List<SelectItem> items = new ArrayList<>(8);
        SelectItem next = tokens.at("next") ? nextValues() : null;
        if (next != null) {
            return List.of(next);
        }
        do {
            items.add(item());
        } while (tokens.accept(Token.COMMA));
        return items;
    }

    private SelectItem item() {
        if (tokens.accept(Token.STAR)) {
            return SelectItem.Star.ALL;
        }
        int start = tokens.start();
        int names = tokens.atName() && tokens.peek() == Token.DOT ? tokens.namesBeforeStar() : 0;
        if (names > 0) {
            return qualifiedStar(names);
        }
        Expr expr = parser.exprs.expr();
        Span span = tokens.spanFrom(start);
        return new SelectItem.Item(expr, alias(), span);
    }

    private @Nullable SelectItem nextValues() {
        if (tokens.peekWord().equals("value")) {
            tokens.advance();
            tokens.advance();
            return new SelectItem.NextValues(Literal.integer(1));
        }
        Token next = tokens.peek();
        if (next != Token.INTEGER && next != Token.BIND && next != Token.PARAMETER) {
            return null;
        }
        tokens.advance();
        Expr count = parser.operands.prefixed();
        tokens.expect("values");
        return new SelectItem.NextValues(count);
    }

    private SelectItem qualifiedStar(int names) {
        String keyspace = null;
        String table = tokens.name();
        tokens.advance();
        if (names == 2) {
            keyspace = table;
            table = tokens.nameAfterDot();
            tokens.advance();
        }
        tokens.expect(Token.STAR);
        return new SelectItem.Star(keyspace, table);
    }

    private @Nullable String alias() {
        if (tokens.accept("as")) {
            return tokens.columnAlias();
        }
        return tokens.at(Token.STRING) || tokens.atName() ? tokens.columnAlias() : null;
    }

    private List<TableExpr> from() {
        if (tokens.at("dual")) {
            tokens.advance();
            return List.of();
        }
        return parser.tables.list();
    }

    /** {@code INTO @a, b}, {@code INTO OUTFILE …}, {@code INTO DUMPFILE …} in canonical text; empty if there is none. */
    String into() {
        if (!tokens.at("into")) {
            return "";
        }
        tokens.advance();
        if (tokens.at("outfile") || tokens.at("dumpfile")) {
            return "into " + new OutfileParser(parser).text();
        }
        StringBuilder text = new StringBuilder("into ");
        do {
            text.append(text.length() > 5 ? ", " : "");
            if (tokens.at(Token.USER_VARIABLE)) {
                text.append(tokens.raw());
                tokens.advance();
            } else {
                Identifiers.append(text, tokens.name());
            }
        } while (tokens.accept(Token.COMMA));
        return text.toString();
    }

    /** The locking clauses in canonical text. */
    String lock() {
        if (tokens.accept("lock")) {
            tokens.expect("in");
            tokens.expect("share");
            tokens.expect("mode");
            return "lock in share mode";
        }
        StringBuilder text = new StringBuilder();
        while (tokens.at("for")) {
            tokens.advance();
            String strength = tokens.word();
            if (!strength.equals("update") && !strength.equals("share")) {
                throw tokens.unexpected();
            }
            tokens.advance();
            text.append(text.length() == 0 ? "" : " ").append("for ").append(strength);
            if (tokens.accept("of")) {
                String separator = " of ";
                for (String name : parser.tables.names()) {
                    text.append(separator).append(Identifiers.quote(name));
                    separator = ", ";
                }
            }
            if (tokens.accept("nowait")) {
                text.append(" nowait");
            } else if (tokens.accept("skip", "locked")) {
                text.append(" skip locked");
            }
        }
        return text.toString();
    }
}
