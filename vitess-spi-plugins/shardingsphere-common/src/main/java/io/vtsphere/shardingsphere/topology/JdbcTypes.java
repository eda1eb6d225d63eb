package io.vtsphere.shardingsphere.topology;

import java.sql.Types;
import java.util.Locale;
import java.util.Map;

/** MySQL's type names in the numbers of {@link Types}, as Connector/J has them. */
final class JdbcTypes {
    private static final Map<String, Integer> BY_NAME = Map.ofEntries(
            Map.entry("bit", Types.BIT),
            Map.entry("tinyint", Types.TINYINT),
            Map.entry("smallint", Types.SMALLINT),
            Map.entry("mediumint", Types.INTEGER),
            Map.entry("int", Types.INTEGER),
            Map.entry("bigint", Types.BIGINT),
            Map.entry("decimal", Types.DECIMAL),
            Map.entry("float", Types.REAL),
            Map.entry("double", Types.DOUBLE),
            Map.entry("date", Types.DATE),
            Map.entry("year", Types.DATE),
            Map.entry("time", Types.TIME),
            Map.entry("datetime", Types.TIMESTAMP),
            Map.entry("timestamp", Types.TIMESTAMP),
            Map.entry("char", Types.CHAR),
            Map.entry("enum", Types.CHAR),
            Map.entry("set", Types.CHAR),
            Map.entry("varchar", Types.VARCHAR),
            Map.entry("tinytext", Types.VARCHAR),
            Map.entry("text", Types.LONGVARCHAR),
            Map.entry("mediumtext", Types.LONGVARCHAR),
            Map.entry("longtext", Types.LONGVARCHAR),
            Map.entry("json", Types.LONGVARCHAR),
            Map.entry("binary", Types.BINARY),
            Map.entry("geometry", Types.BINARY),
            Map.entry("varbinary", Types.VARBINARY),
            Map.entry("tinyblob", Types.VARBINARY),
            Map.entry("blob", Types.LONGVARBINARY),
            Map.entry("mediumblob", Types.LONGVARBINARY),
            Map.entry("longblob", Types.LONGVARBINARY));

    private JdbcTypes() {}

    /** {@link Types#OTHER} for a name that is not known. */
    static int of(String name) {
        return BY_NAME.getOrDefault(name.toLowerCase(Locale.ROOT), Types.OTHER);
    }
}
