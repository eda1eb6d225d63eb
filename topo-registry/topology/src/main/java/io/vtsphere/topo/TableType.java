package io.vtsphere.topo;

import org.jspecify.annotations.Nullable;

/** What a VSchema says a table is ({@code vschema.Table.type}). */
public enum TableType {
    ORDINARY(""),
    SEQUENCE("sequence"),
    REFERENCE("reference");

    private final String text;

    TableType(String text) {
        this.text = text;
    }

    /** The text of the VSchema record; empty for an ordinary table. */
    public String text() {
        return text;
    }

    static @Nullable TableType parse(String text) {
        for (TableType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        return null;
    }
}
