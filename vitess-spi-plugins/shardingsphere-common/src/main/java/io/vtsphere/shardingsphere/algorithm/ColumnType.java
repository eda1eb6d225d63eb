package io.vtsphere.shardingsphere.algorithm;

import io.vtsphere.sqltypes.SqlValue;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a sharding column, as far as it decides which Java values are equal to it for MySQL: turns what a host hands over into the
 * value that the column holds, or refuses.
 *
 * <p>Implementations are immutable and thread-safe.
 */
interface ColumnType {
    /**
     * The column's value.
     *
     * @param value not null
     * @throws java.sql.SQLException unchecked, VT12001, when MySQL would compare or store it as something that cannot be told from here
     */
    SqlValue of(Object value);

    /**
     * The type with that name in a CREATE TABLE.
     *
     * @throws IllegalArgumentException when it is none of the supported ones
     */
    static ColumnType parse(String text) {
        Matcher type = Names.PATTERN.matcher(text.trim().toUpperCase(Locale.ROOT));
        if (type.matches()) {
            String name = type.group(1);
            boolean unsigned = type.group(3) != null;
            if (Names.INTEGERS.contains(name)) {
                return unsigned ? IntegerColumn.UNSIGNED : IntegerColumn.SIGNED;
            }
            if (Names.TEXTS.contains(name) && !unsigned) {
                return TextColumn.TEXT;
            }
            if (Names.BINARIES.contains(name) && !unsigned) {
                return TextColumn.BINARY;
            }
            if (name.equals("DATE") && !unsigned) {
                return TemporalColumn.date();
            }
            if (name.equals("DATETIME") && !unsigned) {
                return TemporalColumn.datetime(type.group(2) == null ? 0 : Integer.parseInt(type.group(2)));
            }
        }
        throw new IllegalArgumentException("column-types: '" + text.trim() + "' is none of " + Names.INTEGERS
                + " with or without UNSIGNED, " + Names.TEXTS + ", " + Names.BINARIES + ", DATE, DATETIME(n)");
    }

    /** The type names of MySQL. */
    final class Names {
        static final Pattern PATTERN = Pattern.compile("([A-Z]+)(?: ?\\(([0-9]{1,5})\\))?( UNSIGNED)?");
        static final List<String> INTEGERS = List.of("TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER", "BIGINT");
        static final List<String> TEXTS = List.of("CHAR", "VARCHAR", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT");
        static final List<String> BINARIES = List.of("VARBINARY", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB");

        private Names() {}
    }
}
