package io.vtsphere.sqltypes;

import org.jspecify.annotations.Nullable;

/**
 * A SQL type with the number and flag bits that Vitess puts on the wire.
 *
 * <p>Source: {@code query.Type} in Vitess' {@code query.proto}. Immutable and thread-safe.
 */
public enum SqlType {
    NULL_TYPE(0),
    INT8(257),
    UINT8(770),
    INT16(259),
    UINT16(772),
    INT24(261),
    UINT24(774),
    INT32(263),
    UINT32(776),
    INT64(265),
    UINT64(778),
    FLOAT32(1035),
    FLOAT64(1036),
    TIMESTAMP(2061),
    DATE(2062),
    TIME(2063),
    DATETIME(2064),
    YEAR(785),
    DECIMAL(18),
    TEXT(6163),
    BLOB(10260),
    VARCHAR(6165),
    VARBINARY(10262),
    CHAR(6167),
    BINARY(10264),
    BIT(2073),
    ENUM(2074),
    SET(2075),
    TUPLE(28),
    GEOMETRY(2077),
    JSON(2078),
    EXPRESSION(31),
    HEXNUM(4128),
    HEXVAL(4129),
    BITNUM(4130),
    VECTOR(2083),
    RAW(2084),
    ROW_TUPLE(2085);

    private static final int INTEGRAL = 256;
    private static final int UNSIGNED = 512;
    private static final int FLOAT = 1024;
    private static final int QUOTED = 2048;
    private static final int TEXT_FLAG = 4096;
    private static final int BINARY_FLAG = 8192;

    /** Types by number modulo this size; every number above is below it after masking the flag bits. */
    private static final SqlType[] BY_LOW_BITS = new SqlType[64];

    static {
        for (SqlType type : values()) {
            BY_LOW_BITS[type.number & 63] = type;
        }
    }

    private final int number;

    SqlType(int number) {
        this.number = number;
    }

    /** The number of {@code query.Type}. */
    public int number() {
        return number;
    }

    /** The type with that {@code query.Type} number, or null where Vitess v24 knows none. */
    public static @Nullable SqlType ofNumber(int number) {
        SqlType type = BY_LOW_BITS[number & 63];
        return type != null && type.number == number ? type : null;
    }

    public boolean isIntegral() {
        return (number & INTEGRAL) != 0;
    }

    public boolean isSigned() {
        return isIntegral() && (number & UNSIGNED) == 0;
    }

    public boolean isUnsigned() {
        return isIntegral() && (number & UNSIGNED) != 0;
    }

    public boolean isFloat() {
        return (number & FLOAT) != 0;
    }

    /** Whether a literal of this type is written in quotes. */
    public boolean isQuoted() {
        return (number & QUOTED) != 0 && this != BIT;
    }

    public boolean isText() {
        return (number & TEXT_FLAG) != 0 && (number & QUOTED) != 0;
    }

    /** Whether values are bytes without a character set. */
    public boolean isBinary() {
        return (number & BINARY_FLAG) != 0;
    }

    public boolean isNumber() {
        return isIntegral() || isFloat() || this == DECIMAL;
    }
}
