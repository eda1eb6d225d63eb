package io.vtsphere.sql;

import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into MySQL's tokens: where each ends and what kind it is. Linear in the length of the text; builds nothing. Not thread-safe.
 */
class TokenScanner extends TextCursor {
    final boolean ansiQuotes;
    final boolean backslashEscapes;

    /** The next token is the dot of a qualified name, so that {@code t.1} is a name and not a number. */
    boolean dotFollows;
    /** The token before was such a dot. */
    boolean nameFollows;
    /** The current token has doubled quotes or backslashes inside. */
    boolean escaped;
    /** The current token, if it is a word of the table. */
    Words.@Nullable Word known;

    TokenScanner(String sql, int from, int to, boolean ansiQuotes, boolean backslashEscapes) {
        super(sql, from, to);
        this.ansiQuotes = ansiQuotes;
        this.backslashEscapes = backslashEscapes;
    }

    /** The kind of the token that is next; {@link Token#END} again and again at the end. */
    final Token scan() {
        known = null;
        escaped = false;
        if (dotFollows) {
            dotFollows = false;
            nameFollows = true;
            start = pos++;
            return Token.DOT;
        }
        if (nameFollows) {
            nameFollows = false;
            if (pos < length && Chars.isName(sql.charAt(pos))) {
                start = pos;
                return word(pos);
            }
        }
        if (!skipBlanks()) {
            return Token.ERROR;
        }
        start = pos;
        if (pos >= length) {
            boolean open = inVersionComment;
            inVersionComment = false; // the error once, then the end
            return open ? Token.ERROR : Token.END;
        }
        return scan(sql.charAt(pos));
    }

    private Token scan(char c) {
        if (Chars.isDigit(c)) {
            return number();
        }
        if (Chars.isName(c)) {
            if (at(1) == '\'') {
                Token prefixed = prefixedString(c);
                if (prefixed != null) {
                    return prefixed;
                }
            }
            return word(pos + 1);
        }
        switch (c) {
            case '\'':
                return quoted(pos, Token.STRING);
            case '"':
                return ansiQuotes ? quotedName('"') : quoted(pos, Token.STRING);
            case '`':
                return quotedName('`');
            case '@':
                return variableToken();
            case ':':
                return colon();
            case '.':
                if (Chars.isDigit(at(1))) {
                    return number();
                }
                return take(1, Token.DOT);
            case '\\':
                return at(1) == 'N' ? take(2, Token.BACKSLASH_N) : take(1, Token.ERROR);
            default:
                return operator(c);
        }
    }

    private Token take(int chars, Token kind) {
        pos += chars;
        return kind;
    }

    private Token operator(char c) {
        char next = at(1);
        return switch (c) {
            case '(' -> take(1, Token.LEFT_PAREN);
            case ')' -> take(1, Token.RIGHT_PAREN);
            case ',' -> take(1, Token.COMMA);
            case ';' -> take(1, Token.SEMICOLON);
            case '*' -> take(1, Token.STAR);
            case '+' -> take(1, Token.PLUS);
            case '-' ->
                next != '>' ? take(1, Token.MINUS) : at(2) == '>' ? take(3, Token.DOUBLE_ARROW) : take(2, Token.ARROW);
            case '/' -> take(1, Token.SLASH);
            case '%' -> take(1, Token.PERCENT);
            case '^' -> take(1, Token.CARET);
            case '~' -> take(1, Token.TILDE);
            case '?' -> take(1, Token.PARAMETER);
            case '{' -> take(1, Token.LEFT_BRACE);
            case '}' -> take(1, Token.RIGHT_BRACE);
            case '=' -> take(1, Token.EQUAL);
            case '&' -> next == '&' ? take(2, Token.AND_AND) : take(1, Token.AMPERSAND);
            case '|' -> next == '|' ? take(2, Token.PIPE_PIPE) : take(1, Token.PIPE);
            // MySQL's lexer takes !! for a single !: better an error than either meaning
            case '!' ->
                next == '=' ? take(2, Token.NOT_EQUAL) : next == '!' ? take(2, Token.ERROR) : take(1, Token.BANG);
            case '>' ->
                next == '='
                        ? take(2, Token.GREATER_EQUAL)
                        : next == '>' ? take(2, Token.SHIFT_RIGHT) : take(1, Token.GREATER);
            case '<' -> less(next);
            default -> take(1, Token.ERROR);
        };
    }

    private Token less(char next) {
        return switch (next) {
            case '=' -> at(2) == '>' ? take(3, Token.NULL_SAFE_EQUAL) : take(2, Token.LESS_EQUAL);
            case '>' -> take(2, Token.NOT_EQUAL);
            case '<' -> take(2, Token.SHIFT_LEFT);
            default -> take(1, Token.LESS);
        };
    }

    private Token word(int from) {
        int i = from;
        while (i < length && Chars.isName(sql.charAt(i))) {
            i++;
        }
        pos = i;
        known = Words.find(sql, start, i);
        dotFollows = i + 1 < length && sql.charAt(i) == '.' && Chars.isName(sql.charAt(i + 1));
        return Token.WORD;
    }

    private Token quotedName(char quote) {
        int i = pos + 1;
        while (i < length) {
            if (sql.charAt(i) == quote) {
                if (i + 1 < length && sql.charAt(i + 1) == quote) {
                    escaped = true;
                    i++;
                } else if (i == pos + 1) {
                    pos = i; // an empty name: the error stands at the second quote
                    return Token.ERROR;
                } else {
                    pos = i + 1;
                    dotFollows = pos + 1 < length && sql.charAt(pos) == '.' && Chars.isName(sql.charAt(pos + 1));
                    return Token.QUOTED_NAME;
                }
            }
            i++;
        }
        pos = length;
        return Token.ERROR;
    }

    private @Nullable Token prefixedString(char prefix) {
        switch (prefix) {
            case 'n', 'N':
                return quoted(pos + 1, Token.NATIONAL_STRING);
            case 'x', 'X':
                return digits(Token.HEX_STRING);
            case 'b', 'B':
                return digits(Token.BIT_STRING);
            default:
                return null;
        }
    }

    /** {@code x'4142'}: an even number of hex digits; {@code b'01'}: bits. */
    private Token digits(Token kind) {
        int i = pos + 2;
        while (i < length && (kind == Token.HEX_STRING ? Chars.isHex(sql.charAt(i)) : Chars.isBit(sql.charAt(i)))) {
            i++;
        }
        boolean closed = i < length && sql.charAt(i) == '\'';
        boolean whole = kind == Token.BIT_STRING || (i - pos) % 2 == 0;
        pos = closed ? i + 1 : i;
        return closed && whole ? kind : Token.ERROR;
    }

    private Token quoted(int open, Token kind) {
        char quote = sql.charAt(open);
        int i = open + 1;
        while (i < length) {
            char c = sql.charAt(i);
            if (c == quote) {
                if (i + 1 >= length || sql.charAt(i + 1) != quote) {
                    pos = i + 1;
                    return kind;
                }
                escaped = true;
                i++;
            } else if (c == '\\' && backslashEscapes) {
                escaped = true;
                i++;
            }
            i++;
        }
        pos = length;
        return Token.ERROR;
    }

    private Token variableToken() {
        if (at(1) == '@') {
            return take(2, Token.SYSTEM_VARIABLE);
        }
        int i = pos + 1;
        if (i < length && (sql.charAt(i) == '`' || sql.charAt(i) == '\'' || sql.charAt(i) == '"')) {
            pos = i;
            Token inner = sql.charAt(i) == '`' ? quotedName('`') : quoted(i, Token.STRING);
            dotFollows = false;
            return inner == Token.ERROR ? inner : Token.USER_VARIABLE;
        }
        while (i < length && (Chars.isName(sql.charAt(i)) || sql.charAt(i) == '.')) {
            i++;
        }
        pos = i;
        return Token.USER_VARIABLE;
    }

    private Token colon() {
        if (at(1) == '=') {
            return take(2, Token.ASSIGN);
        }
        int colons = at(1) == ':' ? 2 : 1;
        int from = pos + colons;
        boolean number = from < length && Chars.isDigit(sql.charAt(from));
        int i = from;
        while (i < length && (number ? Chars.isDigit(sql.charAt(i)) : Chars.isBindName(sql.charAt(i), i > from))) {
            i++;
        }
        if (i == from) {
            return take(colons, Token.ERROR);
        }
        pos = i;
        return colons == 2 ? Token.LIST_BIND : Token.BIND;
    }

    /**
     * A number, or a name that starts with digits ({@code 1st}). Source: MySQL manual, "Numeric Literals" and "Schema Object Names".
     */
    private Token number() {
        int i = pos;
        if (sql.charAt(i) == '0' && i + 1 < length) {
            char c = sql.charAt(i + 1);
            if (c == 'x' || c == 'b') {
                Token prefixed = prefixedNumber(c == 'x');
                if (prefixed != null) {
                    return prefixed;
                }
            }
        }
        while (i < length && Chars.isDigit(sql.charAt(i))) {
            i++;
        }
        boolean fraction = i < length && sql.charAt(i) == '.';
        if (fraction) {
            i++;
            while (i < length && Chars.isDigit(sql.charAt(i))) {
                i++;
            }
        }
        int exponent = exponentEnd(i);
        if (exponent > 0) {
            pos = exponent;
            return Token.FLOAT;
        }
        if (!fraction && i < length && Chars.isName(sql.charAt(i))) {
            return word(i);
        }
        pos = i;
        return fraction ? Token.DECIMAL : Token.INTEGER;
    }

    private @Nullable Token prefixedNumber(boolean hex) {
        int i = pos + 2;
        while (i < length && (hex ? Chars.isHex(sql.charAt(i)) : Chars.isBit(sql.charAt(i)))) {
            i++;
        }
        if (i == pos + 2 || i < length && Chars.isName(sql.charAt(i))) {
            return null;
        }
        pos = i;
        return hex ? Token.HEX_NUMBER : Token.BIT_NUMBER;
    }

    /** The offset after an exponent that starts there, or 0. */
    private int exponentEnd(int from) {
        if (from >= length || (sql.charAt(from) | 0x20) != 'e') {
            return 0;
        }
        int i = from + 1;
        if (i < length && (sql.charAt(i) == '+' || sql.charAt(i) == '-')) {
            i++;
        }
        int digits = i;
        while (i < length && Chars.isDigit(sql.charAt(i))) {
            i++;
        }
        return i == digits ? 0 : i;
    }
}
