package io.vtsphere.distribution.transcript;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Names the parts in which two answers differ: {@code warnings}, {@code columns.length}, {@code rows}, …
 *
 * <p>{@code message.statement} is an error text that differs only in the statement and bind variables which it repeats.
 */
final class Parts {
    private static final Pattern STATEMENT =
            Pattern.compile(": Sql: \".*?\", BindVars: \\{.*?}(?=\\n|$)", Pattern.DOTALL);

    private Parts() {}

    static Set<String> different(JsonArray recorded, JsonArray answered) {
        Set<String> parts = new TreeSet<>();
        if (recorded.size() != answered.size()) {
            parts.add("count");
        }
        for (int i = 0; i < Math.min(recorded.size(), answered.size()); i++) {
            add(recorded.get(i).getAsJsonObject(), answered.get(i).getAsJsonObject(), parts);
        }
        return parts;
    }

    private static void add(JsonObject recorded, JsonObject answered, Set<String> parts) {
        if (!recorded.get("type").equals(answered.get("type"))) {
            parts.add("type");
            return;
        }
        Set<String> keys = new TreeSet<>(recorded.keySet());
        keys.addAll(answered.keySet());
        for (String key : keys) {
            JsonElement before = recorded.get(key);
            JsonElement now = answered.get(key);
            if (before == null || now == null) {
                parts.add(key);
            } else if (!before.equals(now)) {
                parts.addAll(inside(key, before, now));
            }
        }
    }

    private static Set<String> inside(String key, JsonElement recorded, JsonElement answered) {
        if (key.equals("message")) {
            boolean statement = STATEMENT
                    .matcher(recorded.getAsString())
                    .replaceAll("")
                    .equals(STATEMENT.matcher(answered.getAsString()).replaceAll(""));
            return Set.of(statement ? "message.statement" : "message");
        }
        boolean columns = key.equals("columns") || key.equals("params");
        if (!columns
                || recorded.getAsJsonArray().size() != answered.getAsJsonArray().size()) {
            return Set.of(key);
        }
        Set<String> parts = new TreeSet<>();
        for (int i = 0; i < recorded.getAsJsonArray().size(); i++) {
            JsonObject before = recorded.getAsJsonArray().get(i).getAsJsonObject();
            JsonObject now = answered.getAsJsonArray().get(i).getAsJsonObject();
            for (String part : before.keySet()) {
                if (!before.get(part).equals(now.get(part))) {
                    parts.add("columns." + part);
                }
            }
        }
        return parts;
    }
}
