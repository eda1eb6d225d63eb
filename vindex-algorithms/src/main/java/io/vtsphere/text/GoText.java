package io.vtsphere.text;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Texts in the spelling of Go's library, because Vitess' errors carry them to the client. */
public final class GoText {
    private static final HexFormat HEX = HexFormat.of();

    private GoText() {}

    public static String quote(String text) {
        return quote(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Go's {@code %q} of a string that may not be UTF-8: printable characters stay, everything else is escaped. */
    public static String quote(byte[] text) {
        StringBuilder out = new StringBuilder(text.length + 2).append('"');
        int i = 0;
        while (i < text.length) {
            int size = Utf8.sizeAt(text, i, text.length);
            if (size == 0) {
                out.append("\\x").append(HEX.toHexDigits(text[i]));
                i++;
                continue;
            }
            appendQuoted(out, Utf8.codePointAt(text, i, size));
            i += size;
        }
        return out.append('"').toString();
    }

    private static void appendQuoted(StringBuilder out, int codePoint) {
        switch (codePoint) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 11 -> out.append("\\v");
            default -> {
                if (Printable.is(codePoint)) {
                    out.appendCodePoint(codePoint);
                } else if (codePoint < ' ' || codePoint == 0x7f) {
                    out.append("\\x").append(HEX.toHexDigits((byte) codePoint));
                } else if (codePoint < 0x10000) {
                    out.append("\\u").append(HEX.toHexDigits((char) codePoint));
                } else {
                    out.append("\\U").append(HEX.toHexDigits((long) codePoint, 8));
                }
            }
        }
    }

    /**
     * The bytes of pairs of hexadecimal digits.
     *
     * @throws VtException with that code and the text of Go's {@code encoding/hex} after {@code prefix}
     */
    public static byte[] decodeHex(String text, Code code, String prefix) {
        return decodeHex(text.getBytes(StandardCharsets.UTF_8), 0, code, prefix);
    }

    public static byte[] decodeHex(byte[] text, int from, Code code, String prefix) {
        return decodeHex(text, from, text.length, code, prefix);
    }

    public static byte[] decodeHex(byte[] text, int from, int to, Code code, String prefix) {
        int length = to - from;
        byte[] out = new byte[length / 2];
        for (int i = 0; i < length; i++) {
            int digit = Character.digit(text[from + i], 16);
            if (digit < 0) {
                throw VtException.of(
                        code, prefix + "encoding/hex: invalid byte: " + unicodeName(text[from + i] & 0xFF));
            }
            if (i / 2 < out.length) {
                out[i / 2] = (byte) (out[i / 2] << 4 | digit);
            }
        }
        if ((length & 1) != 0) {
            throw VtException.of(code, prefix + "encoding/hex: odd length hex string");
        }
        return out;
    }

    /** Go's {@code %#U}. */
    private static String unicodeName(int codePoint) {
        String name = "U+" + HEX.withUpperCase().toHexDigits((char) codePoint);
        return Printable.is(codePoint) ? name + " '" + Character.toString(codePoint) + "'" : name;
    }
}
