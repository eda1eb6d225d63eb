package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What Vitess' own tests expect, one vector a test. */
class VindexVectorsTest {
    private static final VindexRegistry REGISTRY = VindexRegistry.load();

    @TempDir
    private Path directory;

    static Stream<Arguments> vectors() throws IOException {
        try (InputStream file = VindexVectorsTest.class.getResourceAsStream("vindex-vectors.json")) {
            JsonNode all = new JsonMapper().readTree(file);
            return StreamSupport.stream(all.spliterator(), false).map(vector -> {
                String text = vector.toString();
                return Arguments.of(text.substring(0, Math.min(text.length(), 160)), vector);
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void vitessAnswersTheSame(String name, JsonNode vector) throws IOException {
        switch (vector.path("operation").asText("Map")) {
            case "Map" -> map(vector);
            case "RangeMap" ->
                assertThat(((Sequential) create(vector)).rangeMap(input(vector, 0), input(vector, 1)))
                        .hasToString(vector.get("key_range").asText());
            case "ReverseMap" -> {
                KeyspaceId id = KeyspaceId.ofHex(
                        vector.get("input").get("keyspace_id_hex").asText());
                assertThat(((Reversible) create(vector)).reverseMap(id))
                        .isEqualTo(SqlValue.uint64(
                                Long.parseUnsignedLong(vector.get("uint64").asText())));
            }
            case "findPrefix" ->
                assertThat(HexFormat.of()
                                .formatHex(
                                        CfcPrefix.literalPrefix(input(vector, 0).bytes())))
                        .isEqualTo(vector.get("prefix_hex").asText());
            case "prefix ksid" -> prefixKeyspaceId(vector);
            case "LIKE prefix Map" ->
                expect(vector, ((Prefixable) create(vector)).prefixVindex().map(input(vector, 0)));
            case "stored from-value" -> storedFromValue(vector);
            case "Map: vhash of the stored number" -> storedToValue(vector);
            case "Create/Verify/Delete" -> badKeyspaceId(vector);
            default -> throw new AssertionError("no check for " + vector);
        }
    }

    private void map(JsonNode vector) throws IOException {
        Vindex vindex = create(vector);
        List<SqlValue> row = inputs(vector);
        if (vector.has("error")) {
            assertThatThrownBy(() -> ((SingleColumnVindex) vindex).map(row.get(0)))
                    .isInstanceOf(VtException.class)
                    .hasMessage(vector.get("error").asText());
            return;
        }
        if (vector.has("sort_key_hex")) {
            byte[] text = new String(row.get(0).bytes(), StandardCharsets.UTF_8)
                    .replaceFirst(" +$", "")
                    .getBytes(StandardCharsets.UTF_8);
            CollationKey key = CollationKey.of(text, 0, text.length);
            assertThat(HexFormat.of().formatHex(key.bytes(), 0, key.length()))
                    .isEqualTo(vector.get("sort_key_hex").asText());
        }
        Destination destination = vindex instanceof MultiColumnVindex several
                ? several.map(row)
                : ((SingleColumnVindex) vindex).map(row.get(0));
        expect(vector, destination);
    }

    private static void expect(JsonNode vector, Destination destination) {
        if (vector.has("key_range")) {
            assertThat(Destinations.print(destination))
                    .isEqualTo("DestinationKeyRange(" + vector.get("key_range").asText() + ")");
        } else if (vector.has("destination")) {
            assertThat(destination)
                    .isEqualTo(vector.get("destination").asText().equals("none") ? None.INSTANCE : AllShards.INSTANCE);
        } else {
            assertThat(destination)
                    .isEqualTo(KeyspaceId.ofHex(vector.get("keyspace_id_hex").asText()));
        }
    }

    private void prefixKeyspaceId(JsonNode vector) throws IOException {
        byte[] prefix = ((Cfc) create(vector)).key().prefix(input(vector, 0).bytes());
        assertThat(KeyspaceId.of(prefix))
                .hasToString(vector.get("keyspace_id_hex").asText());
    }

    private void storedFromValue(JsonNode vector) {
        SqlValue value = input(vector, 0);
        String stored = vector.get("from_value_uint64").asText();
        assertThat(KeyspaceId.of(UnicodeLoose.md5(value)))
                .hasToString(vector.get("unicode_loose_md5_hex").asText());
        FakeQueries queries = new FakeQueries();
        lookup(vector).map(queries, List.of(value));
        assertThat(queries.log())
                .containsExactly(
                        "VindexLookup NORMAL select f, t from lkp where f in ::f {f=[UINT64(" + stored + ")]}");
    }

    private void storedToValue(JsonNode vector) {
        FakeQueries queries = new FakeQueries();
        queries.answer(List.of(
                SqlValue.varchar("x"),
                SqlValue.uint64(vector.get("input").get("stored_to_value").asLong())));
        assertThat(lookup(vector).map(queries, List.of(SqlValue.varchar("x"))))
                .containsExactly(new KeyspaceIds(
                        List.of(KeyspaceId.ofHex(vector.get("keyspace_id_hex").asText()))));
    }

    private void badKeyspaceId(JsonNode vector) {
        KeyspaceId id =
                KeyspaceId.ofHex(vector.get("input").get("keyspace_id_hex").asText());
        LookupVindex lookup = lookup(vector);
        FakeQueries queries = new FakeQueries();
        List<SqlValue> row = List.of(SqlValue.int64(1));
        String error = vector.get("error").asText();
        assertThatThrownBy(() -> lookup.create(queries, List.of(row), List.of(id), false))
                .hasMessage(error.replace("<Op>", "Create"));
        assertThatThrownBy(() -> lookup.verify(queries, row, List.of(id))).hasMessage(error.replace("<Op>", "Verify"));
        assertThatThrownBy(() -> lookup.delete(queries, List.of(row), id)).hasMessage(error.replace("<Op>", "Delete"));
        assertThatThrownBy(() -> lookup.update(queries, row, id, row)).hasMessage(error.replace("<Op>", "Update"));
        assertThat(queries.log()).isEmpty();
    }

    private static LookupVindex lookup(JsonNode vector) {
        return (LookupVindex)
                REGISTRY.create(vector.get("vindex").asText(), "lkp", Map.of("table", "lkp", "from", "f", "to", "t"));
    }

    private Vindex create(JsonNode vector) throws IOException {
        Map<String, String> params = new HashMap<>();
        vector.get("params")
                .fields()
                .forEachRemaining(
                        param -> params.put(param.getKey(), param.getValue().asText()));
        if (params.remove("_file_content") != null) {
            Path file = Files.writeString(
                    directory.resolve("map.json"),
                    vector.get("params").get("_file_content").toString());
            params.put("json_path", file.toString());
        }
        return REGISTRY.create(
                vector.get("vindex").asText(), vector.get("vindex").asText(), params);
    }

    private static SqlValue input(JsonNode vector, int index) {
        return inputs(vector).get(index);
    }

    private static List<SqlValue> inputs(JsonNode vector) {
        JsonNode input = vector.get("input");
        List<SqlValue> values = new ArrayList<>();
        for (JsonNode one : input.isArray() ? input : List.of(input)) {
            values.add(value(one));
        }
        return values;
    }

    private static SqlValue value(JsonNode input) {
        byte[] bytes = {};
        if (input.has("value_hex")) {
            bytes = HexFormat.of().parseHex(input.get("value_hex").asText());
        } else if (input.has("value_base64")) {
            bytes = Base64.getDecoder().decode(input.get("value_base64").asText());
        } else if (input.hasNonNull("value")) {
            bytes = input.get("value").asText().getBytes(StandardCharsets.UTF_8);
        }
        assertThat(Arrays.stream(SqlType.values()).map(Enum::name))
                .contains(input.get("type").asText());
        return SqlValue.of(SqlType.valueOf(input.get("type").asText()), bytes);
    }
}
