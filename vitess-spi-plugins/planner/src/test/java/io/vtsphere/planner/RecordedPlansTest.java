package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Our plans beside those of a real vtgate: the same operators, routes, vindexes and keyspaces, or a difference that is listed with its
 * reason in {@code recorded/differences.json}.
 */
class RecordedPlansTest {
    private static final List<String> COMPARED = List.of("OperatorType", "Variant", "Vindex", "Keyspace", "Values");

    private final RecordedPlans recorded = RecordedPlans.load();

    @Test
    void everyRecordedStatement_plansAsVtgateDoes_orDiffersAsListed() throws IOException {
        Map<Integer, String> listed = differences();
        Map<Integer, String> refused = new TreeMap<>();
        Map<Integer, String> different = new TreeMap<>();
        int total = 0;
        int equal = 0;
        for (var plans = recorded.plans(); plans.hasNext(); total++) {
            JsonNode statement = plans.next();
            int number = statement.get("n").asInt();
            String sql = statement.get("sql").asText();
            try {
                Plan plan = recorded.plan(statement.get("keyspace").asText(), sql);
                String ours = shape(PlanJson.of(plan.root()));
                String theirs = statement.has("plan") ? shape(statement.get("plan")) : "error";
                if (ours.equals(theirs)) {
                    equal++;
                } else {
                    different.put(number, sql + "\n      ours   " + ours + "\n      vtgate " + theirs);
                }
            } catch (VtException e) {
                if (statement.has("error")) {
                    equal++;
                } else {
                    refused.put(number, sql + "\n      " + e.getMessage());
                }
            }
        }
        report(total, equal, refused, different);
        Map<Integer, String> unlisted = new TreeMap<>(different);
        unlisted.putAll(refused);
        unlisted.keySet().removeAll(listed.keySet());
        assertThat(unlisted)
                .as("differences from the recording that are not listed")
                .isEmpty();
        List<Integer> stale = new ArrayList<>(listed.keySet());
        stale.removeAll(different.keySet());
        stale.removeAll(refused.keySet());
        assertThat(stale).as("listed differences that are none").isEmpty();
    }

    private static void report(int total, int equal, Map<Integer, String> refused, Map<Integer, String> different) {
        StringBuilder text = new StringBuilder();
        text.append(equal).append(" of ").append(total).append(" recorded plans have the same shape\n");
        text.append(refused.size()).append(" refused:\n");
        refused.forEach((number, line) ->
                text.append("  #").append(number).append(' ').append(line).append('\n'));
        text.append(different.size()).append(" planned otherwise:\n");
        different.forEach((number, line) ->
                text.append("  #").append(number).append(' ').append(line).append('\n'));
        System.out.println(text);
    }

    private static Map<Integer, String> differences() throws IOException {
        Map<Integer, String> listed = new TreeMap<>();
        try (InputStream in = RecordedPlansTest.class.getResourceAsStream("/recorded/differences.json")) {
            JsonNode root = new ObjectMapper().readTree(Objects.requireNonNull(in, "differences"));
            root.fields().forEachRemaining(reason -> reason.getValue()
                    .forEach(number -> listed.put(number.asInt(), reason.getKey())));
        }
        return listed;
    }

    /** Operators with their variants, vindexes, keyspaces and the number of values, depth first. */
    private static String shape(JsonNode plan) {
        StringBuilder text = new StringBuilder();
        for (String field : COMPARED) {
            JsonNode value = plan.get(field);
            if (value == null) {
                continue;
            }
            String shown = value.asText();
            if (field.equals("Keyspace")) {
                shown = value.get("Name").asText();
            } else if (field.equals("Values")) {
                shown = value.size() + " values";
            }
            text.append(text.length() == 0 ? "" : " ").append(shown);
        }
        JsonNode inputs = plan.get("Inputs");
        if (inputs != null) {
            text.append('(');
            for (int i = 0; i < inputs.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(shape(inputs.get(i)));
            }
            text.append(')');
        }
        return text.toString();
    }
}
