package io.vtsphere.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into MySQL's tokens.
 *
 * <p>{@link #next()} moves to the next token and says its kind; {@link #start()}, {@link #end()}, {@link #word()} and {@link #value()}
 * then describe it. Blanks and comments are skipped; the inside of {@code /*!50000 … *}{@code /} is read as code where the version is
 * not above {@link #MYSQL_VERSION}. Linear in the length of the text; no token is built that is not asked for. Not thread-safe.
 */
public final class Lexer {
    /** The version up to which version comments are code; that of the server that the gate announces itself as. */
    public static final int MYSQL_VERSION = 80406;

    private final String sql;
    private final int length;
    private final boolean ansiQuotes;
    private final boolean backslashEscapes;

    private int pos;
    /** Inside a version comment whose text is code. */
    private boolean inVersionComment;
    /** The next token is the dot of a qualified name, so that {@code t.1} is a name and not a number. */
    private boolean dotFollows;
    /** The token before was such a dot. */
    private boolean nameFollows;

    private Token token = Token.END;
    private int start;
    private boolean escaped;
    private Words.@Nullable Word known;
    private @Nullable String unknown;
    private @Nullable List<String> comments;
    private @Nullable Lexer lookahead;
    /** Of a lookahead: end and start of the token that it was started at. */
    private int peekedFrom = -1;

    private int peekedAt = -1;

    public Lexer(String sql, SqlModes modes) {
        this(sql, 0, sql.length(), modes);
    }

    /** Reads only that part of the text; positions are still those of the whole. */
    public Lexer(String sql, int from, int to, SqlModes modes) {
        this.sql = sql;
        this.pos = from;
        this.length = to;
        this.ansiQuotes = modes.ansiQuotes();
        this.backslashEscapes = !modes.noBackslashEscapes();
    }

    private Lexer(Lexer other) {
        this.sql = other.sql;
        this.pos = other.pos;
        this.length = other.length;
        this.ansiQuotes = other.ansiQuotes;
        this.backslashEscapes = other.backslashEscapes;
    }

    /** The kind of the current token. */
    public Token token() {
        return token;
    }

    /** Offset of the first character of the current token. */
    public int start() {
        return start;
    }

    /** Offset after the last character of the current token. */
    public int end() {
        return pos;
    }

    /** The current token as written. */
    public String raw() {
        return sql.substring(start, pos);
    }

    /** A {@link Token#WORD} in lower case; empty for every other token. */
    public String word() {
        if (token != Token.WORD) {
            return "";
        }
        if (known != null) {
            return known.text();
        }
        if (unknown == null) {
            unknown = Ascii.lower(sql.substring(start, pos));
        }
        return unknown;
    }

    /** Whether the current token is a word that cannot be a name. */
    public boolean isReserved() {
        return token == Token.WORD && known != null && known.reserved();
    }

    /** Whether the current token is a keyword of the grammar. */
    public boolean isKeyword() {
        return token == Token.WORD && known != null && known.quoted();
    }

    /** The content of a string, name or variable without quotes and escapes; of numbers and words the characters as written. */
    public String value() {
        return switch (token) {
            case STRING -> text(start);
            case NATIONAL_STRING, HEX_STRING, BIT_STRING -> text(start + 1);
            case QUOTED_NAME -> name(start);
            case USER_VARIABLE -> variable();
            case BIND -> sql.substring(start + 1, pos);
            case LIST_BIND -> sql.substring(start + 2, pos);
            default -> raw();
        };
    }

    private String variable() {
        int at = start + 1;
        if (at >= pos) {
            return "";
        }
        char quote = sql.charAt(at);
        return quote == '`' ? name(at) : quote == '\'' || quote == '"' ? text(at) : sql.substring(at, pos);
    }

    private String name(int from) {
        String inside = sql.substring(from + 1, pos - 1);
        String quote = sql.substring(from, from + 1);
        return escaped ? inside.replace(quote + quote, quote) : inside;
    }

    private String text(int from) {
        return escaped ? Strings.unescape(sql, from, pos, backslashEscapes) : sql.substring(from + 1, pos - 1);
    }

    /** From now on the texts of skipped comments go to that list; null ends it. */
    public void collectComments(@Nullable List<String> list) {
        comments = list;
    }

    /** A place to come back to with {@link #reset}; the one before the next token. */
    public long mark() {
        return (long) pos << 3 | (inVersionComment ? 1 : 0) | (dotFollows ? 2 : 0) | (nameFollows ? 4 : 0);
    }

    /** Goes back to that place; the current token is not restored, {@link #next()} gives the one after it. */
    public void reset(long mark) {
        pos = (int) (mark >>> 3);
        inVersionComment = (mark & 1) != 0;
        dotFollows = (mark & 2) != 0;
        nameFollows = (mark & 4) != 0;
    }

    /** The kind of the token after the current one, which stays the current one. */
    public Token peek() {
        return peeked().token;
    }

    /** The word after the current token in lower case; empty if the next token is none. */
    public String peekWord() {
        return peeked().word();
    }

    /** Whether exactly those words follow the current token. */
    public boolean aheadIs(String... words) {
        Lexer ahead = peeked();
        boolean all = ahead.word().equals(words[0]);
        for (int i = 1; all && i < words.length; i++) {
            ahead.next();
            all = ahead.word().equals(words[i]);
        }
        ahead.peekedFrom = -1;
        return all;
    }

    /** Of a name at the current token, how many names there are before {@code .*}: one or two, or 0 if none of these follows. */
    public int namesBeforeStar() {
        Lexer ahead = peeked();
        int names = 0;
        if (ahead.token == Token.DOT) {
            Token second = ahead.next();
            if (second == Token.STAR) {
                names = 1;
            } else if ((second == Token.WORD || second == Token.QUOTED_NAME)
                    && ahead.next() == Token.DOT
                    && ahead.next() == Token.STAR) {
                names = 2;
            }
        }
        ahead.peekedFrom = -1;
        return names;
    }

    /** Another lexer, one token ahead of this one; kept, as looking ahead is frequent at the same places. */
    private Lexer peeked() {
        Lexer ahead = lookahead;
        if (ahead == null) {
            ahead = new Lexer(this);
            lookahead = ahead;
        } else if (ahead.peekedFrom == pos && ahead.peekedAt == start) {
            return ahead;
        }
        ahead.reset(mark());
        ahead.next();
        ahead.peekedFrom = pos;
        ahead.peekedAt = start;
        return ahead;
    }

    /** Moves to the next token; {@link Token#END} again and again at the end. */
    public Token next() {
        known = null;
        unknown = null;
        escaped = false;
        if (dotFollows) {
            dotFollows = false;
            nameFollows = true;
            start = pos++;
            return token = Token.DOT;
        }
        if (nameFollows) {
            nameFollows = false;
            if (pos < length && Chars.isName(sql.charAt(pos))) {
                start = pos;
                return token = word(pos);
            }
        }
        if (!skipBlanks()) {
            return token = Token.ERROR;
        }
        start = pos;
        if (pos >= length) {
            boolean open = inVersionComment;
            inVersionComment = false; // the error once, then the end
            return token = open ? Token.ERROR : Token.END;
        }
        return token = scan(sql.charAt(pos));
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

    private char at(int offset) {
        return pos + offset < length ? sql.charAt(pos + offset) : 0;
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

    /** Skips blanks and comments; false at a comment without an end. */
    private boolean skipBlanks() {
        while (pos < length) {
            char c = sql.charAt(pos);
            if (Chars.isBlank(c)) {
                pos++;
            } else if (c == '#' || c == '-' && at(1) == '-' && (pos + 2 >= length || at(2) <= ' ')) {
                skipLine();
            } else if (c == '/' && at(1) == '*') {
                if (at(2) == '!') {
                    if (!versionComment()) {
                        return false;
                    }
                } else if (!skipComment()) {
                    return false;
                }
            } else if (inVersionComment && c == '*' && at(1) == '/') {
                inVersionComment = false;
                pos += 2;
            } else {
                return true;
            }
        }
        return true;
    }

    private void skipLine() {
        int from = pos;
        int newline = sql.indexOf('\n', pos);
        pos = newline < 0 || newline >= length ? length : newline + 1;
        if (comments != null) {
            comments.add(sql.substring(from, newline < 0 || newline >= length ? length : newline));
        }
    }

    private boolean skipComment() {
        int close = sql.indexOf("*/", pos + 2);
        if (close < 0 || close + 2 > length) {
            start = pos;
            pos = length;
            return false;
        }
        if (comments != null) {
            comments.add(sql.substring(pos, close + 2));
        }
        pos = close + 2;
        return true;
    }

    private boolean versionComment() {
        int digits = pos + 3;
        int i = digits;
        int version = 0;
        while (i < length && i < digits + 6 && Chars.isDigit(sql.charAt(i))) {
            version = version * 10 + sql.charAt(i) - '0';
            i++;
        }
        if (i - digits < 5) {
            version = 0; // the digits are code
            i = digits;
        } else if (i - digits == 6 && sql.charAt(digits) != '0') {
            version /= 10; // only 080400 has six digits; of 401011 the last one is code
            i--;
        }
        if (version > MYSQL_VERSION || inVersionComment) {
            return skipComment();
        }
        inVersionComment = true;
        pos = i;
        return true;
    }
}
