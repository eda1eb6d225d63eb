package io.vtsphere.sql;

import io.vtsphere.sql.ast.Aggregate;
import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.Cast;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.GroupConcat;
import io.vtsphere.sql.ast.Limit;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Match;
import io.vtsphere.sql.ast.OrderItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Function calls: ordinary ones, aggregates, and those whose arguments have words between them. */
final class FunctionParser {
    private static final Set<String> AGGREGATES = Set.of(
            "count",
            "sum",
            "min",
            "max",
            "avg",
            "std",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "variance",
            "var_pop",
            "var_samp",
            "bit_and",
            "bit_or",
            "bit_xor",
            "json_arrayagg",
            "json_objectagg",
            "any_value");

    private static final Set<String> DISTINCT_AGGREGATES = Set.of("count", "sum", "min", "max", "avg");

    private static final Set<String> RESERVED_FUNCTIONS = Set.of(
            "if",
            "left",
            "right",
            "replace",
            "repeat",
            "insert",
            "mod",
            "database",
            "schema",
            "grouping",
            "rank",
            "dense_rank",
            "row_number",
            "percent_rank",
            "cume_dist",
            "lag",
            "lead",
            "first_value",
            "last_value",
            "nth_value",
            "ntile",
            "convert",
            "char",
            "values");

    /** Functions that MySQL also takes without parentheses. */
    private static final Set<String> BARE_FUNCTIONS = Set.of(
            "current_date",
            "current_time",
            "current_timestamp",
            "current_user",
            "localtime",
            "localtimestamp",
            "utc_date",
            "utc_time",
            "utc_timestamp");

    private static final Set<String> UNITS = Set.of(
            "microsecond",
            "second",
            "minute",
            "hour",
            "day",
            "week",
            "month",
            "quarter",
            "year",
            "second_microsecond",
            "minute_microsecond",
            "minute_second",
            "hour_microsecond",
            "hour_second",
            "hour_minute",
            "day_microsecond",
            "day_second",
            "day_minute",
            "day_hour",
            "year_month");

    private final Parser parser;
    private final Tokens tokens;
    private final PhraseParser phrases;
    private final WindowParser windows;

    FunctionParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.phrases = new PhraseParser(parser);
        this.windows = new WindowParser(parser);
    }

    PhraseParser phrases() {
        return phrases;
    }

    WindowParser windows() {
        return windows;
    }

    /** A call whose name is a word that is not reserved; the current token is the name, the next one the parenthesis. */
    Expr call() {
        String name = tokens.word();
        tokens.advance();
        tokens.expect(Token.LEFT_PAREN);
        if (AGGREGATES.contains(name)) {
            return windows.over(aggregate(name), name);
        }
        switch (name) {
            case "group_concat":
                return windows.over(groupConcat(), name);
            case "cast":
                return cast();
            case "extract":
                return phrases.extract();
            case "trim":
                return phrases.trim();
            case "substring", "substr":
                return phrases.substring("substr");
            case "mid":
                return phrases.substring(name);
            case "position":
                return phrases.position();
            case "timestampadd", "timestampdiff":
                return phrases.timestamp(name);
            case "weight_string":
                return phrases.weightString();
            case "get_format":
                return phrases.getFormat();
            case "json_value":
                return phrases.jsonValue();
            default:
                return windows.over(new Call(null, name, arguments()), name);
        }
    }

    /** A call whose name is reserved. */
    Expr reservedCall() {
        String name = tokens.word();
        boolean bare = BARE_FUNCTIONS.contains(name);
        if (!bare && !(RESERVED_FUNCTIONS.contains(name) && tokens.peek() == Token.LEFT_PAREN)) {
            throw tokens.unexpected();
        }
        tokens.advance();
        if (!tokens.accept(Token.LEFT_PAREN)) {
            return new Call(null, name, List.of());
        }
        switch (name) {
            case "convert":
                return convert();
            case "char":
                return phrases.character();
            case "values":
                Expr.Column column = parser.operands.plainColumn();
                tokens.expect(Token.RIGHT_PAREN);
                return new Expr.InsertValue(column);
            default:
                return windows.over(new Call(null, name, arguments()), name);
        }
    }

    /** A call of a quoted name: never one of MySQL's own functions with a grammar of their own. */
    Expr quotedCall() {
        String raw = tokens.raw();
        String name = tokens.name();
        tokens.expect(Token.LEFT_PAREN);
        return new Call(null, Identifiers.isPlain(name) ? Ascii.lower(name) : raw, arguments());
    }

    /** A stored function; the current token is the parenthesis. */
    Expr qualified(String schema, String name) {
        tokens.expect(Token.LEFT_PAREN);
        return new Call(schema, name, arguments());
    }

    /** After the left parenthesis, up to and with the right one. */
    private List<Expr> arguments() {
        if (tokens.accept(Token.RIGHT_PAREN)) {
            return List.of();
        }
        List<Expr> arguments = parser.exprs.list();
        tokens.expect(Token.RIGHT_PAREN);
        return arguments;
    }

    private Expr aggregate(String name) {
        if (name.equals("count") && tokens.accept(Token.STAR)) {
            tokens.expect(Token.RIGHT_PAREN);
            return Aggregate.countStar();
        }
        boolean distinct = DISTINCT_AGGREGATES.contains(name) && tokens.acceptDistinct();
        if (!distinct) {
            tokens.accept("all");
        }
        List<Expr> arguments = new ArrayList<>(1);
        arguments.add(parser.exprs.expr());
        if (name.equals("count") && distinct) {
            while (tokens.accept(Token.COMMA)) {
                arguments.add(parser.exprs.expr());
            }
        } else if (name.equals("json_objectagg")) {
            tokens.expect(Token.COMMA);
            arguments.add(parser.exprs.expr());
        }
        tokens.expect(Token.RIGHT_PAREN);
        return new Aggregate(name, distinct, false, arguments);
    }

    private Expr groupConcat() {
        boolean distinct = tokens.acceptDistinct();
        List<Expr> arguments = parser.exprs.list();
        List<OrderItem> orderBy = parser.queries.orderBy();
        Literal separator = null;
        if (tokens.accept("separator")) {
            int start = tokens.start();
            String value = tokens.string();
            separator = new Literal(Literal.Kind.STRING, value, tokens.spanFrom(start));
        }
        Limit limit = parser.queries.limit();
        tokens.expect(Token.RIGHT_PAREN);
        return new GroupConcat(distinct, arguments, orderBy, separator, limit);
    }

    private Expr cast() {
        Expr operand = parser.exprs.expr();
        tokens.expect("as");
        String type = phrases.castType();
        if (tokens.accept("array")) {
            type += " array";
        }
        tokens.expect(Token.RIGHT_PAREN);
        return new Cast(operand, type, false);
    }

    private Expr convert() {
        Expr operand = parser.exprs.expr();
        if (tokens.accept("using")) {
            String charset = phrases.charsetName();
            tokens.expect(Token.RIGHT_PAREN);
            return new Expr.ConvertUsing(operand, charset);
        }
        tokens.expect(Token.COMMA);
        String type = phrases.castType();
        tokens.expect(Token.RIGHT_PAREN);
        return new Cast(operand, type, true);
    }

    Expr match() {
        tokens.advance();
        boolean parens = tokens.accept(Token.LEFT_PAREN);
        List<Expr> columns = new ArrayList<>(2);
        do {
            columns.add(parser.operands.plainColumn());
        } while (tokens.accept(Token.COMMA));
        if (parens) {
            tokens.expect(Token.RIGHT_PAREN);
        }
        tokens.expect("against");
        tokens.expect(Token.LEFT_PAREN);
        Expr pattern = parser.exprs.climb(ExprParser.BIT_OR);
        String mode = "";
        if (tokens.accept("in")) {
            if (tokens.accept("boolean")) {
                mode = "in boolean mode";
            } else {
                tokens.expect("natural");
                tokens.expect("language");
                mode = "in natural language mode";
            }
            tokens.expect("mode");
        }
        if (!mode.equals("in boolean mode") && tokens.accept("with")) {
            tokens.expect("query");
            tokens.expect("expansion");
            mode = mode.isEmpty() ? "with query expansion" : mode + " with query expansion";
        }
        tokens.expect(Token.RIGHT_PAREN);
        return new Match(columns, pattern, mode);
    }

    /** The unit of an interval in lower case; {@code SQL_TSI_DAY} is {@code day}. */
    String unit() {
        String word = tokens.word();
        String unit = word.startsWith("sql_tsi_") ? word.substring(8) : word;
        if (!UNITS.contains(unit)) {
            throw tokens.unexpected();
        }
        tokens.advance();
        return unit;
    }
}
