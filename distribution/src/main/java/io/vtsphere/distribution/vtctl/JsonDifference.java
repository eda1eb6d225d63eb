package io.vtsphere.distribution.vtctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What differs between two JSON values, one line for each difference: {@code +} came, {@code -} went, {@code ~} changed. */
final class JsonDifference {
    private final List<String> lines = new ArrayList<>();

    private JsonDifference() {}

    static String print(JsonElement before, JsonElement after) {
        JsonDifference difference = new JsonDifference();
        difference.compare("", before, after);
        return difference.lines.isEmpty() ? "no difference" : String.join("\n", difference.lines);
    }

    private void compare(String path, JsonElement before, JsonElement after) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof JsonObject left && after instanceof JsonObject right) {
            TreeSet<String> names = new TreeSet<>(left.keySet());
            names.addAll(right.keySet());
            for (String name : names) {
                String below = path.isEmpty() ? name : path + "." + name;
                if (!right.has(name)) {
                    lines.add("- " + below + ": " + left.get(name));
                } else if (!left.has(name)) {
                    lines.add("+ " + below + ": " + right.get(name));
                } else {
                    compare(below, left.get(name), right.get(name));
                }
            }
        } else if (before instanceof JsonArray left && after instanceof JsonArray right) {
            for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
                String below = path + "[" + i + "]";
                if (i >= right.size()) {
                    lines.add("- " + below + ": " + left.get(i));
                } else if (i >= left.size()) {
                    lines.add("+ " + below + ": " + right.get(i));
                } else {
                    compare(below, left.get(i), right.get(i));
                }
            }
        } else {
            lines.add("~ " + path + ": " + before + " -> " + after);
        }
    }
}
