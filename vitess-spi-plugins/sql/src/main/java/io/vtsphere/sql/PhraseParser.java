package io.vtsphere.sql;

import io.vtsphere.sql.ast.Call;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.PhraseCall;
import io.vtsphere.sql.ast.PhraseCall.Part;
import java.util.ArrayList;
import java.util.List;

/** The functions with words between their arguments; each method starts after the left parenthesis and takes the right one. */
final class PhraseParser {
    private final Parser parser;
    private final Tokens tokens;

    PhraseParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    private Expr expr() {
        return parser.exprs.expr();
    }

    private Expr close(String name, List<Part> parts) {
        tokens.expect(Token.RIGHT_PAREN);
        return new PhraseCall(name, parts);
    }

    Expr extract() {
        String unit = parser.functions.unit();
        tokens.expect("from");
        return close("extract", List.of(new Part(unit + " from ", expr())));
    }

    Expr trim() {
        String side = "";
        if (tokens.at("both") || tokens.at("leading") || tokens.at("trailing")) {
            side = tokens.word() + " ";
            tokens.advance();
            if (tokens.accept("from")) {
                return close("trim", List.of(new Part(side + "from ", expr())));
            }
        }
        Expr first = expr();
        if (tokens.accept("from")) {
            return close("trim", List.of(new Part(side, first), new Part(" from ", expr())));
        }
        if (!side.isEmpty()) {
            throw tokens.unexpected();
        }
        tokens.expect(Token.RIGHT_PAREN);
        return Call.of("trim", first);
    }

    /** The form with FROM and FOR is the same as the one with commas. */
    Expr substring(String name) {
        Expr text = expr();
        boolean words = tokens.accept("from");
        if (!words) {
            tokens.expect(Token.COMMA);
        }
        Expr from = expr();
        Expr result = words
                ? tokens.accept("for") ? Call.of(name, text, from, expr()) : Call.of(name, text, from)
                : tokens.accept(Token.COMMA) ? Call.of(name, text, from, expr()) : Call.of(name, text, from);
        tokens.expect(Token.RIGHT_PAREN);
        return result;
    }

    Expr position() {
        Expr part = parser.exprs.climb(ExprParser.BIT_OR);
        if (tokens.accept(Token.COMMA)) {
            throw tokens.unexpected();
        }
        tokens.expect("in");
        // LOCATE is the same function without the word, which would need parentheses around some operands
        Expr result = Call.of("locate", part, expr());
        tokens.expect(Token.RIGHT_PAREN);
        return result;
    }

    Expr timestamp(String name) {
        String unit = parser.functions.unit();
        tokens.expect(Token.COMMA);
        Expr first = expr();
        tokens.expect(Token.COMMA);
        return close(name, List.of(new Part(unit + ", ", first), new Part(", ", expr())));
    }

    Expr character() {
        List<Expr> codes = parser.exprs.list();
        if (!tokens.accept("using")) {
            tokens.expect(Token.RIGHT_PAREN);
            return new Call(null, "char", codes);
        }
        List<Part> parts = new ArrayList<>();
        for (Expr code : codes) {
            parts.add(new Part(parts.isEmpty() ? "" : ", ", code));
        }
        parts.add(new Part(" using " + charsetName(), null));
        return close("char", parts);
    }

    Expr weightString() {
        Expr text = expr();
        if (!tokens.accept("as")) {
            tokens.expect(Token.RIGHT_PAREN);
            return Call.of("weight_string", text);
        }
        String type = tokens.word();
        if (!type.equals("char") && !type.equals("binary")) {
            throw tokens.unexpected();
        }
        return close("weight_string", List.of(new Part("", text), new Part(" as " + castType(), null)));
    }

    Expr getFormat() {
        String type = tokens.word();
        switch (type) {
            case "date", "time", "datetime", "timestamp" -> tokens.advance();
            default -> throw tokens.unexpected();
        }
        tokens.expect(Token.COMMA);
        return close("get_format", List.of(new Part(type + ", ", expr())));
    }

    Expr jsonValue() {
        List<Part> parts = new ArrayList<>(4);
        parts.add(new Part("", expr()));
        tokens.expect(Token.COMMA);
        parts.add(new Part(", ", expr()));
        if (tokens.accept("returning")) {
            parts.add(new Part(" returning " + castType(), null));
        }
        while (tokens.at("null") || tokens.at("error") || tokens.at("default")) {
            String action = tokens.word();
            tokens.advance();
            Expr value = action.equals("default") ? parser.exprs.simple() : null;
            tokens.expect("on");
            String when = tokens.word();
            if (!when.equals("empty") && !when.equals("error")) {
                throw tokens.unexpected();
            }
            tokens.advance();
            parts.add(new Part(" " + action + (value == null ? "" : " "), value));
            parts.add(new Part(" on " + when, null));
        }
        return close("json_value", parts);
    }

    /** The type of CAST, CONVERT, RETURNING and the like in canonical form. */
    String castType() {
        String type = tokens.word();
        switch (type) {
            case "binary", "datetime", "time", "float" -> {
                tokens.advance();
                return type + length(false);
            }
            case "char", "character" -> {
                tokens.advance();
                return "char" + length(false) + charset();
            }
            case "nchar" -> {
                tokens.advance();
                return "nchar" + length(false);
            }
            case "national" -> {
                tokens.advance();
                if (!tokens.accept("char")) {
                    tokens.expect("character");
                }
                return "nchar" + length(false);
            }
            case "dec", "decimal" -> {
                tokens.advance();
                return "decimal" + length(true);
            }
            case "double" -> {
                tokens.advance();
                tokens.accept("precision");
                return type;
            }
            case "signed", "unsigned" -> {
                tokens.advance();
                if (!tokens.accept("integer")) {
                    tokens.accept("int");
                }
                return type;
            }
            case "date",
                    "year",
                    "real",
                    "json",
                    "point",
                    "linestring",
                    "polygon",
                    "multipoint",
                    "multilinestring",
                    "multipolygon",
                    "geometrycollection" -> {
                tokens.advance();
                return type;
            }
            default -> throw tokens.unexpected();
        }
    }

    private String length(boolean scale) {
        if (!tokens.accept(Token.LEFT_PAREN)) {
            return "";
        }
        String length = integer();
        if (scale && tokens.accept(Token.COMMA)) {
            length += ", " + integer();
        }
        tokens.expect(Token.RIGHT_PAREN);
        return "(" + length + ")";
    }

    private String integer() {
        if (!tokens.at(Token.INTEGER)) {
            throw tokens.unexpected();
        }
        String value = tokens.value();
        tokens.advance();
        return value;
    }

    private String charset() {
        String text = "";
        if (tokens.accept("charset") || tokens.accept("character", "set") || tokens.accept("char", "set")) {
            text = " character set " + charsetName();
        } else if (tokens.at("ascii") || tokens.at("unicode")) {
            text = tokens.word().equals("ascii") ? " character set latin1" : " character set ucs2";
            tokens.advance();
        }
        return tokens.accept("binary") ? text + " binary" : text;
    }

    /** Printed without quotes, so nothing but a word. */
    String charsetName() {
        if (tokens.accept("binary")) {
            return "binary";
        }
        if (tokens.at(Token.STRING) || tokens.at(Token.QUOTED_NAME)) {
            if (!Identifiers.isWord(tokens.value())) {
                throw tokens.unexpected();
            }
        }
        return Ascii.lower(tokens.nameOrString());
    }
}
