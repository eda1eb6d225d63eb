package io.vtsphere.frontend;

import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query;
import io.vtsphere.mysql.CharacterSets;
import io.vtsphere.mysql.ColumnDefinition;
import io.vtsphere.mysql.ColumnFlags;
import io.vtsphere.mysql.ColumnType;
import io.vtsphere.sqltypes.SqlType;

/**
 * A Vitess field as a MySQL column definition.
 *
 * <p>Flags of the field win over those that its type implies. Source: Vitess' {@code go/sqltypes/type.go}, typeToMySQL.
 */
final class FieldTypes {
    /** {@code type | flags << 8} by the low bits of the Vitess type, which tell all types apart. */
    private static final int[] BY_LOW_BITS = new int[64];

    static {
        java.util.Arrays.fill(BY_LOW_BITS, ColumnType.VAR_STRING);
        put(SqlType.NULL_TYPE, ColumnType.NULL, ColumnFlags.BINARY);
        put(SqlType.INT8, ColumnType.TINY, 0);
        put(SqlType.UINT8, ColumnType.TINY, ColumnFlags.UNSIGNED);
        put(SqlType.INT16, ColumnType.SHORT, 0);
        put(SqlType.UINT16, ColumnType.SHORT, ColumnFlags.UNSIGNED);
        put(SqlType.INT24, ColumnType.INT24, 0);
        put(SqlType.UINT24, ColumnType.INT24, ColumnFlags.UNSIGNED);
        put(SqlType.INT32, ColumnType.LONG, 0);
        put(SqlType.UINT32, ColumnType.LONG, ColumnFlags.UNSIGNED);
        put(SqlType.INT64, ColumnType.LONGLONG, 0);
        put(SqlType.UINT64, ColumnType.LONGLONG, ColumnFlags.UNSIGNED);
        put(SqlType.FLOAT32, ColumnType.FLOAT, 0);
        put(SqlType.FLOAT64, ColumnType.DOUBLE, 0);
        put(SqlType.TIMESTAMP, ColumnType.TIMESTAMP, 0);
        put(SqlType.DATE, ColumnType.DATE, ColumnFlags.BINARY);
        put(SqlType.TIME, ColumnType.TIME, ColumnFlags.BINARY);
        put(SqlType.DATETIME, ColumnType.DATETIME, ColumnFlags.BINARY);
        put(SqlType.YEAR, ColumnType.YEAR, ColumnFlags.UNSIGNED);
        put(SqlType.BIT, ColumnType.BIT, ColumnFlags.UNSIGNED);
        put(SqlType.JSON, ColumnType.JSON, 0);
        put(SqlType.DECIMAL, ColumnType.NEWDECIMAL, 0);
        put(SqlType.TEXT, ColumnType.BLOB, 0);
        put(SqlType.BLOB, ColumnType.BLOB, ColumnFlags.BINARY);
        put(SqlType.VARCHAR, ColumnType.VAR_STRING, 0);
        put(SqlType.VARBINARY, ColumnType.VAR_STRING, ColumnFlags.BINARY);
        put(SqlType.CHAR, ColumnType.STRING, 0);
        put(SqlType.BINARY, ColumnType.STRING, ColumnFlags.BINARY);
        put(SqlType.ENUM, ColumnType.STRING, ColumnFlags.ENUM);
        put(SqlType.SET, ColumnType.STRING, ColumnFlags.SET);
        put(SqlType.GEOMETRY, ColumnType.GEOMETRY, 0);
        put(SqlType.VECTOR, ColumnType.VECTOR, 0);
    }

    private FieldTypes() {}

    private static void put(SqlType type, int mysqlType, int flags) {
        BY_LOW_BITS[type.number() & 63] = mysqlType | flags << 8;
    }

    /** The {@link ColumnType} of the field. */
    static int mysqlType(Query.Field field) {
        return BY_LOW_BITS[field.getTypeValue() & 63] & 0xff;
    }

    /** Whether values are text in a character set, so that a client which does not speak UTF-8 gets them converted. */
    static boolean isText(Query.Field field) {
        SqlType type = SqlType.ofNumber(field.getTypeValue());
        return type != null
                && field.getCharset() != CharacterSets.BINARY
                && (type.isText() || type == SqlType.ENUM || type == SqlType.SET || type == SqlType.JSON);
    }

    /**
     * Writes the column definition.
     *
     * @param textCollation collation id announced for text columns; 0 keeps the field's own
     */
    static void writeDefinition(ByteBuf out, Query.Field field, int textCollation) {
        int type = BY_LOW_BITS[field.getTypeValue() & 63];
        int flags = field.getFlags() != 0 ? field.getFlags() : type >>> 8;
        ColumnDefinition.encode(
                out,
                field.getDatabase(),
                field.getTable(),
                field.getOrgTable(),
                field.getName(),
                field.getOrgName(),
                textCollation != 0 && isText(field) ? textCollation : field.getCharset(),
                Integer.toUnsignedLong(field.getColumnLength()),
                type & 0xff,
                flags,
                field.getDecimals());
    }
}
