package io.vtsphere.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Texts by key that are read once each; what nobody read is refused at the end. Every error names its key and value. Confined to one thread.
 */
final class FlagText {
    private static final Pattern DURATION = Pattern.compile("(?:\\d{1,9}(?:ns|us|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("(\\d+)(ns|us|ms|s|m|h)");

    private final Map<String, String> unused;

    FlagText(Map<String, String> flags) {
        this.unused = new HashMap<>(flags);
    }

    @Nullable
    String text(String key) {
        String value = unused.remove(key);
        return value == null || value.isBlank() ? null : value.trim();
    }

    boolean has(String key) {
        return unused.containsKey(key);
    }

    @Nullable
    Path path(String key) {
        String value = text(key);
        return value == null ? null : Path.of(value);
    }

    List<String> list(String key) {
        String value = text(key);
        return value == null ? List.of() : Arrays.asList(value.split("\\s*,\\s*", -1));
    }

    int integer(String key, int absent) {
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

    boolean bool(String key, boolean absent) {
        String value = text(key);
        if (value == null) {
            return absent;
        }
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(key + " must be true or false: '" + value + "'");
        }
        return value.equals("true");
    }

    Duration duration(String key, Duration absent) {
        String value = text(key);
        if (value == null) {
            return absent;
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
                        case "ns" -> Duration.ofNanos(number);
                        case "us" -> Duration.ofNanos(number * 1_000);
                        case "ms" -> Duration.ofMillis(number);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        default -> Duration.ofHours(number);
                    });
        }
        return sum;
    }

    <T> T choice(String key, T absent, T[] choices, Function<T, String> name) {
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

    void refuseUnused() {
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("unknown keys of the gateway: " + new TreeSet<>(unused.keySet()));
        }
    }

    /** Short and exact, as {@link #duration} reads it. */
    static String print(Duration value) {
        if (value.isNegative()) {
            return value.toString();
        }
        if (value.toNanosPart() % 1_000_000 != 0) {
            return value.toNanos() + "ns";
        }
        return value.toMillisPart() != 0 ? value.toMillis() + "ms" : value.toSeconds() + "s";
    }
}
