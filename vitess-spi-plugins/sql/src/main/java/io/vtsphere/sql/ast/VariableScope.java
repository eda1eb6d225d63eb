package io.vtsphere.sql.ast;

/** The scope written before a system variable. */
public enum VariableScope {
    SESSION("session"),
    GLOBAL("global"),
    PERSIST("persist"),
    PERSIST_ONLY("persist_only"),
    LOCAL("local"),
    VITESS_METADATA("vitess_metadata");

    private final String text;

    VariableScope(String text) {
        this.text = text;
    }

    /** As it is printed. */
    public String text() {
        return text;
    }
}
