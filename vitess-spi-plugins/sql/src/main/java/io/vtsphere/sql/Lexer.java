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
public final class Lexer extends TokenScanner {
    /** The version up to which version comments are code; that of the server that the gate announces itself as. */
    public static final int MYSQL_VERSION = 80406;

    private Token token = Token.END;
    private @Nullable String unknown;
    private @Nullable Lexer lookahead;
    /** Of a lookahead: end and start of the token that it was started at. */
    private int peekedFrom = -1;

    private int peekedAt = -1;

    public Lexer(String sql, SqlModes modes) {
        this(sql, 0, sql.length(), modes);
    }

    /** Reads only that part of the text; positions are still those of the whole. */
    public Lexer(String sql, int from, int to, SqlModes modes) {
        super(sql, from, to, modes.ansiQuotes(), !modes.noBackslashEscapes());
    }

    private Lexer(Lexer other) {
        super(other.sql, other.pos, other.length, other.ansiQuotes, other.backslashEscapes);
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
        unknown = null;
        token = scan();
        return token;
    }
}
