package io.vtsphere.sql;

/** Escapes of string literals. Source: MySQL manual, "String Literals". */
final class Strings {
    private Strings() {}

    /** The value of the quoted string between those offsets. {@code \%} and {@code \_} keep their backslash. */
    static String unescape(String sql, int open, int end, boolean backslashEscapes) {
        char quote = sql.charAt(open);
        StringBuilder value = new StringBuilder(end - open);
        for (int i = open + 1; i < end - 1; i++) {
            char c = sql.charAt(i);
            if (c == quote) {
                i++;
            } else if (c == '\\' && backslashEscapes) {
                c = sql.charAt(++i);
                if (c == '%' || c == '_') {
                    value.append('\\');
                } else {
                    c = escaped(c);
                }
            }
            value.append(c);
        }
        return value.toString();
    }

    private static char escaped(char c) {
        return switch (c) {
            case '0' -> 0;
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'Z' -> 26;
            default -> c;
        };
    }

    /** Appends the value as a literal in single quotes, with the escapes that Vitess writes. */
    static void quote(StringBuilder out, String value, boolean backslashEscapes) {
        out.append('\'');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!backslashEscapes) {
                out.append(c == '\'' ? "''" : Character.toString(c));
                continue;
            }
            switch (c) {
                case 0 -> out.append("\\0");
                case '\'' -> out.append("\\'");
                case '"' -> out.append("\\\"");
                case '\b' -> out.append("\\b");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 26 -> out.append("\\Z");
                case '\\' -> out.append("\\\\");
                default -> out.append(c);
            }
        }
        out.append('\'');
    }
}
