package io.vtsphere.vindex.calc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.Destinations;
import io.vtsphere.vindex.Vindex;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.io.BufferedReader;
import java.io.Flushable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON lines in, JSON lines out: {@code {"vindex":"hash","params":{},"inputs":[{"type":"INT64","hex":"31"}]}} gives
 * {@code {"result":"DestinationKeyspaceID(166b40b44aba4bd6)"}}, or {@code {"error":"…"}}.
 *
 * <p>{@code inputs} are the columns of one row; {@code hex} is the text form's bytes, which NULL_TYPE does not need. For one thread: keeps the
 * vindexes of the last lines.
 */
public final class VindexBatch {
    private static final int MAX_VINDEXES = 64;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final VindexCalculator calculator;

    private final Map<JsonNode, Vindex> vindexes = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<JsonNode, Vindex> eldest) {
            return size() > MAX_VINDEXES;
        }
    };

    public VindexBatch(VindexCalculator calculator) {
        this.calculator = calculator;
    }

    /**
     * Answers every line that is not blank, each with a line of its own.
     *
     * @throws IOException of either side; lines before it are answered
     */
    public void run(BufferedReader in, Appendable out) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                out.append(answer(line)).append('\n');
            }
            if (!in.ready() && out instanceof Flushable waiting) {
                // Whoever writes line by line may wait for the answer.
                waiting.flush();
            }
        }
    }

    /** The answer to one line; an error, too, where the line is no request. */
    public String answer(String line) {
        Map<String, String> answer;
        try {
            answer = Map.of("result", result(JSON.readTree(line)));
        } catch (VtException e) {
            answer = Map.of("error", e.getMessage());
        } catch (JsonProcessingException e) {
            answer = Map.of("error", "invalid JSON: " + e.getOriginalMessage());
        }
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("two strings did not become JSON", e);
        }
    }

    private String result(JsonNode request) {
        if (!request.path("vindex").isTextual() || !request.path("inputs").isArray()) {
            throw VtException.of(Code.INVALID_ARGUMENT, "a request has the fields vindex, params and inputs");
        }
        JsonNode key = JsonNodeFactory.instance
                .arrayNode()
                .add(request.get("vindex"))
                .add(request.path("params").isObject() ? request.get("params") : JSON.createObjectNode());
        Vindex vindex = vindexes.get(key);
        if (vindex == null) {
            vindex = calculator.vindex(key.get(0).textValue(), params(key.get(1)));
            vindexes.put(key, vindex);
        }
        List<SqlValue> row = new ArrayList<>();
        for (JsonNode input : request.get("inputs")) {
            row.add(value(input));
        }
        return Destinations.print(calculator.map(vindex, row));
    }

    private static Map<String, String> params(JsonNode object) {
        Map<String, String> params = new LinkedHashMap<>();
        object.fields()
                .forEachRemaining(field -> params.put(
                        field.getKey(),
                        field.getValue().isValueNode()
                                ? field.getValue().asText()
                                : field.getValue().toString()));
        return params;
    }

    private static SqlValue value(JsonNode input) {
        return SqlValue.of(
                VindexCalculator.requireType(input.path("type").asText()),
                VindexCalculator.hex(input.path("hex").asText("")));
    }
}
