package io.vtsphere.sql;

/** The kinds of tokens of {@link Lexer}. */
public enum Token {
    /** The end of the text. */
    END(""),
    /** An unquoted word: keyword or identifier. */
    WORD(""),
    /** {@code `x`}, and {@code "x"} under ANSI_QUOTES. */
    QUOTED_NAME(""),
    STRING(""),
    /** {@code N'x'}. */
    NATIONAL_STRING(""),
    INTEGER(""),
    DECIMAL(""),
    FLOAT(""),
    /** {@code X'41'}. */
    HEX_STRING(""),
    /** {@code 0x41}. */
    HEX_NUMBER(""),
    /** {@code B'01'}. */
    BIT_STRING(""),
    /** {@code 0b01}. */
    BIT_NUMBER(""),
    /** {@code \N}. */
    BACKSLASH_N("\\N"),
    /** {@code @x}, also quoted. */
    USER_VARIABLE(""),
    /** {@code @@}; the name follows as words and dots. */
    SYSTEM_VARIABLE("@@"),
    /** {@code :x}. */
    BIND(""),
    /** {@code ::x}. */
    LIST_BIND(""),
    /** {@code ?}. */
    PARAMETER("?"),
    LEFT_PAREN("("),
    RIGHT_PAREN(")"),
    COMMA(","),
    SEMICOLON(";"),
    DOT("."),
    STAR("*"),
    PLUS("+"),
    MINUS("-"),
    SLASH("/"),
    PERCENT("%"),
    AMPERSAND("&"),
    PIPE("|"),
    CARET("^"),
    TILDE("~"),
    BANG("!"),
    EQUAL("="),
    LESS("<"),
    GREATER(">"),
    LESS_EQUAL("<="),
    GREATER_EQUAL(">="),
    NOT_EQUAL("!="),
    NULL_SAFE_EQUAL("<=>"),
    SHIFT_LEFT("<<"),
    SHIFT_RIGHT(">>"),
    AND_AND("&&"),
    PIPE_PIPE("||"),
    ASSIGN(":="),
    ARROW("->"),
    DOUBLE_ARROW("->>"),
    LEFT_BRACE("{"),
    RIGHT_BRACE("}"),
    /** A character or an unfinished string, name or comment that is no token. */
    ERROR("");

    private final String text;

    Token(String text) {
        this.text = text;
    }

    /** The characters of a token that is always written the same; else empty. */
    public String text() {
        return text;
    }
}
