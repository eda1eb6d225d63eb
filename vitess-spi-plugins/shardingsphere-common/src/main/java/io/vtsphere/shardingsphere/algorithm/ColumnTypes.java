package io.vtsphere.shardingsphere.algorithm;

/** The texts that {@code column-types} takes. */
public final class ColumnTypes {
    private ColumnTypes() {}

    /** Whether a column of this type, as MySQL writes it, may be a sharding column with a declared type. */
    public static boolean areSupported(String columnType) {
        try {
            ColumnType.parse(columnType);
            return columnType.indexOf(',') < 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
