package io.vtsphere.topo;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;

/**
 * A table's name in a VSchema.
 *
 * @param keyspace empty when the name is not qualified
 */
public record TableName(String keyspace, String name) {
    static final String QUALIFIED = "<keyspace_name>.<table_name>";

    /**
     * Reads {@code table} or {@code keyspace.table}.
     *
     * @throws VtException INVALID_ARGUMENT when the text has more than one dot or an empty part
     */
    public static TableName parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 && !text.isEmpty()) {
            return new TableName("", text);
        }
        if (dot <= 0 || dot == text.length() - 1 || text.indexOf('.', dot + 1) >= 0) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "invalid table name: '" + text
                            + "', it must be of the unqualified form <table_name> or the qualified form " + QUALIFIED
                            + " (dots are not allowed in either name)");
        }
        return new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    /** As {@link #parse}, but the keyspace must be given. */
    static TableName parseQualified(String text) {
        int dot = text.indexOf('.');
        if (dot <= 0 || dot == text.length() - 1 || text.indexOf('.', dot + 1) >= 0) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "invalid table name: '" + text + "', it must be of the qualified form " + QUALIFIED
                            + " (dots are not allowed in either name)");
        }
        return new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    public boolean isQualified() {
        return !keyspace.isEmpty();
    }

    @Override
    public String toString() {
        return keyspace.isEmpty() ? name : keyspace + "." + name;
    }
}
