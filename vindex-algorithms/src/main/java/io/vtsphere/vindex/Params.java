package io.vtsphere.vindex;

import io.vtsphere.text.GoText;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Readers of parameters. */
final class Params {
    private Params() {}

    /**
     * {@code true} or {@code false}, exactly; false where it is not given.
     *
     * @throws VtException INVALID_ARGUMENT if it is neither
     */
    static boolean bool(Map<String, String> params, String key) {
        String value = params.getOrDefault(key, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw VtException.of(Code.INVALID_ARGUMENT, key + " value must be 'true' or 'false': '" + value + "'");
        }
        return value.equals("true");
    }

    /**
     * A decimal number, as Go's {@code strconv.Atoi}.
     *
     * @throws VtException UNKNOWN with Go's text
     */
    static int integer(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        if (Values.isInt64(text)) {
            long number = Values.parseInt64(text);
            // No parameter has a use for more than 32 bits; the nearest number fails the same checks.
            return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
        }
        throw VtException.of(Code.UNKNOWN, Values.parseIntError(text).replaceFirst("strconv.ParseInt", "strconv.Atoi"));
    }

    /** Whether {@link #unsigned} takes that text. */
    static boolean isUnsigned(String value) {
        return isDigits(value) && Values.isUint64(value.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isDigits(String value) {
        return !value.isEmpty() && value.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    /**
     * An unsigned decimal number of 64 bits without sign or blanks, as Go's {@code strconv.ParseUint}.
     *
     * @throws VtException UNKNOWN with Go's text
     */
    static long unsigned(String value) {
        if (isUnsigned(value)) {
            return Values.parseUint64(value.getBytes(StandardCharsets.UTF_8));
        }
        String reason = isDigits(value) ? "value out of range" : "invalid syntax";
        throw VtException.of(Code.UNKNOWN, "strconv.ParseUint: parsing " + GoText.quote(value) + ": " + reason);
    }
}
