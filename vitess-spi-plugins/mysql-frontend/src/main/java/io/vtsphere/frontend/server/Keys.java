package io.vtsphere.frontend.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Configured values by key, each of which is taken once. Every error names the key and its value. Confined to one thread. */
public final class Keys {
    private static final Pattern DURATION = Pattern.compile("(?:\\d{1,9}(?:ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h)");

    private final Map<String, Object> left = new HashMap<>();

    /** @throws IllegalArgumentException for a key without a value */
    public Keys(Map<String, ?> values) {
        values.forEach((key, value) -> {
            if (value == null) {
                throw new IllegalArgumentException(key + ": a value is due");
            }
            left.put(key, value);
        });
    }

    @Nullable
    Object take(String key) {
        return left.remove(key);
    }

    boolean has(String key) {
        return left.containsKey(key);
    }

    /** The text, or null when the key is absent or empty. */
    @Nullable
    String text(String key) {
        Object value = left.remove(key);
        if (value == null) {
            return null;
        }
        String text = asText(key, value);
        return text.isEmpty() ? null : text;
    }

    String text(String key, String absent) {
        String value = text(key);
        return value == null ? absent : value;
    }

    String required(String key) {
        String value = text(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " must be set");
        }
        return value;
    }

    @Nullable
    Path path(String key) {
        String value = text(key);
        return value == null ? null : Path.of(value);
    }

    /** A list as such, or as texts with commas between them. */
    List<String> list(String key) {
        Object value = left.remove(key);
        if (value == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        Collection<?> parts = value instanceof Collection<?> many
                ? many
                : List.of(asText(key, value).split(",", -1));
        for (Object part : parts) {
            String text = asText(key, part).trim();
            if (text.isEmpty()) {
                throw new IllegalArgumentException(key + " has an empty member: '" + value + "'");
            }
            texts.add(text);
        }
        return texts;
    }

    /** A whole number. */
    public int integer(String key, int absent) {
        String value = text(key);
        if (value == null) {
            return absent;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " must be a whole number: '" + value + "'", e);
        }
    }

    boolean flag(String key, boolean absent) {
        String value = text(key);
        if (value == null) {
            return absent;
        }
        String word = value.toLowerCase(Locale.ROOT);
        if (!word.equals("true") && !word.equals("false")) {
            throw new IllegalArgumentException(key + " must be true or false: '" + value + "'");
        }
        return word.equals("true");
    }

    /** Such as {@code 500ms} or {@code 1m30s}. */
    public Duration duration(String key, Duration absent) {
        String value = text(key);
        if (value == null) {
            return absent;
        }
        if (value.equals("0")) {
            return Duration.ZERO;
        }
        if (!DURATION.matcher(value).matches()) {
            throw new IllegalArgumentException(key + " must be a duration such as 500ms or 1m30s: '" + value + "'");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(value);
        while (part.find()) {
            long number = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        default -> Duration.ofHours(number);
                    });
        }
        return sum;
    }

    /** What is left, as texts: the keys of somebody else. */
    Map<String, String> rest() {
        Map<String, String> texts = new HashMap<>();
        left.forEach((key, value) -> texts.put(key, asText(key, value)));
        return texts;
    }

    /** Those of the named keys that are there, as texts; they are taken. */
    Map<String, String> taken(Collection<String> keys) {
        Map<String, String> texts = new HashMap<>();
        for (String key : keys) {
            Object value = left.remove(key);
            if (value != null) {
                texts.put(key, asText(key, value));
            }
        }
        return texts;
    }

    private static String asText(String key, @Nullable Object value) {
        if (value == null || value instanceof Map<?, ?>) {
            throw new IllegalArgumentException(key + " must be a plain value: '" + value + "'");
        }
        if (value instanceof Collection<?> many) {
            List<String> texts = new ArrayList<>();
            for (Object one : many) {
                texts.add(asText(key, one));
            }
            return String.join(",", texts);
        }
        return value.toString().trim();
    }
}
