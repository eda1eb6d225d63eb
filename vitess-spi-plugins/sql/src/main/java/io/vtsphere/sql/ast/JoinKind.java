package io.vtsphere.sql.ast;

/** The kinds of joins; a right join is kept as written. */
public enum JoinKind {
    INNER("join"),
    LEFT("left join"),
    RIGHT("right join"),
    STRAIGHT("straight_join"),
    NATURAL("natural join"),
    NATURAL_LEFT("natural left join"),
    NATURAL_RIGHT("natural right join");

    private final String text;

    JoinKind(String text) {
        this.text = text;
    }

    /** As it is printed. */
    public String text() {
        return text;
    }
}
