package io.vtsphere.sql;

import io.vtsphere.sql.ast.Comments;
import io.vtsphere.sql.ast.Span;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The token stream as the parsers see it: one current token, words to compare with, errors, and the bounds that keep any input from
 * exhausting the stack.
 *
 * <p>Two bounds: {@link #MAX_NESTING} on the parsers' own recursion, {@link #MAX_HEIGHT} on the height of the tree that they build (a
 * chain {@code 1+1+1…} nests to the left without any recursion of the parser, but whoever walks the tree later recurses).
 */
final class Tokens {
    static final int MAX_NESTING = 600;
    static final int MAX_HEIGHT = 1000;

    private final String sql;
    private final Lexer lexer;
    private final SqlModes modes;
    private Token token;
    private int previousEnd;
    private int nesting;
    private int parameters;
    /** The greatest height of a node finished inside the innermost {@link #open}. */
    private int high;

    Tokens(String sql, int from, int to, SqlModes modes) {
        this.sql = sql;
        this.modes = modes;
        this.lexer = new Lexer(sql, from, to, modes);
        this.previousEnd = from;
        this.token = lexer.next();
    }

    SqlModes modes() {
        return modes;
    }

    Token token() {
        return token;
    }

    int start() {
        return lexer.start();
    }

    int end() {
        return lexer.end();
    }

    /** The end of the token before the current one. */
    int previousEnd() {
        return previousEnd;
    }

    /** The place from that offset to the end of the token before the current one. */
    Span spanFrom(int start) {
        return Span.of(start, previousEnd);
    }

    /**
     * Where the text of the statement begins whose first token is the current one: with the version comment, when that token is the first
     * inside of one. Dumps hold {@code /*!40000 ALTER TABLE t DISABLE KEYS *}{@code /}.
     */
    int statementStart() {
        int opened = sql.lastIndexOf("/*!", start());
        for (int i = opened + 3; opened >= 0 && i < start(); i++) {
            if (!Chars.isDigit(sql.charAt(i)) && !Chars.isBlank(sql.charAt(i))) {
                return start();
            }
        }
        return opened < 0 ? start() : opened;
    }

    String text(int from, int to) {
        return sql.substring(from, closed(to));
    }

    /** The end of a text whose last token stands in a version comment is that comment's end. */
    private int closed(int end) {
        int i = end;
        while (i < sql.length() && Chars.isBlank(sql.charAt(i))) {
            i++;
        }
        return sql.startsWith("*/", i) ? i + 2 : end;
    }

    String value() {
        return lexer.value();
    }

    String raw() {
        return lexer.raw();
    }

    String word() {
        return lexer.word();
    }

    boolean isReserved() {
        return lexer.isReserved();
    }

    boolean isKeyword() {
        return lexer.isKeyword();
    }

    void advance() {
        previousEnd = lexer.end();
        token = lexer.next();
    }

    /** Moves on and gives the comments between the current token and the next one. */
    Comments advanceOverComments() {
        List<String> comments = new ArrayList<>(2);
        lexer.collectComments(comments);
        advance();
        lexer.collectComments(null);
        return Comments.of(comments);
    }

    /** The kind of the token after the current one. */
    Token peek() {
        return lexer.peek();
    }

    /** The word after the current token in lower case; empty if the next token is none. */
    String peekWord() {
        return lexer.peekWord();
    }

    boolean aheadIs(String... words) {
        return lexer.aheadIs(words);
    }

    int namesBeforeStar() {
        return lexer.namesBeforeStar();
    }

    /** What follows a keyspace's name in an unquoted target ({@code :-80@replica}), up to the end of the statement. */
    String restOfTarget() {
        if (token == Token.END || token == Token.SEMICOLON || lexer.start() != previousEnd) {
            return "";
        }
        int from = previousEnd;
        while (token != Token.END && token != Token.SEMICOLON) {
            if (lexer.start() != previousEnd) {
                throw unexpected();
            }
            advance();
        }
        return sql.substring(from, previousEnd);
    }

    /** From the current left parenthesis to the matching right one: the text between them. */
    String balanced() {
        expect(Token.LEFT_PAREN);
        int from = lexer.start();
        int depth = 1;
        while (true) {
            switch (token) {
                case LEFT_PAREN -> depth++;
                case RIGHT_PAREN -> depth--;
                case END, ERROR -> throw unexpected();
                default -> {}
            }
            if (depth == 0) {
                String text = sql.substring(Math.min(from, previousEnd), previousEnd);
                advance();
                return text;
            }
            advance();
        }
    }

    boolean at(Token kind) {
        return token == kind;
    }

    boolean at(String word) {
        return token == Token.WORD && lexer.word().equals(word);
    }

    boolean atAny(String first, String second) {
        return at(first) || at(second);
    }

    boolean accept(Token kind) {
        if (token != kind) {
            return false;
        }
        advance();
        return true;
    }

    boolean accept(String word) {
        if (!at(word)) {
            return false;
        }
        advance();
        return true;
    }

    /** Takes both words or none of them. */
    boolean accept(String first, String second) {
        if (!at(first) || !peekWord().equals(second)) {
            return false;
        }
        advance();
        advance();
        return true;
    }

    /** DISTINCT under either of its names. */
    boolean acceptDistinct() {
        return accept("distinct") || accept("distinctrow");
    }

    void expect(Token kind) {
        if (!accept(kind)) {
            throw unexpected();
        }
    }

    void expect(String word) {
        if (!accept(word)) {
            throw unexpected();
        }
    }

    void expectEnd() {
        if (token != Token.END) {
            throw unexpected();
        }
    }

    /** A name: a quoted one or a word that is not reserved. */
    boolean atName() {
        return token == Token.QUOTED_NAME || token == Token.WORD && !lexer.isReserved();
    }

    String name() {
        if (!atName()) {
            throw unexpected();
        }
        return takeName();
    }

    /** After a dot also a reserved word is a name. */
    String nameAfterDot() {
        if (token != Token.QUOTED_NAME && token != Token.WORD) {
            throw unexpected();
        }
        return takeName();
    }

    private String takeName() {
        String name = lexer.value();
        advance();
        return name;
    }

    String string() {
        if (token != Token.STRING) {
            throw unexpected();
        }
        String value = lexer.value();
        advance();
        while (token == Token.STRING) {
            value += lexer.value();
            advance();
        }
        return value;
    }

    String nameOrString() {
        if (token == Token.STRING && lexer.end() - lexer.start() > 2) {
            return takeName();
        }
        return name();
    }

    /** The name that AS gives to a column: unlike any other name it may be an empty string. */
    String columnAlias() {
        return token == Token.STRING ? takeName() : name();
    }

    /** The name of the next {@code ?}. */
    String nextParameter() {
        return "v" + ++parameters;
    }

    /** Enters one level of the parsers' recursion. */
    void enter() {
        if (++nesting > MAX_NESTING) {
            throw tooDeep();
        }
    }

    void leave() {
        nesting--;
    }

    /** Starts a node; what it gives back is handed to {@link #close}. */
    int open() {
        int outer = high;
        high = 0;
        return outer;
    }

    /** Ends a node that {@link #open} started; its height. */
    int close(int outer) {
        int height = high + 1;
        high = Math.max(outer, height);
        return height;
    }

    /** Says that a node of that height has been built. */
    void built(int height) {
        if (height > MAX_HEIGHT) {
            throw tooDeep();
        }
        high = Math.max(high, height);
    }

    VtException tooDeep() {
        return SyntaxErrors.at(sql, lexer.end() + 1, "statement is nested too deeply", null);
    }

    /** The current token does not fit. */
    VtException unexpected() {
        @Nullable
        String near =
                switch (token) {
                    case WORD,
                            QUOTED_NAME,
                            STRING,
                            NATIONAL_STRING,
                            INTEGER,
                            DECIMAL,
                            FLOAT,
                            HEX_STRING,
                            HEX_NUMBER,
                            BIT_STRING,
                            BIT_NUMBER,
                            USER_VARIABLE,
                            BIND,
                            LIST_BIND -> lexer.value();
                    case ERROR -> SyntaxErrors.unfinished(lexer.raw());
                    default -> null;
                };
        return SyntaxErrors.at(sql, lexer.end() + 1, "syntax error", near);
    }

    /** The word before the current token does not fit. */
    VtException unexpectedWord(String word) {
        return SyntaxErrors.at(sql, previousEnd + 1, "syntax error", word);
    }

    /** A construct that vtgate does not have, named. */
    VtException invalid(String message) {
        return VtException.of(Code.INVALID_ARGUMENT, State.PARSE_ERROR, message);
    }
}
