package io.vtsphere.planner;

import io.vtsphere.sql.ast.Comments;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code /*vt+ NAME=value … *}{@code /} comments. Source: Vitess' {@code go/vt/sqlparser/comments.go}. */
final class DirectiveComments {
    private static final String PREFIX = "/*vt+";
    private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");

    private final Map<String, String> values = new HashMap<>();

    private DirectiveComments(Comments comments) {
        for (String comment : comments.texts()) {
            if (comment.startsWith(PREFIX)) {
                read(comment);
            }
        }
    }

    static Directives of(Comments comments) {
        return comments.isEmpty() ? Directives.NONE : new DirectiveComments(comments).directives();
    }

    /** Whether a directive is on. */
    static boolean isSet(Comments comments, String name) {
        return new DirectiveComments(comments).isSet(name);
    }

    /** The first and the last word are the comment's signs, even where they stick to another word. */
    private void read(String comment) {
        String[] words = comment.trim().split("\\s+");
        for (int i = 1; i < words.length - 1; i++) {
            int equals = words[i].indexOf('=');
            String name = equals < 0 ? words[i] : words[i].substring(0, equals);
            String value = equals < 0 ? "true" : words[i].substring(equals + 1);
            values.put(name.toUpperCase(Locale.ROOT), value);
        }
    }

    private Directives directives() {
        return new Directives(
                timeout(),
                isSet("MULTI_SHARD_AUTOCOMMIT"),
                isSet("SCATTER_ERRORS_AS_WARNINGS"),
                isSet("IGNORE_MAX_MEMORY_ROWS"),
                isSet("IGNORE_MAX_PAYLOAD_SIZE"),
                isSet("SKIP_QUERY_PLAN_CACHE"),
                isSet("ALLOW_SCATTER"),
                text("WORKLOAD_NAME"),
                priority(),
                consolidator());
    }

    private boolean isSet(String name) {
        return TRUE.contains(values.getOrDefault(name, ""));
    }

    private @Nullable String text(String name) {
        String value = values.get(name);
        if (value == null || value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        return value.substring(1, value.length() - 1);
    }

    private int timeout() {
        Integer millis = number(values.get("QUERY_TIMEOUT_MS"));
        return millis == null || millis < 0 ? -1 : millis;
    }

    private @Nullable String priority() {
        String text = text("PRIORITY");
        if (text == null) {
            return null;
        }
        Integer value = number(text);
        if (value == null || value < 0 || value > 100) {
            throw VtException.of(Code.INVALID_ARGUMENT, "Invalid priority value specified in query");
        }
        return text;
    }

    private Directives.@Nullable Consolidator consolidator() {
        String text = text("CONSOLIDATOR");
        for (Directives.Consolidator known : Directives.Consolidator.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(text)) {
                return known;
            }
        }
        return null;
    }

    private static @Nullable Integer number(@Nullable String text) {
        if (text == null || !text.matches("-?[0-9]{1,9}")) {
            return null;
        }
        return Integer.valueOf(text);
    }
}
