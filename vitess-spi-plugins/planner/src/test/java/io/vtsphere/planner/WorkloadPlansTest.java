package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
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
 * The statements of TPC-C, of TPC-H and of applications with an object-relational mapper, over two shards, with the plans that they have. With
 * the system property {@code corpus.write} naming a directory, the files are written there with the plans as they are now.
 */
class WorkloadPlansTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @ParameterizedTest
    @ValueSource(strings = {"tpcc", "tpch", "orm"})
    void statements_planAsWritten(String workload) throws IOException {
        ObjectNode file = (ObjectNode) read(workload);
        TwoShards shards = new TwoShards(file.get("vschema").toString());
        ArrayNode now = JSON.createArrayNode();
        List<String> different = new ArrayList<>();
        int refused = 0;
        for (JsonNode statement : file.get("statements")) {
            ObjectNode actual = planned(shards, statement.get("sql").asText());
            refused += actual.has("error") ? 1 : 0;
            now.add(actual);
            if (!actual.equals(statement)) {
                different.add(actual.toPrettyString());
            }
        }
        System.out.printf("%s: %d statements, %d refused%n", workload, now.size(), refused);
        String directory = System.getProperty("corpus.write");
        if (directory != null) {
            file.set("statements", now);
            Files.writeString(Path.of(directory, workload + ".json"), JSON.writeValueAsString(file) + "\n");
            return;
        }
        assertThat(different).isEmpty();
        assertThat(now).isNotEmpty();
    }

    private static ObjectNode planned(TwoShards shards, String sql) {
        ObjectNode actual = JSON.createObjectNode().put("sql", sql);
        try {
            Plan plan = shards.planner()
                    .plan(
                            sql,
                            SqlParser.parse(sql, SqlModes.DEFAULT),
                            shards.state(),
                            PlanTarget.primary("k"),
                            PlanSettings.NONE);
            actual.set("plan", PlanJson.of(plan.root()));
        } catch (VtException e) {
            actual.put("error", e.getMessage());
        }
        return actual;
    }

    private static JsonNode read(String workload) throws IOException {
        try (InputStream in = WorkloadPlansTest.class.getResourceAsStream("/workloads/" + workload + ".json")) {
            return JSON.readTree(Objects.requireNonNull(in, workload));
        }
    }
}
