package io.vtsphere.keys;

import io.vtsphere.text.GoDurations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Configured values by key, each of which is taken once. Every error names the key and its value. Confined to one thread. */
public final class Keys {
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

    /** The value as it is, a map for one. */
    public @Nullable Object take(String key) {
        return left.remove(key);
    }

    public boolean has(String key) {
        return left.containsKey(key);
    }

    /** The text, or null when the key is absent or empty. */
    public @Nullable String text(String key) {
        Object value = left.remove(key);
        if (value == null) {
            return null;
        }
        String text = asText(key, value);
        return text.isEmpty() ? null : text;
    }

    public String text(String key, String absent) {
        String value = text(key);
        return value == null ? absent : value;
    }

    public String required(String key) {
        String value = text(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " must be set");
        }
        return value;
    }

    public @Nullable Path path(String key) {
        String value = text(key);
        return value == null ? null : Path.of(value);
    }

    /** A list as such, or as texts with commas between them. */
    public List<String> list(String key) {
        Object value = left.remove(key);
        if (value == null || value.toString().isBlank()) {
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

    public boolean flag(String key, boolean absent) {
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
    /** As Go writes durations: {@code 2ms}, {@code 1m30s}. */
    public Duration duration(String key, Duration absent) {
        String value = text(key);
        if (value == null) {
            return absent;
        }
        try {
            return GoDurations.parse(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + " must be a duration such as 500ms or 1m30s: '" + value + "'", e);
        }
    }

    /** @param name how a choice is written */
    public <T> T choice(String key, T absent, T[] choices, Function<T, String> name) {
        String value = text(key);
        if (value == null) {
            return absent;
        }
        for (T choice : choices) {
            if (name.apply(choice).equals(value)) {
                return choice;
            }
        }
        throw new IllegalArgumentException(key + " must be one of "
                + Arrays.stream(choices).map(name).collect(Collectors.joining(", ")) + ": '" + value + "'");
    }

    /** @throws IllegalArgumentException that names the keys which nobody took */
    public void refuseUnused(String owner) {
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("unknown keys of " + owner + ": " + new TreeSet<>(left.keySet()));
        }
    }

    /** What is left, as texts: the keys of somebody else. */
    public Map<String, String> rest() {
        Map<String, String> texts = new HashMap<>();
        left.forEach((key, value) -> texts.put(key, asText(key, value)));
        return texts;
    }

    /** Those of the named keys that are there, as texts; they are taken. */
    public Map<String, String> taken(Collection<String> keys) {
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
