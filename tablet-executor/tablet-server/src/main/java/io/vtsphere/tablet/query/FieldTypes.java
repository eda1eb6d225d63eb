package io.vtsphere.tablet.query;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;

/**
 * The Vitess type of a MySQL column, from its protocol type and flags alone.
 *
 * <p>MySQL sets the binary flag for {@code _bin} collations too, so such text columns are VARBINARY here, as in Vitess. Source:
 * {@code MySQLToType} in {@code go/sqltypes/type.go}. Stateless.
 */
final class FieldTypes {
    private static final int UNSIGNED = 32;
    private static final int BINARY = 128;
    private static final int ENUM = 256;
    private static final int SET = 2048;

    /** NUM_FLAG: MySQL does not send it, client libraries (Vitess too) set it. */
    static final int NUMERIC = 32768;

    private FieldTypes() {}

    /** {@code IS_NUM} of MySQL's client library. */
    static boolean isNumeric(int protocolType) {
        return protocolType <= 9 && protocolType != 7 || protocolType == 13 || protocolType == 246;
    }

    static SqlType of(int protocolType, int flags) {
        return modify(base(protocolType), flags);
    }

    private static SqlType base(int protocolType) {
        return switch (protocolType) {
            case 0, 246 -> SqlType.DECIMAL;
            case 1 -> SqlType.INT8;
            case 2 -> SqlType.INT16;
            case 3 -> SqlType.INT32;
            case 4 -> SqlType.FLOAT32;
            case 5 -> SqlType.FLOAT64;
            case 6 -> SqlType.NULL_TYPE;
            case 7, 17 -> SqlType.TIMESTAMP;
            case 8 -> SqlType.INT64;
            case 9 -> SqlType.INT24;
            case 10 -> SqlType.DATE;
            case 11, 19 -> SqlType.TIME;
            case 12, 18 -> SqlType.DATETIME;
            case 13 -> SqlType.YEAR;
            case 15, 253 -> SqlType.VARCHAR;
            case 16 -> SqlType.BIT;
            case 242 -> SqlType.VECTOR;
            case 245 -> SqlType.JSON;
            case 247 -> SqlType.ENUM;
            case 248 -> SqlType.SET;
            case 249, 250, 251, 252 -> SqlType.TEXT;
            case 254 -> SqlType.CHAR;
            case 255 -> SqlType.GEOMETRY;
            default -> throw VtException.of(Code.INTERNAL, "unsupported type: " + protocolType);
        };
    }

    private static SqlType modify(SqlType type, int flags) {
        boolean unsigned = (flags & UNSIGNED) != 0;
        boolean binary = (flags & BINARY) != 0;
        return switch (type) {
            case INT8 -> unsigned ? SqlType.UINT8 : type;
            case INT16 -> unsigned ? SqlType.UINT16 : type;
            case INT24 -> unsigned ? SqlType.UINT24 : type;
            case INT32 -> unsigned ? SqlType.UINT32 : type;
            case INT64 -> unsigned ? SqlType.UINT64 : type;
            case TEXT -> binary ? SqlType.BLOB : type;
            case VARCHAR -> binary ? SqlType.VARBINARY : type;
            case CHAR -> {
                if (binary) {
                    yield SqlType.BINARY;
                }
                yield (flags & ENUM) != 0 ? SqlType.ENUM : (flags & SET) != 0 ? SqlType.SET : type;
            }
            default -> type;
        };
    }
}
