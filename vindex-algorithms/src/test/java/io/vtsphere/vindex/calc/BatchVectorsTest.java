package io.vtsphere.vindex.calc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vtsphere.vindex.VindexRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every functional type against every input type and every odd text and parameter.
 *
 * <p>The answers were computed by a program over Go's own libraries: crypto/des, crypto/md5, encoding/hex, encoding/json, math/big, strconv,
 * github.com/cespare/xxhash and golang.org/x/text/collate 0.7.0.
 */
class BatchVectorsTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    static Stream<String> types() throws IOException {
        return lines().map(line -> vector(line).get("vindex").asText())
                .distinct()
                .sorted();
    }

    private static Stream<String> lines() throws IOException {
        try (InputStream file = VindexRegistry.class.getResourceAsStream("batch-vectors.jsonl")) {
            return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8)).lines().toList().stream();
        }
    }

    private static JsonNode vector(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void answers_areThoseOfGo(String type) throws IOException {
        Files.writeString(directory.resolve("map.json"), "{\"1\":2,\"5\":7}");
        Files.writeString(directory.resolve("bad.json"), "{\"us\":\"x\"}");
        Files.writeString(
                directory.resolve("regions.json"),
                "{\"us\":1,\"de\":2,\"\":3,\"é\":4,\"\ufffd\":5,\"big\":18446744073709551615,\"null\":null}");
        VindexBatch batch = new VindexBatch(new VindexCalculator(VindexRegistry.load()));
        Map<String, String> wrong = new HashMap<>();
        int count = 0;
        for (String line : lines().toList()) {
            ObjectNode vector = (ObjectNode) vector(line.replace("$DIRECTORY", directory.toString()));
            if (!vector.get("vindex").asText().equals(type)) {
                continue;
            }
            String kind = vector.has("result") ? "result" : "error";
            ObjectNode expected = JSON.createObjectNode().set(kind, vector.remove(kind));
            JsonNode answer = JSON.readTree(batch.answer(vector.toString()));
            count++;
            if (!answer.equals(expected)) {
                wrong.put(vector.toString(), answer + " instead of " + expected);
            }
        }
        assertThat(count).isGreaterThan(50);
        assertThat(wrong).isEmpty();
    }

    @Test
    void types_areAllFunctionalOnes() throws IOException {
        assertThat(types())
                .containsExactlyElementsOf(List.of(
                        "binary",
                        "binary_md5",
                        "cfc",
                        "hash",
                        "multicol",
                        "null",
                        "numeric",
                        "numeric_static_map",
                        "region_experimental",
                        "region_json",
                        "reverse_bits",
                        "unicode_loose_md5",
                        "unicode_loose_xxhash",
                        "xxhash"));
    }
}
