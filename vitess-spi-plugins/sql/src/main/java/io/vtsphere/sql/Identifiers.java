package io.vtsphere.sql;

/** When a name needs quotes, and how it is written then. */
public final class Identifiers {
    private Identifiers() {}

    /** Whether the name can stand without quotes: ASCII letters, digits, {@code _} and {@code $}, no keyword, no number. */
    static boolean isPlain(String name) {
        if (name.isEmpty() || Chars.isDigit(name.charAt(0))) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 128 || !Chars.isName(c) || c == '$') {
                return false;
            }
        }
        Words.Word word = Words.find(name, 0, name.length());
        return word == null || !word.quoted();
    }

    /** Whether it is a name of ASCII letters, digits, {@code _} and {@code $} that does not begin like a number; maybe a keyword. */
    static boolean isWord(String name) {
        return !name.isEmpty()
                && !Chars.isDigit(name.charAt(0))
                && name.chars().allMatch(c -> c < 128 && Chars.isName((char) c));
    }

    /** Appends the name, in backticks where it needs them: also every keyword of Vitess' grammar, as Vitess does. */
    public static void append(StringBuilder out, String name) {
        if (isPlain(name)) {
            out.append(name);
            return;
        }
        out.append('`')
                .append(name.indexOf('`') < 0 ? name : name.replace("`", "``"))
                .append('`');
    }

    /** The name as {@link #append} writes it. */
    public static String quote(String name) {
        StringBuilder out = new StringBuilder(name.length() + 2);
        append(out, name);
        return out.toString();
    }
}
