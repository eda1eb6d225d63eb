package io.vtsphere.sql.ast;

/** The operators that give a value, other than the logical ones and the comparisons. */
public enum BinaryOp {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    INTEGER_DIVIDE("div"),
    MODULO("%"),
    BIT_AND("&"),
    BIT_OR("|"),
    BIT_XOR("^"),
    SHIFT_LEFT("<<"),
    SHIFT_RIGHT(">>"),
    JSON_EXTRACT("->"),
    JSON_UNQUOTE("->>");

    private final String text;

    BinaryOp(String text) {
        this.text = text;
    }

    /** As it is printed. */
    public String text() {
        return text;
    }
}
