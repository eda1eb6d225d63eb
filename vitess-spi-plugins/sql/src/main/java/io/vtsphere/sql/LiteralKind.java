package io.vtsphere.sql;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.nio.charset.StandardCharsets;

/** The types that the normaliser tells literals apart by; the letter stands in the key. */
enum LiteralKind {
    INT64('i', SqlType.INT64),
    UINT64('u', SqlType.UINT64),
    DECIMAL('d', SqlType.DECIMAL),
    FLOAT('f', SqlType.FLOAT64),
    STRING('s', SqlType.VARCHAR),
    HEX_STRING('x', SqlType.HEXVAL),
    HEX_NUMBER('h', SqlType.HEXNUM),
    BIT_STRING('b', SqlType.BITNUM),
    BIT_NUMBER('n', SqlType.BITNUM),
    /** The parenthesised list of an IN. */
    LIST('l', SqlType.TUPLE);

    private static final LiteralKind[] ALL = values();
    private static final String MAX_LONG = Long.toString(Long.MAX_VALUE);
    private static final String MAX_UNSIGNED = Long.toUnsignedString(-1);
    private static final String MIN_LONG = Long.toString(Long.MIN_VALUE);

    private final char letter;
    private final SqlType type;

    LiteralKind(char letter, SqlType type) {
        this.letter = letter;
        this.type = type;
    }

    static LiteralKind of(int ordinal) {
        return ALL[ordinal];
    }

    char letter() {
        return letter;
    }

    SqlType type() {
        return type;
    }

    static boolean isLiteral(Token token) {
        return switch (token) {
            case INTEGER, DECIMAL, FLOAT, STRING, HEX_STRING, HEX_NUMBER, BIT_STRING, BIT_NUMBER -> true;
            default -> false;
        };
    }

    static LiteralKind of(Token token, String sql, int start, int end) {
        return switch (token) {
            case INTEGER -> integer(sql, start, end);
            case DECIMAL -> DECIMAL;
            case FLOAT -> FLOAT;
            case HEX_STRING -> HEX_STRING;
            case HEX_NUMBER -> HEX_NUMBER;
            // b'' and x'' are the same empty string of bytes, but 0b is nothing
            case BIT_STRING -> end - start == 3 ? HEX_STRING : BIT_STRING;
            case BIT_NUMBER -> BIT_NUMBER;
            default -> STRING;
        };
    }

    /** The type of an integer by its size. Source: MySQL manual, "Numeric Literals". */
    private static LiteralKind integer(String sql, int start, int end) {
        if (end - start < MAX_LONG.length()) {
            return INT64;
        }
        int from = start;
        while (from < end - 1 && sql.charAt(from) == '0') {
            from++;
        }
        if (!isAbove(sql, from, end, MAX_LONG)) {
            return INT64;
        }
        return isAbove(sql, from, end, MAX_UNSIGNED) ? DECIMAL : UINT64;
    }

    private static boolean isAbove(String sql, int start, int end, String limit) {
        if (end - start != limit.length()) {
            return end - start > limit.length();
        }
        return sql.substring(start, end).compareTo(limit) > 0;
    }

    /** Whether a minus before it gives a value of the same type. */
    boolean isNegatable() {
        return this == INT64 || this == DECIMAL || this == FLOAT;
    }

    /** The value in Vitess' form: hex as {@code x'41'} or {@code 0x41}, bits as {@code 0b01}, numbers as written. */
    SqlValue value(String raw, boolean negated) {
        String text = raw;
        SqlType valueType = type;
        if (this == HEX_STRING) {
            text = "x" + raw.substring(1);
        } else if (this == BIT_STRING) {
            text = "0b" + raw.substring(2, raw.length() - 1);
        } else if (negated) {
            text = "-" + raw;
            if (this == UINT64) {
                // only inside lists, where the type is not part of the key
                valueType = text.equals(MIN_LONG) ? SqlType.INT64 : SqlType.DECIMAL;
            }
        }
        return SqlValue.of(valueType, text.getBytes(StandardCharsets.US_ASCII));
    }
}
