package io.vtsphere.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in a text, and the step from it over blanks and comments. The inside of {@code /*!50000 … *}{@code /} is no comment where the version
 * is not above {@link Lexer#MYSQL_VERSION}. Not thread-safe.
 */
class TextCursor {
    final String sql;
    final int length;

    int pos;
    /** Inside a version comment whose text is code. */
    boolean inVersionComment;
    /** Offset of the first character of the current token, also of one that is none. */
    int start;

    @Nullable
    List<String> comments;

    TextCursor(String sql, int from, int to) {
        this.sql = sql;
        this.pos = from;
        this.length = to;
    }

    final char at(int offset) {
        return pos + offset < length ? sql.charAt(pos + offset) : 0;
    }

    /** Skips blanks and comments; false at a comment without an end. */
    final boolean skipBlanks() {
        while (pos < length) {
            char c = sql.charAt(pos);
            if (Chars.isBlank(c)) {
                pos++;
            } else if (c == '#' || c == '-' && at(1) == '-' && (pos + 2 >= length || at(2) <= ' ')) {
                skipLine();
            } else if (c == '/' && at(1) == '*') {
                if (at(2) == '!') {
                    if (!versionComment()) {
                        return false;
                    }
                } else if (!skipComment()) {
                    return false;
                }
            } else if (inVersionComment && c == '*' && at(1) == '/') {
                inVersionComment = false;
                pos += 2;
            } else {
                return true;
            }
        }
        return true;
    }

    private void skipLine() {
        int from = pos;
        int newline = sql.indexOf('\n', pos);
        pos = newline < 0 || newline >= length ? length : newline + 1;
        if (comments != null) {
            comments.add(sql.substring(from, newline < 0 || newline >= length ? length : newline));
        }
    }

    private boolean skipComment() {
        int close = sql.indexOf("*/", pos + 2);
        if (close < 0 || close + 2 > length) {
            start = pos;
            pos = length;
            return false;
        }
        // one that is code to other versions goes: it would be code to a server of such a version
        if (comments != null && at(2) != '!') {
            comments.add(sql.substring(pos, close + 2));
        }
        pos = close + 2;
        return true;
    }

    private boolean versionComment() {
        int digits = pos + 3;
        int i = digits;
        int version = 0;
        while (i < length && i < digits + 6 && Chars.isDigit(sql.charAt(i))) {
            version = version * 10 + sql.charAt(i) - '0';
            i++;
        }
        if (i - digits < 5) {
            version = 0; // the digits are code
            i = digits;
        } else if (i - digits == 6 && sql.charAt(digits) != '0') {
            version /= 10; // only 080400 has six digits; of 401011 the last one is code
            i--;
        }
        if (version > Lexer.MYSQL_VERSION || inVersionComment) {
            return skipComment();
        }
        inVersionComment = true;
        pos = i;
        return true;
    }
}
