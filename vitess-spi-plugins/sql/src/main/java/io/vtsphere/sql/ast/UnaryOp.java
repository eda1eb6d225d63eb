package io.vtsphere.sql.ast;

/** The arithmetic prefix operators; a plus means nothing and has no node, {@code BINARY} is a {@link Cast}. */
public enum UnaryOp {
    MINUS("-"),
    BIT_NOT("~");

    private final String text;

    UnaryOp(String text) {
        this.text = text;
    }

    /** As it is printed. */
    public String text() {
        return text;
    }
}
