package io.vtsphere.sql;

/** Classes of characters. */
final class Chars {
    private static final byte DIGIT = 1;
    private static final byte NAME = 2;
    private static final byte HEX = 4;
    private static final byte BLANK = 8;
    private static final byte[] CLASS = new byte[128];

    static {
        for (int c = 0; c < 128; c++) {
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean digit = c >= '0' && c <= '9';
            int lower = c | 0x20;
            CLASS[c] = (byte) ((digit ? DIGIT : 0)
                    | (letter || digit || c == '_' || c == '$' ? NAME : 0)
                    | (digit || lower >= 'a' && lower <= 'f' && letter ? HEX : 0)
                    | (c == ' ' || c >= 9 && c <= 13 ? BLANK : 0));
        }
    }

    private Chars() {}

    static boolean isDigit(char c) {
        return c < 128 && (CLASS[c] & DIGIT) != 0;
    }

    /** Whether the character can be in an unquoted name; everything beyond ASCII can. */
    static boolean isName(char c) {
        return c >= 128 || (CLASS[c] & NAME) != 0;
    }

    /** A letter, a digit, {@code _}, and after the first character also a dot. */
    static boolean isBindName(char c, boolean inside) {
        return c < 128 && (CLASS[c] & NAME) != 0 && c != '$' || inside && c == '.';
    }

    static boolean isHex(char c) {
        return c < 128 && (CLASS[c] & HEX) != 0;
    }

    static boolean isBit(char c) {
        return c == '0' || c == '1';
    }

    static boolean isBlank(char c) {
        return c < 128 && (CLASS[c] & BLANK) != 0;
    }
}
