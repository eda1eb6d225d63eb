package io.vtsphere.sql.ast;

/**
 * A literal as written.
 *
 * @param kind what it is
 * @param text for {@link Kind#STRING}, {@link Kind#NATIONAL_STRING} and the temporal kinds the value after unescaping, for {@link
 *     Kind#HEX_STRING} and {@link Kind#BIT_STRING} the digits between the quotes, else the characters as written (numbers are never
 *     rewritten: {@code 1.0}, {@code 1.00} and {@code 1e0} are three literals)
 * @param span its place; of adjacent strings the whole run
 */
public record Literal(Kind kind, String text, Span span) implements Expr {
    /** The kinds of literals. {@code NULL}, {@code TRUE} and {@code FALSE} have their word as text. */
    public enum Kind {
        INTEGER,
        DECIMAL,
        FLOAT,
        STRING,
        /** {@code N'…'}. */
        NATIONAL_STRING,
        /** {@code X'4142'}. */
        HEX_STRING,
        /** {@code 0x4142}. */
        HEX_NUMBER,
        /** {@code B'101'}. */
        BIT_STRING,
        /** {@code 0b101}. */
        BIT_NUMBER,
        /** {@code DATE '…'}. */
        DATE,
        TIME,
        TIMESTAMP,
        TRUE,
        FALSE,
        NULL
    }

    public static final Literal NULL = new Literal(Kind.NULL, "null", Span.NONE);

    public static Literal integer(long value) {
        return new Literal(Kind.INTEGER, Long.toString(value), Span.NONE);
    }

    public static Literal string(String value) {
        return new Literal(Kind.STRING, value, Span.NONE);
    }

    public boolean isNull() {
        return kind == Kind.NULL;
    }

    @Override
    public <R> R accept(ExprVisitor<R> visitor) {
        return visitor.literal(this);
    }
}
