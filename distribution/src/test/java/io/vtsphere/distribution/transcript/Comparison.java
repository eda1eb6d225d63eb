package io.vtsphere.distribution.transcript;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings recorded and new answers into a form in which equal means that a client sees no difference.
 *
 * <p>Left out is what differed between recordings of the same vtgate: what a step marks as varying, the order of unordered rows, the
 * shard that a statement for any shard went to, ids of transactions, and times.
 */
final class Comparison {
    private static final String ANYTHING = "*";

    private Comparison() {}

    static JsonArray comparable(JsonArray results, JsonObject step) {
        JsonArray copy = results.deepCopy();
        for (JsonElement result : copy) {
            JsonObject one = result.getAsJsonObject();
            if (one.has("message")) {
                one.addProperty("message", text(one.get("message").getAsString()));
            }
            one.remove("why");
        }
        if (step.has("varies")) {
            for (JsonElement pointer : step.getAsJsonArray("varies")) {
                cut(copy, pointer.getAsString());
            }
        }
        boolean unordered = step.has("unordered") && step.get("unordered").getAsBoolean();
        for (JsonElement result : copy) {
            JsonObject one = result.getAsJsonObject();
            if (one.has("raw_rows")) {
                one.remove("rows");
            }
            if (unordered) { // after the varying cells are cut: their pointers count the rows as recorded
                sort(one, "rows");
                sort(one, "raw_rows");
            }
        }
        return copy;
    }

    private static String text(String message) {
        return message.replaceAll("customer([./])(-80|80-)", "customer$1*")
                .replaceAll("\\b\\d{12,}\\b|transaction \\d+", "N")
                .replaceAll("after [\\d.]+[a-zµ]+|\\d+\\.\\d+m?s", "T")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} UTC", "T");
    }

    private static void sort(JsonObject result, String rows) {
        if (result.has(rows) && result.get(rows).isJsonArray()) {
            List<JsonElement> sorted =
                    new ArrayList<>(result.getAsJsonArray(rows).asList());
            sorted.sort(Comparator.comparing(JsonElement::toString));
            JsonArray array = new JsonArray();
            sorted.forEach(array::add);
            result.add(rows, array);
        }
    }

    /** A varying cell of a binary row is somewhere in its packet: then the packets are not compared. */
    private static void cut(JsonArray results, String pointer) {
        String[] path = pointer.substring(1).split("/", -1);
        if (path.length > 2 && path[1].equals("rows")) {
            JsonObject result = results.get(Integer.parseInt(path[0])).getAsJsonObject();
            if (result.has("raw_rows")) {
                result.addProperty("raw_rows", ANYTHING);
                return;
            }
        }
        @Nullable JsonElement at = results;
        for (int i = 0; i < path.length - 1 && at != null; i++) {
            at = child(at, path[i]);
        }
        String last = path[path.length - 1];
        if (at instanceof JsonArray array && Integer.parseInt(last) < array.size()) {
            array.set(Integer.parseInt(last), new JsonPrimitive(ANYTHING));
        } else if (at instanceof JsonObject object && object.has(last)) {
            object.addProperty(last, ANYTHING);
        }
    }

    private static @Nullable JsonElement child(JsonElement parent, String key) {
        if (parent instanceof JsonArray array) {
            int index = Integer.parseInt(key);
            return index < array.size() ? array.get(index) : null;
        }
        return parent instanceof JsonObject object ? object.get(key) : null;
    }
}
