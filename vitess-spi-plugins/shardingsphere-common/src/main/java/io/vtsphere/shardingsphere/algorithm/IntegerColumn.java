package io.vtsphere.shardingsphere.algorithm;

import io.vtsphere.shardingsphere.errors.HostErrors;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** An integer column. Also takes strings and decimals that MySQL finds equal to one integer. */
enum IntegerColumn implements ColumnType {
    SIGNED,
    UNSIGNED,
    /** Signed or not: for vindexes to which two's complement is the same in both. */
    ANY;

    private static final BigInteger INT_RANGE = BigInteger.ONE.shiftLeft(Integer.SIZE);
    private static final BigInteger LONG_RANGE = BigInteger.ONE.shiftLeft(Long.SIZE);
    private static final BigInteger MAX_SIGNED = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN_SIGNED = BigInteger.valueOf(Long.MIN_VALUE);
    /** Above it a double stands for several integers. */
    private static final double MAX_EXACT = 1L << 53;

    private static final int MAX_DIGITS = 100;

    @Override
    public SqlValue of(Object value) {
        BigInteger number = integer(value);
        if (number == null) {
            throw HostErrors.unsupported(Values.describe(value) + " for an integer column");
        }
        if (this == UNSIGNED && number.signum() < 0) {
            number = unsigned(value, number);
        }
        boolean fits = number.signum() < 0
                ? this != UNSIGNED && number.compareTo(MIN_SIGNED) >= 0
                : number.compareTo(this == SIGNED ? MAX_SIGNED : LONG_RANGE.subtract(BigInteger.ONE)) <= 0;
        if (!fits) {
            throw HostErrors.unsupported(Values.describe(value) + " is outside the range of a " + this + " column");
        }
        return literal(number);
    }

    /** A value of type INT64, or UINT64 where it needs that. */
    static SqlValue literal(BigInteger number) {
        return SqlValue.of(
                number.compareTo(MAX_SIGNED) > 0 ? SqlType.UINT64 : SqlType.INT64,
                number.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Hosts read the unsigned parameters of prepared statements as signed ones of the same width. */
    private static BigInteger unsigned(Object value, BigInteger number) {
        if (value instanceof Long) {
            return number.add(LONG_RANGE);
        }
        return value instanceof Integer ? number.add(INT_RANGE) : number;
    }

    /** The integer that MySQL finds equal to the value, or null if there is none or it cannot be told. */
    static @Nullable BigInteger integer(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return BigInteger.valueOf(((Number) value).longValue());
        }
        if (value instanceof BigInteger big) {
            return big;
        }
        if (value instanceof Boolean truth) {
            return truth ? BigInteger.ONE : BigInteger.ZERO;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return number == Math.rint(number) && Math.abs(number) < MAX_EXACT
                    ? BigInteger.valueOf((long) number)
                    : null;
        }
        if (value instanceof BigDecimal decimal) {
            return integral(decimal);
        }
        if (value instanceof byte[] bytes) {
            return parse(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        return value instanceof String text ? parse(text) : null;
    }

    private static @Nullable BigInteger parse(String text) {
        return Values.isNumber(text) && text.length() <= MAX_DIGITS ? integral(new BigDecimal(text.strip())) : null;
    }

    private static @Nullable BigInteger integral(BigDecimal decimal) {
        if (decimal.signum() == 0) {
            return BigInteger.ZERO;
        }
        BigDecimal shortest = decimal.stripTrailingZeros();
        return shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= MAX_DIGITS
                ? shortest.toBigInteger()
                : null;
    }
}
