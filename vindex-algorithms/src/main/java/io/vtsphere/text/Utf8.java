package io.vtsphere.text;

/** UTF-8 as Go's {@code unicode/utf8} reads it: shortest form, no surrogates, at most U+10FFFF. */
public final class Utf8 {
    private Utf8() {}

    public static boolean isValid(byte[] text, int from, int to) {
        int i = from;
        while (i < to) {
            if (text[i] >= 0) {
                i++;
                continue;
            }
            int size = sizeAt(text, i, to);
            if (size == 0) {
                return false;
            }
            i += size;
        }
        return true;
    }

    /** The number of bytes, 1 to 4, of the character that starts there; 0 if none does. */
    public static int sizeAt(byte[] text, int i, int to) {
        int first = text[i] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int size = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (i + size > to) {
            return 0;
        }
        int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        int second = text[i + 1] & 0xFF;
        if (second < low || second > high) {
            return 0;
        }
        for (int k = 2; k < size; k++) {
            if ((text[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }

    /** The character of that many valid bytes. */
    public static int codePointAt(byte[] text, int i, int size) {
        int first = text[i] & 0xFF;
        return switch (size) {
            case 1 -> first;
            case 2 -> (first & 0x1F) << 6 | text[i + 1] & 0x3F;
            case 3 -> (first & 0x0F) << 12 | (text[i + 1] & 0x3F) << 6 | text[i + 2] & 0x3F;
            default ->
                (first & 0x07) << 18 | (text[i + 1] & 0x3F) << 12 | (text[i + 2] & 0x3F) << 6 | text[i + 3] & 0x3F;
        };
    }
}
