package io.vtsphere.sql.ast;

/** The arithmetic prefix operators, and {@code BINARY}. */
public enum UnaryOp {
    MINUS("-"),
    PLUS("+"),
    BIT_NOT("~"),
    BINARY("binary ");

    private final String text;

    UnaryOp(String text) {
        this.text = text;
    }

    /** As it is printed. */
    public String text() {
        return text;
    }
}
