package io.vtsphere.executor.rows;

import com.google.protobuf.ByteString;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** MySQL's text form of numbers, both ways. */
public final class Numbers {
    /** Decimal digits that a double always keeps ({@code DBL_DIG}). */
    private static final int DOUBLE_DIGITS = 15;

    private Numbers() {}

    public static long signed(ByteString text) {
        return Long.parseLong(ascii(text));
    }

    public static long unsigned(ByteString text) {
        return Long.parseUnsignedLong(ascii(text));
    }

    public static BigDecimal decimal(ByteString text) {
        return new BigDecimal(ascii(text));
    }

    public static double floating(ByteString text) {
        return Double.parseDouble(ascii(text));
    }

    public static ByteString text(long value) {
        return ByteString.copyFrom(Long.toString(value), StandardCharsets.US_ASCII);
    }

    /** All digits of the scale, never an exponent. */
    public static ByteString text(BigDecimal value) {
        return ByteString.copyFrom(value.toPlainString(), StandardCharsets.US_ASCII);
    }

    /**
     * A DOUBLE as MySQL prints it: the shortest digits that read back as the same value, with an exponent only where the point would lie
     * far outside them. Source: {@code my_gcvt} in MySQL's {@code strings/dtoa.cc}.
     */
    public static ByteString text(double value) {
        return ByteString.copyFrom(print(value), StandardCharsets.US_ASCII);
    }

    private static String print(double value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal shortest = shortest(value).stripTrailingZeros();
        String digits = shortest.unscaledValue().abs().toString();
        int point = digits.length() - shortest.scale();
        boolean fixed = point >= -DOUBLE_DIGITS + 1 && (point <= DOUBLE_DIGITS || digits.length() > point);
        if (fixed) {
            return shortest.toPlainString();
        }
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return (value < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (point - 1);
    }

    private static BigDecimal shortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN));
    }

    private static String ascii(ByteString text) {
        return text.toString(StandardCharsets.US_ASCII);
    }
}
