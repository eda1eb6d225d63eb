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

    /** What vtgate shows of a token without an end: the comment as it is, the string without its quote. */
    static String unfinished(String raw) {
        return raw.startsWith("'") || raw.startsWith("\"") ? raw.substring(1) : raw.length() > 1 ? raw : "";
    }
}
