package io.vtsphere.sql;

import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/** Syntax errors with vtgate's text: {@code syntax error at position N near 'X'}, N counted in bytes. */
final class SyntaxErrors {
    private static final int MAX_NEAR = 200;

    private SyntaxErrors() {}

    /**
     * @param position one-based, in characters
     * @param near the value of the offending token, or null
     */
    static VtException at(String sql, int position, String message, @Nullable String near) {
        int bytes = position;
        int end = Math.min(position - 1, sql.length());
        for (int i = 0; i < end; i++) {
            char c = sql.charAt(i);
            if (c >= 0x800 && !Character.isSurrogate(c)) {
                bytes += 2;
            } else if (c >= 0x80 && !(c >= 0xDC80 && c <= 0xDCFF)) {
                bytes++;
            }
        }
        String text = message + " at position " + bytes;
        if (near != null && !near.isEmpty()) {
            text += " near '" + (near.length() > MAX_NEAR ? near.substring(0, MAX_NEAR) : near) + "'";
        }
        return VtException.of(Code.INVALID_ARGUMENT, State.PARSE_ERROR, text);
    }

    /** What vtgate shows of a token that is none: a comment as it is, a string or hex string without its quotes, a colon. */
    static String unfinished(String raw) {
        if (raw.startsWith("'") || raw.startsWith("\"")) {
            return raw.endsWith("\\") ? raw.substring(1, raw.length() - 1) : raw.substring(1);
        }
        if (raw.length() > 1 && raw.charAt(1) == '\'') {
            return raw.substring(2, raw.length() > 2 && raw.endsWith("'") ? raw.length() - 1 : raw.length());
        }
        return raw.length() > 1 || raw.equals(":") ? raw : "";
    }
}
