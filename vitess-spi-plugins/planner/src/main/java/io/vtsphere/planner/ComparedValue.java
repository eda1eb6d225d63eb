package io.vtsphere.planner;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.Vindex;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value by which a vindex over integers finds the rows that MySQL finds equal to a given value.
 *
 * <p>MySQL compares an integer column with a value of another type as numbers: {@code 2.0}, {@code 0x02}, {@code '2'} and {@code '2 apples'}
 * all equal 2, {@code 'x'} equals 0, {@code 2.5} equals no row. A vindex knows integers only. Source: MySQL 8.0, Type Conversion in
 * Expression Evaluation.
 */
public final class ComparedValue {
    /** The types that map integers. */
    private static final Set<String> INTEGER_VINDEXES =
            Set.of("hash", "numeric", "reverse_bits", "numeric_static_map", "lookup_hash", "lookup_hash_unique");

    private static final Pattern NUMBER_PREFIX =
            Pattern.compile("\\s*([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?).*", Pattern.DOTALL);

    private ComparedValue() {}

    /**
     * The value to map in place of {@code value}: the integer that it equals, for a vindex over integers; NULL when no integer equals it;
     * the value itself for other vindexes.
     */
    public static SqlValue of(Vindex vindex, SqlValue value) {
        boolean asItIs = value.isNull() || value.type().isIntegral() || !knowsIntegers(vindex);
        return asItIs ? value : converted(value);
    }

    /** Whether the vindex maps integers, and not their texts. */
    static boolean knowsIntegers(Vindex vindex) {
        return INTEGER_VINDEXES.contains(vindex.type());
    }

    /** The integer that a column of integers equals, as MySQL shows it; NULL when it equals none. */
    public static SqlValue ofInteger(SqlValue value) {
        return value.isNull() ? value : converted(value);
    }

    private static SqlValue converted(SqlValue value) {
        BigDecimal number = number(value);
        return number == null ? value : integer(number);
    }

    private static @Nullable BigDecimal number(SqlValue value) {
        SqlType type = value.type();
        if (type == SqlType.HEXNUM || type == SqlType.HEXVAL || type == SqlType.BITNUM) {
            return literal(type, value.text());
        }
        if (!type.isNumber() && !type.isText() && !type.isBinary()) {
            return null;
        }
        Matcher prefix = NUMBER_PREFIX.matcher(value.text());
        return prefix.matches() ? new BigDecimal(prefix.group(1)) : BigDecimal.ZERO;
    }

    /** {@code 0x41}, {@code x'41'}, {@code 0b101}: big-endian bytes or bits of a number. */
    private static BigDecimal literal(SqlType type, String text) {
        if (type == SqlType.BITNUM) {
            return new BigDecimal(new BigInteger("0" + text.substring(2), 2));
        }
        String digits = type == SqlType.HEXNUM ? text.substring(2) : text.substring(2, text.length() - 1);
        byte[] bytes = HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
        return new BigDecimal(new BigInteger(1, bytes));
    }

    private static SqlValue integer(BigDecimal number) {
        boolean huge = number.precision() - number.scale() > 20;
        if (huge || number.stripTrailingZeros().scale() > 0) {
            return SqlValue.NULL;
        }
        BigInteger integer = number.toBigIntegerExact();
        if (integer.bitLength() > Long.SIZE || (integer.signum() < 0 && integer.bitLength() >= Long.SIZE)) {
            return SqlValue.NULL;
        }
        SqlType type = integer.bitLength() < Long.SIZE ? SqlType.INT64 : SqlType.UINT64;
        return SqlValue.of(type, integer.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
