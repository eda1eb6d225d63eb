package io.vtsphere.sql.ast;

/** The operators between queries. */
public enum SetOperator {
    UNION("union"),
    INTERSECT("intersect"),
    EXCEPT("except");

    private final String text;

    SetOperator(String text) {
        this.text = text;
    }

    /** As it is printed. */
    public String text() {
        return text;
    }
}
