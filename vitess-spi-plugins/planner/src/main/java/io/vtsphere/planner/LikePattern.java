package io.vtsphere.planner;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MySQL's LIKE over names, without regard to case, with a backslash as escape. Immutable and thread-safe. */
final class LikePattern {
    private final @Nullable Pattern pattern;

    /** A null text matches everything. */
    LikePattern(@Nullable String text) {
        this.pattern = text == null ? null : compile(text);
    }

    boolean matches(String name) {
        return pattern == null || pattern.matcher(name).matches();
    }

    private static Pattern compile(String like) {
        StringBuilder regex = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i < like.length(); i++) {
            char c = like.charAt(i);
            if (escaped) {
                regex.append(Pattern.quote(String.valueOf(c)));
                escaped = false;
            } else if (c == '\\' && i + 1 < like.length()) {
                escaped = true;
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
    }
}
