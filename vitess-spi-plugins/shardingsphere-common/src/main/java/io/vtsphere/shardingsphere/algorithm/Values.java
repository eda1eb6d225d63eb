package io.vtsphere.shardingsphere.algorithm;

import io.vtsphere.shardingsphere.errors.HostErrors;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Java values as hosts hand them over. */
final class Values {
    private static final Pattern NUMBER =
            Pattern.compile("[ \\t\\n]*[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?[ \\t\\n]*");
    private static final Pattern CANONICAL_INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final int SHOWN = 64;

    private Values() {}

    /** Whether MySQL reads the whole text as a number. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Whether the text is the one by which MySQL prints an integer. */
    static boolean isCanonicalInteger(String text) {
        return CANONICAL_INTEGER.matcher(text).matches();
    }

    /** The text in UTF-8; refused when it is not text. */
    static byte[] utf8(String text) {
        try {
            ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw HostErrors.unsupported(describe(text) + ", which holds half a character");
        }
    }

    /** Type and value for an error's text. */
    static String describe(Object value) {
        String text = value instanceof byte[] bytes ? bytes.length + " bytes" : String.valueOf(value);
        return value.getClass().getSimpleName() + " '" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text)
                + "'";
    }
}
