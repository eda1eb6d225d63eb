package io.vtsphere.sql;

import java.nio.charset.StandardCharsets;

/**
 * The way from the bytes of a statement to the String that is parsed, and back, without loss.
 *
 * <p>A client may send bytes that are not UTF-8 (a {@code _binary'…'} string, for one). Each such byte {@code 0xNN} becomes the single
 * low surrogate {@code U+DCNN}, which no valid text contains, and becomes that byte again.
 */
public final class SqlText {
    private SqlText() {}

    /** The text of those bytes. */
    public static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : decodeLossless(bytes);
    }

    private static String decodeLossless(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int length = sequenceLength(bytes, i);
            if (length == 0) {
                text.append((char) (0xDC00 | bytes[i] & 0xFF));
                i++;
            } else {
                text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return text.toString();
    }

    /** The length of the valid UTF-8 sequence at that place, or 0. Source: Unicode, table 3-7. */
    private static int sequenceLength(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || at + length > bytes.length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** The bytes of a text that came from {@link #decode}, or of any other text. */
    public static byte[] encode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isRawByte(text, i)) {
                return encodeLossless(text);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isRawByte(String text, int at) {
        char c = text.charAt(at);
        return c >= 0xDC80 && c <= 0xDCFF && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static byte[] encodeLossless(String text) {
        byte[] bytes = new byte[text.length() * 3];
        int size = 0;
        int i = 0;
        while (i < text.length()) {
            if (isRawByte(text, i)) {
                bytes[size++] = (byte) text.charAt(i++);
                continue;
            }
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            byte[] one = Character.toString(point).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(one, 0, bytes, size, one.length);
            size += one.length;
        }
        return java.util.Arrays.copyOf(bytes, size);
    }
}
