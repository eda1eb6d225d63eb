package io.vtsphere.shardingsphere.kernel.v51;

import io.vitess.proto.Query;
import io.vtsphere.mysql.CharacterSets;
import io.vtsphere.mysql.ColumnFlags;
import io.vtsphere.sqltypes.SqlType;
import java.sql.Types;
import java.util.Locale;
import java.util.Map;
import org.apache.shardingsphere.proxy.backend.response.header.query.impl.QueryHeader;
import org.jspecify.annotations.Nullable;

/** The kernel's column headers as fields. Stateless. */
final class KernelFields {
    private static final int UTF8MB4 = 255;
    private static final Map<String, SqlType> BY_NAME = Map.ofEntries(
            Map.entry("TINYINT", SqlType.INT8),
            Map.entry("SMALLINT", SqlType.INT16),
            Map.entry("MEDIUMINT", SqlType.INT24),
            Map.entry("INT", SqlType.INT32),
            Map.entry("INTEGER", SqlType.INT32),
            Map.entry("BIGINT", SqlType.INT64),
            Map.entry("TINYINT UNSIGNED", SqlType.UINT8),
            Map.entry("SMALLINT UNSIGNED", SqlType.UINT16),
            Map.entry("MEDIUMINT UNSIGNED", SqlType.UINT24),
            Map.entry("INT UNSIGNED", SqlType.UINT32),
            Map.entry("INTEGER UNSIGNED", SqlType.UINT32),
            Map.entry("BIGINT UNSIGNED", SqlType.UINT64),
            Map.entry("FLOAT", SqlType.FLOAT32),
            Map.entry("FLOAT UNSIGNED", SqlType.FLOAT32),
            Map.entry("DOUBLE", SqlType.FLOAT64),
            Map.entry("DOUBLE UNSIGNED", SqlType.FLOAT64),
            Map.entry("DECIMAL", SqlType.DECIMAL),
            Map.entry("DECIMAL UNSIGNED", SqlType.DECIMAL),
            Map.entry("DATE", SqlType.DATE),
            Map.entry("DATETIME", SqlType.DATETIME),
            Map.entry("TIMESTAMP", SqlType.TIMESTAMP),
            Map.entry("TIME", SqlType.TIME),
            Map.entry("YEAR", SqlType.YEAR),
            Map.entry("CHAR", SqlType.CHAR),
            Map.entry("VARCHAR", SqlType.VARCHAR),
            Map.entry("TINYTEXT", SqlType.TEXT),
            Map.entry("TEXT", SqlType.TEXT),
            Map.entry("MEDIUMTEXT", SqlType.TEXT),
            Map.entry("LONGTEXT", SqlType.TEXT),
            Map.entry("TINYBLOB", SqlType.BLOB),
            Map.entry("BLOB", SqlType.BLOB),
            Map.entry("MEDIUMBLOB", SqlType.BLOB),
            Map.entry("LONGBLOB", SqlType.BLOB),
            Map.entry("BINARY", SqlType.BINARY),
            Map.entry("VARBINARY", SqlType.VARBINARY),
            Map.entry("BIT", SqlType.BIT),
            Map.entry("JSON", SqlType.JSON),
            Map.entry("ENUM", SqlType.ENUM),
            Map.entry("SET", SqlType.SET),
            Map.entry("GEOMETRY", SqlType.GEOMETRY),
            Map.entry("NULL", SqlType.NULL_TYPE));

    private KernelFields() {}

    static Query.Field of(QueryHeader header) {
        SqlType type = type(header);
        boolean text = type.isText() || type == SqlType.ENUM || type == SqlType.SET || type == SqlType.JSON;
        boolean unsigned = !header.isSigned() && type.isUnsigned();
        int flags = (header.isNotNull() ? ColumnFlags.NOT_NULL : 0)
                | (header.isPrimaryKey() ? ColumnFlags.PRI_KEY : 0)
                | (header.isAutoIncrement() ? ColumnFlags.AUTO_INCREMENT : 0)
                | (unsigned ? ColumnFlags.UNSIGNED : 0)
                | (type.isBinary() ? ColumnFlags.BINARY : 0);
        return Query.Field.newBuilder()
                .setName(header.getColumnLabel())
                .setOrgName(text(header.getColumnName()))
                .setTable(text(header.getTable()))
                .setOrgTable(text(header.getTable()))
                .setDatabase(text(header.getSchema()))
                .setTypeValue(type.number())
                .setCharset(text ? UTF8MB4 : CharacterSets.BINARY)
                .setColumnLength(Math.max(0, header.getColumnLength()))
                .setDecimals(Math.max(0, header.getDecimals()))
                .setFlags(flags)
                .build();
    }

    private static String text(@Nullable String name) {
        return name == null ? "" : name;
    }

    private static SqlType type(QueryHeader header) {
        String name = text(header.getColumnTypeName()).toUpperCase(Locale.ROOT);
        SqlType type = BY_NAME.get(name);
        if (type == null) {
            return byNumber(header.getColumnType());
        }
        // some drivers leave the word out
        SqlType unsigned = header.isSigned() || !type.isIntegral() ? null : BY_NAME.get(name + " UNSIGNED");
        return unsigned == null ? type : unsigned;
    }

    private static SqlType byNumber(int type) {
        return switch (type) {
            case Types.TINYINT -> SqlType.INT8;
            case Types.SMALLINT -> SqlType.INT16;
            case Types.INTEGER -> SqlType.INT32;
            case Types.BIGINT -> SqlType.INT64;
            case Types.REAL -> SqlType.FLOAT32;
            case Types.FLOAT, Types.DOUBLE -> SqlType.FLOAT64;
            case Types.DECIMAL, Types.NUMERIC -> SqlType.DECIMAL;
            case Types.DATE -> SqlType.DATE;
            case Types.TIME -> SqlType.TIME;
            case Types.TIMESTAMP -> SqlType.DATETIME;
            case Types.BIT, Types.BOOLEAN -> SqlType.BIT;
            case Types.BINARY -> SqlType.BINARY;
            case Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> SqlType.BLOB;
            default -> SqlType.VARCHAR;
        };
    }
}
