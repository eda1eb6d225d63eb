package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statements and the plans that they must have, in JSON files. With the system property {@code corpus.write} naming a directory, the files
 * are written there with the plans as they are now, to be read and taken over.
 */
class PlanCorpusTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final RecordedPlans keyspaces = RecordedPlans.load();

    @ParameterizedTest
    @ValueSource(strings = {"routes", "joins", "subqueries", "scatter", "writes", "lookups", "refusals", "other"})
    void statements_planAsWritten(String file) throws IOException {
        JsonNode cases = read(file);
        ArrayNode now = JSON.createArrayNode();
        List<String> different = new ArrayList<>();
        for (JsonNode statement : cases) {
            ObjectNode actual = planned(statement);
            now.add(actual);
            if (!actual.equals(statement)) {
                different.add(actual.toPrettyString());
            }
        }
        String directory = System.getProperty("corpus.write");
        if (directory != null) {
            Files.writeString(Path.of(directory, file + ".json"), JSON.writeValueAsString(now) + "\n");
            return;
        }
        assertThat(different).isEmpty();
        assertThat(cases).isNotEmpty();
    }

    private ObjectNode planned(JsonNode statement) {
        ObjectNode actual = JSON.createObjectNode();
        actual.set("keyspace", statement.get("keyspace"));
        actual.set("sql", statement.get("sql"));
        try {
            Plan plan = keyspaces.plan(
                    statement.get("keyspace").asText(), statement.get("sql").asText());
            actual.set("plan", PlanJson.of(plan.root()));
        } catch (VtException e) {
            actual.put("error", e.getMessage());
        }
        return actual;
    }

    private static JsonNode read(String file) throws IOException {
        try (InputStream in = PlanCorpusTest.class.getResourceAsStream("/corpus/" + file + ".json")) {
            return JSON.readTree(Objects.requireNonNull(in, file));
        }
    }
}
