package io.vtsphere.distribution.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vtsphere.sql.BoundValue;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;

/**
 * JSON lines in, JSON lines out: {@code {"sql":"SELECT 1"}} gives {@code {"sql":"select 1 from dual","kind":"SELECT"}}, or
 * {@code {"error":"…"}}. With literals bound there is also {@code "bindVars"}: for each name its type and value, or the values of a list.
 */
record SqlBatch(SqlFormatter formatter) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Answers every line that is not blank, each with a line of its own, written out whenever no further line is waiting.
     *
     * @throws IOException of either side; lines before it are answered
     */
    void run(BufferedReader in, PrintWriter out) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                out.append(answer(line)).append('\n');
                if (!in.ready()) {
                    out.flush();
                }
            }
        }
        out.flush();
    }

    /** The answer to one line; an error, too, where the line is no request. */
    String answer(String line) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        try {
            JsonNode sql = JSON.readTree(line).path("sql");
            if (!sql.isTextual()) {
                return answer.put("error", "a request has the field sql, a string")
                        .toString();
            }
            SqlFormatter.Formatted formatted = formatter.format(sql.textValue());
            answer.put("sql", formatted.sql()).put("kind", formatted.kind().text());
            if (formatter.normalise()) {
                ObjectNode variables = answer.putObject("bindVars");
                formatted.bindVariables().forEach(variable -> put(variables, variable));
            }
        } catch (VtException e) {
            answer.put("error", e.getMessage());
        } catch (JsonProcessingException e) {
            answer.put("error", "invalid JSON: " + e.getOriginalMessage());
        }
        return answer.toString();
    }

    private static void put(ObjectNode variables, BoundValue variable) {
        ObjectNode node = variables.putObject(variable.name());
        if (variable.value() != null) {
            put(node, variable.value());
        } else if (variable.list() != null) {
            node.put("type", "TUPLE");
            var values = node.putArray("values");
            variable.list().forEach(value -> put(values.addObject(), value));
        }
    }

    private static void put(ObjectNode node, SqlValue value) {
        node.put("type", value.type().name()).put("value", value.text());
    }
}
