package io.vtsphere.tablet.query;

import java.util.Locale;

/**
 * A cursor over the tokens of one statement; comments and white space are passed over.
 *
 * <p>Only as much of the language as the tablet needs: words, bind variables, nesting. The text inside {@code /*! … *}{@code /} is read as SQL,
 * as MySQL does. Not thread-safe.
 */
final class Tokens {
    enum Kind {
        WORD,
        QUOTED_NAME,
        BIND,
        LIST_BIND,
        STRING,
        NUMBER,
        SYMBOL,
        END
    }

    private final String sql;
    private int at;
    private int start;
    private int end;
    private Kind kind = Kind.END;

    Tokens(String sql) {
        this.sql = sql;
    }

    /** Where the current token begins. */
    int start() {
        return start;
    }

    /** Behind the current token. */
    int end() {
        return end;
    }

    Kind kind() {
        return kind;
    }

    String text() {
        return sql.substring(start, end);
    }

    /** The current token in lower case when it is a bare word, else "". */
    String word() {
        return kind == Kind.WORD ? text().toLowerCase(Locale.ROOT) : "";
    }

    /** The name of a table or column: without back quotes. */
    String name() {
        return kind == Kind.QUOTED_NAME ? sql.substring(start + 1, end - 1).replace("``", "`") : text();
    }

    boolean symbol(char c) {
        return kind == Kind.SYMBOL && sql.charAt(start) == c;
    }

    Kind next() {
        skipBlanks();
        start = at;
        kind = at >= sql.length() ? Kind.END : scan(sql.charAt(at));
        end = at;
        return kind;
    }

    private Kind scan(char c) {
        if (isLetter(c)) {
            skipWord();
            return Kind.WORD;
        }
        if (isDigit(c) || c == '.' && isDigit(peek(1))) {
            skipNumber();
            return Kind.NUMBER;
        }
        switch (c) {
            case '`':
                skipQuoted('`', false);
                return Kind.QUOTED_NAME;
            case '\'', '"':
                skipQuoted(c, true);
                return Kind.STRING;
            case ':':
                return bind();
            default:
                at++;
                return Kind.SYMBOL;
        }
    }

    private Kind bind() {
        boolean list = peek(1) == ':';
        int name = at + (list ? 2 : 1);
        if (name >= sql.length() || !(isLetter(sql.charAt(name)) || sql.charAt(name) == '#')) {
            at++;
            return Kind.SYMBOL;
        }
        at = name + 1;
        while (at < sql.length() && (isLetter(sql.charAt(at)) || isDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        return list ? Kind.LIST_BIND : Kind.BIND;
    }

    private void skipWord() {
        while (at < sql.length() && (isLetter(sql.charAt(at)) || isDigit(sql.charAt(at)))) {
            at++;
        }
    }

    private void skipNumber() {
        while (at < sql.length() && (isLetter(sql.charAt(at)) || isDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
    }

    private void skipQuoted(char quote, boolean backslash) {
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\' && backslash) {
                at += 2;
            } else if (c == quote && peek(1) == quote) {
                at += 2;
            } else if (c == quote) {
                at++;
                return;
            } else {
                at++;
            }
        }
        at = sql.length();
    }

    private void skipBlanks() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#'
                    || c == '-' && peek(1) == '-' && (at + 2 >= sql.length() || sql.charAt(at + 2) <= ' ')) {
                int line = sql.indexOf('\n', at);
                at = line < 0 ? sql.length() : line + 1;
            } else if (c == '/' && peek(1) == '*' && peek(2) == '!') {
                at += 3;
                while (at < sql.length() && isDigit(sql.charAt(at))) {
                    at++;
                }
            } else if (c == '*' && peek(1) == '/') {
                at += 2;
            } else if (c == '/' && peek(1) == '*') {
                int close = sql.indexOf("*/", at + 2);
                at = close < 0 ? sql.length() : close + 2;
            } else {
                return;
            }
        }
    }

    private char peek(int ahead) {
        return at + ahead < sql.length() ? sql.charAt(at + ahead) : 0;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '@' || c == '$' || c >= 0x80;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
