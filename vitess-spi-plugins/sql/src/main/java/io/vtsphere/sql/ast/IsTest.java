package io.vtsphere.sql.ast;

/** What {@code IS} can ask. */
public enum IsTest {
    NULL("null"),
    TRUE("true"),
    FALSE("false"),
    UNKNOWN("unknown");

    private final String text;

    IsTest(String text) {
        this.text = text;
    }

    /** As it is printed. */
    public String text() {
        return text;
    }
}
