package io.vtsphere.sql;

/** Case folding of ASCII letters only, as MySQL's keywords need it: no locale, other characters stay. */
final class Ascii {
    private Ascii() {}

    static String lower(String text) {
        int i = 0;
        while (i < text.length() && !isUpper(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        char[] chars = text.toCharArray();
        for (; i < chars.length; i++) {
            if (isUpper(chars[i])) {
                chars[i] += 32;
            }
        }
        return new String(chars);
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
