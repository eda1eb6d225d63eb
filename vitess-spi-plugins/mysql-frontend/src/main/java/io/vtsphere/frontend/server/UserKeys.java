package io.vtsphere.frontend.server;

import io.vtsphere.frontend.UserConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code users}: user name to an entry or a list of entries, with the keys of vtgate's static authentication file. */
final class UserKeys {
    private static final Set<String> KEYS =
            Set.of("password", "mysqlNativePassword", "cachingSha2Password", "userData", "groups");

    private UserKeys() {}

    static Map<String, List<UserConfig>> read(@Nullable Object users) {
        if (!(users instanceof Map<?, ?> byName) || byName.isEmpty()) {
            throw new IllegalArgumentException("users must name at least one user with its entries");
        }
        Map<String, List<UserConfig>> result = new HashMap<>();
        byName.forEach((name, entries) -> {
            List<UserConfig> read = new ArrayList<>();
            for (Object entry : entries instanceof List<?> list ? list : List.of(present(name, entries))) {
                read.add(entry(name, entry));
            }
            if (read.isEmpty()) {
                throw new IllegalArgumentException("users: " + name + " has no entry");
            }
            result.put(String.valueOf(name), read);
        });
        return result;
    }

    private static Object present(Object name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("users: " + name + " has no entry");
        }
        return value;
    }

    private static UserConfig entry(Object name, @Nullable Object entry) {
        if (!(entry instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("users: " + name + " has an entry without keys");
        }
        Set<String> unknown = new TreeSet<>();
        fields.keySet().forEach(key -> unknown.add(String.valueOf(key)));
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("users: " + name + " has unknown keys: " + unknown);
        }
        Object groups = fields.get("groups");
        List<String> names = new ArrayList<>();
        if (groups instanceof List<?> list) {
            list.forEach(group -> names.add(String.valueOf(group)));
        } else if (groups != null) {
            throw new IllegalArgumentException("users: " + name + ": groups must be a list: '" + groups + "'");
        }
        try {
            return new UserConfig(
                    text(fields, "password"),
                    text(fields, "mysqlNativePassword"),
                    text(fields, "cachingSha2Password"),
                    text(fields, "userData"),
                    names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("users: " + name + ": " + e.getMessage(), e);
        }
    }

    private static String text(Map<?, ?> fields, String key) {
        Object value = fields.get(key);
        return value == null ? "" : value.toString();
    }
}
