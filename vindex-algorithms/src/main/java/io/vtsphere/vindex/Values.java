package io.vtsphere.vindex;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.text.GoText;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * SQL values as bytes and as numbers, the way vindexes read them.
 *
 * <p>Source: Vitess' {@code go/sqltypes/value.go} and {@code go/mysql/fastparse}.
 */
final class Values {
    private static final long MAX_UNSIGNED_TENTH = Long.divideUnsigned(-1L, 10);

    private Values() {}

    /**
     * The bytes that byte-wise vindexes hash: the text form, decoded for hexadecimal and bit literals; none for NULL. Not a copy where
     * nothing is decoded.
     */
    static byte[] toBytes(SqlValue value) {
        byte[] text = value.bytes();
        return switch (value.type()) {
            case EXPRESSION -> throw VtException.of(Code.INVALID_ARGUMENT, "expression cannot be converted to bytes");
            case HEXVAL -> decodeHexVal(text);
            case HEXNUM -> decodeHexNum(text);
            case BITNUM -> decodeBitNum(text);
            default -> text;
        };
    }

    private static byte[] decodeHexVal(byte[] text) {
        int last = text.length - 1;
        if (last < 2 || (text[0] != 'x' && text[0] != 'X') || text[1] != '\'' || text[last] != '\'') {
            throw VtException.of(Code.INTERNAL, "invalid hex value: " + decimals(text));
        }
        return GoText.decodeHex(text, 2, last, Code.UNKNOWN, "");
    }

    private static byte[] decodeHexNum(byte[] text) {
        if (text.length < 3 || text[0] != '0' || text[1] != 'x') {
            throw VtException.of(Code.INTERNAL, "invalid hex number: " + decimals(text));
        }
        return GoText.decodeHex(text, 2, text.length, Code.UNKNOWN, "");
    }

    /** The number in as few bytes as it needs; digits may be separated by single underscores, as Go's big numbers allow. */
    private static byte[] decodeBitNum(byte[] text) {
        boolean valid = text.length >= 3 && text[0] == '0' && text[1] == 'b' && text[text.length - 1] != '_';
        StringBuilder digits = new StringBuilder(text.length);
        for (int i = 2; valid && i < text.length; i++) {
            if (text[i] == '0' || text[i] == '1') {
                digits.append((char) text[i]);
            } else {
                valid = text[i] == '_' && text[i - 1] != '_';
            }
        }
        if (!valid) {
            throw VtException.of(Code.INTERNAL, "invalid bit number: " + decimals(text));
        }
        byte[] number = new BigInteger(digits.toString(), 2).toByteArray();
        return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }

    /** Go's {@code %v} of bytes. */
    private static String decimals(byte[] text) {
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < text.length; i++) {
            out.append(i == 0 ? "" : " ").append(text[i] & 0xFF);
        }
        return out.append(']').toString();
    }

    /** Whether the text form is an unsigned decimal number of 64 bits, blanks around it allowed; never throws. */
    static boolean isUint64(byte[] text) {
        return numberError(text) == NumberError.NONE;
    }

    /** The number of a text for which {@link #isUint64} holds. */
    static long parseUint64(byte[] text) {
        int i = skipBlanks(text, 0);
        long number = 0;
        while (i < text.length && isDigit(text[i])) {
            number = number * 10 + (text[i++] - '0');
        }
        return number;
    }

    /**
     * The unsigned number of the text form, whatever the type says.
     *
     * @throws VtException UNKNOWN with the text of Vitess' parser
     */
    static long toUint64(SqlValue value) {
        byte[] text = value.bytes();
        NumberError error = numberError(text);
        if (error == NumberError.NONE) {
            return parseUint64(text);
        }
        throw VtException.of(Code.UNKNOWN, error.describe(text));
    }

    private static NumberError numberError(byte[] text) {
        if (text.length == 0) {
            return NumberError.EMPTY;
        }
        int start = skipBlanks(text, 0);
        int i = start;
        long number = 0;
        while (i < text.length && isDigit(text[i])) {
            int digit = text[i] - '0';
            int order = Long.compareUnsigned(number, MAX_UNSIGNED_TENTH);
            if (order > 0 || (order == 0 && digit > 5)) {
                return NumberError.OVERFLOW;
            }
            number = number * 10 + digit;
            i++;
        }
        if (i == start) {
            return NumberError.NO_DIGITS;
        }
        return skipBlanks(text, i) < text.length ? NumberError.TAIL : NumberError.NONE;
    }

    private static int skipBlanks(byte[] text, int from) {
        int i = from;
        while (i < text.length && (text[i] == ' ' || text[i] == '\t')) {
            i++;
        }
        return i;
    }

    static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private enum NumberError {
        NONE,
        EMPTY,
        NO_DIGITS,
        TAIL,
        OVERFLOW;

        String describe(byte[] text) {
            String quoted = GoText.quote(text);
            return switch (this) {
                case EMPTY -> "cannot parse uint64 from empty string";
                case TAIL -> {
                    int i = skipBlanks(text, 0);
                    while (isDigit(text[i])) {
                        i++;
                    }
                    i = skipBlanks(text, i);
                    String tail = GoText.quote(Arrays.copyOfRange(text, i, text.length));
                    yield "unparsed tail left after parsing uint64 from " + quoted + ": " + tail;
                }
                case OVERFLOW -> "cannot parse uint64 from " + quoted + ": overflow";
                default -> "cannot parse uint64 from " + quoted;
            };
        }
    }

    /** Whether the text is a signed decimal number of 64 bits, with a sign of either kind and no blanks. */
    static boolean isInt64(byte[] text) {
        int start = text.length > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
        if (start == text.length) {
            return false;
        }
        long limit = text[0] == '-' ? Long.MIN_VALUE : -Long.MAX_VALUE;
        long negated = 0;
        for (int i = start; i < text.length; i++) {
            if (!isDigit(text[i])) {
                return false;
            }
            int digit = text[i] - '0';
            if (negated < limit / 10 || negated * 10 < limit + digit) {
                return false;
            }
            negated = negated * 10 - digit;
        }
        return true;
    }

    /** The number of a text for which {@link #isInt64} holds. */
    static long parseInt64(byte[] text) {
        long negated = 0;
        for (int i = isDigit(text[0]) ? 0 : 1; i < text.length; i++) {
            negated = negated * 10 - (text[i] - '0');
        }
        return text[0] == '-' ? negated : -negated;
    }

    /** The text of Go's {@code strconv.ParseInt} for a text for which {@link #isInt64} does not hold. */
    static String parseIntError(byte[] text) {
        int start = text.length > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
        boolean digitsOnly = start < text.length;
        for (int i = start; i < text.length; i++) {
            digitsOnly &= isDigit(text[i]);
        }
        String reason = digitsOnly ? "value out of range" : "invalid syntax";
        return "strconv.ParseInt: parsing " + GoText.quote(text) + ": " + reason;
    }
}
