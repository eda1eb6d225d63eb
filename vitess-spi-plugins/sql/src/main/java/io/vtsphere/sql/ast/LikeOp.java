package io.vtsphere.sql.ast;

/** The pattern operators. */
public enum LikeOp {
    LIKE("like"),
    REGEXP("regexp"),
    SOUNDS_LIKE("sounds like");

    private final String text;

    LikeOp(String text) {
        this.text = text;
    }

    /** As it is printed. */
    public String text() {
        return text;
    }
}
