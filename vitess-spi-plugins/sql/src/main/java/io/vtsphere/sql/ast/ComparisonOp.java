package io.vtsphere.sql.ast;

/** The comparison operators. */
public enum ComparisonOp {
    EQ("="),
    NULL_SAFE_EQ("<=>"),
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">=");

    private final String text;

    ComparisonOp(String text) {
        this.text = text;
    }

    /** As it is printed. */
    public String text() {
        return text;
    }
}
