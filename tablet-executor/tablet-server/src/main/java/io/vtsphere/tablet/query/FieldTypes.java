package io.vtsphere.tablet.query;

import io.vitess.proto.Query.Type;
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

    private FieldTypes() {}

    static Type of(int protocolType, int flags) {
        return modify(base(protocolType), flags);
    }

    private static Type base(int protocolType) {
        return switch (protocolType) {
            case 0, 246 -> Type.DECIMAL;
            case 1 -> Type.INT8;
            case 2 -> Type.INT16;
            case 3 -> Type.INT32;
            case 4 -> Type.FLOAT32;
            case 5 -> Type.FLOAT64;
            case 6 -> Type.NULL_TYPE;
            case 7, 17 -> Type.TIMESTAMP;
            case 8 -> Type.INT64;
            case 9 -> Type.INT24;
            case 10 -> Type.DATE;
            case 11, 19 -> Type.TIME;
            case 12, 18 -> Type.DATETIME;
            case 13 -> Type.YEAR;
            case 15, 253 -> Type.VARCHAR;
            case 16 -> Type.BIT;
            case 242 -> Type.VECTOR;
            case 245 -> Type.JSON;
            case 247 -> Type.ENUM;
            case 248 -> Type.SET;
            case 249, 250, 251, 252 -> Type.TEXT;
            case 254 -> Type.CHAR;
            case 255 -> Type.GEOMETRY;
            default -> throw VtException.of(Code.INTERNAL, "unsupported type: " + protocolType);
        };
    }

    private static Type modify(Type type, int flags) {
        boolean unsigned = (flags & UNSIGNED) != 0;
        boolean binary = (flags & BINARY) != 0;
        return switch (type) {
            case INT8 -> unsigned ? Type.UINT8 : type;
            case INT16 -> unsigned ? Type.UINT16 : type;
            case INT24 -> unsigned ? Type.UINT24 : type;
            case INT32 -> unsigned ? Type.UINT32 : type;
            case INT64 -> unsigned ? Type.UINT64 : type;
            case TEXT -> binary ? Type.BLOB : type;
            case VARCHAR -> binary ? Type.VARBINARY : type;
            case CHAR -> {
                if (binary) {
                    yield Type.BINARY;
                }
                yield (flags & ENUM) != 0 ? Type.ENUM : (flags & SET) != 0 ? Type.SET : type;
            }
            default -> type;
        };
    }
}
