package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultiColumnVindexesTest {
    private static final VindexRegistry REGISTRY = VindexRegistry.load();
    private static final SqlValue ONE = SqlValue.int64(1);

    @TempDir
    private Path directory;

    private static MultiColumnVindex multicol(String... params) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < params.length; i += 2) {
            map.put(params[i], params[i + 1]);
        }
        return (MultiColumnVindex) REGISTRY.create("multicol", "m", map);
    }

    @ParameterizedTest
    @CsvSource({
        "1,166b40b44aba4bd6",
        "2,166b40b4166b40b4",
        "3,166b40166b40166b",
        "4,166b166b166b166b",
        "5,166b166b166b1616",
        "8,1616161616161616"
    })
    void multicol_equalColumns_shareTheEightBytes(int columns, String id) {
        MultiColumnVindex vindex = multicol("column_count", String.valueOf(columns));
        List<SqlValue> row = java.util.Collections.nCopies(columns, ONE);
        assertThat(vindex.map(row)).isEqualTo(KeyspaceId.ofHex(id));
        assertThat(vindex.verify(row, KeyspaceId.ofHex(id))).isTrue();
        assertThat(vindex.columns()).isEqualTo(columns);
        assertThat(vindex.cost()).isEqualTo(columns);
        assertThat(vindex.partial()).isTrue();
    }

    @Test
    void multicol_givenWidthsAndVindexes_areUsed() {
        MultiColumnVindex vindex = multicol(
                "column_count", "3", "column_bytes", "1,,5", "column_vindex", " numeric , binary,", "other", "x");
        assertThat(vindex.cost()).isEqualTo(1);
        assertThat(vindex.unknownParams()).isEmpty();
        // numeric's first byte is 0; binary gives one byte of two, padded before the next column, not behind the last
        assertThat(vindex.map(List.of(ONE, SqlValue.varchar("a"), ONE)))
                .isEqualTo(KeyspaceId.ofHex("006100166b40b44a"));
        assertThat(vindex.map(List.of(ONE, SqlValue.varchar("a")))).hasToString("0061-0062");
        assertThat(vindex.map(List.of())).isEqualTo(AllShards.INSTANCE);
    }

    @Test
    void multicol_tooManyValues_haveNoShard() {
        MultiColumnVindex vindex = multicol("column_count", "1");
        assertThat(vindex.map(List.of(ONE, ONE))).isEqualTo(None.INSTANCE);
        assertThatThrownBy(() -> vindex.verify(List.of(ONE, ONE), KeyspaceId.ofHex("")))
                .hasMessage("[BUG] wrong number of column values were passed: maximum allowed 1, got 2");
        assertThat(vindex.map(List.of(SqlValue.NULL))).isEqualTo(None.INSTANCE);
        assertThatThrownBy(() -> vindex.verify(
                        List.of(SqlValue.of(io.vtsphere.sqltypes.SqlType.INT64, new byte[] {'x'})),
                        KeyspaceId.ofHex("")))
                .hasMessage("strconv.ParseInt: parsing \"x\": invalid syntax");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                " | | | number of columns not provided in the parameter 'column_count'",
                "0 | | | number of columns should be between 1 and 8 in the parameter 'column_count'",
                "9 | | | number of columns should be between 1 and 8 in the parameter 'column_count'",
                "x | | | strconv.Atoi: parsing \"x\": invalid syntax",
                "1 | 1,2 | | number of column bytes provided are more than column count in the parameter 'column_bytes'",
                "2 | 8 | | column bytes count exceeds the keyspace id length (total bytes count cannot exceed 8 bytes) in the parameter 'column_bytes'",
                "2 | 4,5 | | column bytes count exceeds the keyspace id length (total bytes count cannot exceed 8 bytes) in the parameter 'column_bytes'",
                "2 | ^1, 2^ | | strconv.Atoi: parsing \" 2\": invalid syntax",
                "1 | | hash,hash | number of vindex function provided are more than column count in the parameter 'column_vindex'",
                "1 | | null | multicol vindex supports vindexes that exports hashing function, are unique and are non-lookup vindex, passed vindex 'null' is invalid",
                "1 | | lookup | multicol vindex supports vindexes that exports hashing function, are unique and are non-lookup vindex, passed vindex 'lookup' is invalid",
                "1 | | cfc | multicol vindex supports vindexes that exports hashing function, are unique and are non-lookup vindex, passed vindex 'cfc' is invalid",
                "1 | | nope | vindexType \"nope\" not found",
            })
    void multicol_badParameters_areRefused(String count, String bytes, String vindexes, String message) {
        Map<String, String> params = new HashMap<>();
        params.put("column_count", count);
        params.put("column_bytes", bytes);
        params.put("column_vindex", vindexes);
        params.values().removeIf(value -> value == null);
        assertThatThrownBy(() -> REGISTRY.create("multicol", "m", params))
                .isInstanceOf(VtException.class)
                .hasMessage(message);
    }

    @Test
    void regionExperimental_verify_neverThrows() {
        MultiColumnVindex vindex =
                (MultiColumnVindex) REGISTRY.create("region_experimental", "r", Map.of("region_bytes", "1", "x", "y"));
        assertThat(vindex.unknownParams()).containsExactly("x");
        assertThat(vindex.verify(List.of(ONE, ONE), KeyspaceId.ofHex("01166b40b44aba4bd6")))
                .isTrue();
        assertThat(vindex.verify(List.of(ONE), KeyspaceId.ofHex("01"))).isFalse();
        assertThat(vindex.verify(List.of(SqlValue.varchar("a"), ONE), KeyspaceId.ofHex("01")))
                .isFalse();
        assertThat(vindex.map(List.of(ONE, SqlValue.int64(-1)))).isEqualTo(None.INSTANCE);
        assertThat(vindex.map(List.of(SqlValue.int64(255)))).hasToString("ff-");
        assertThat(vindex.map(List.of(ONE, ONE, ONE))).isEqualTo(None.INSTANCE);
    }

    @Test
    void regionExperimental_badParameters_areRefused() {
        assertThatThrownBy(() -> REGISTRY.create("region_experimental", "r", Map.of()))
                .hasMessage("region_experimental missing region_bytes param");
        assertThatThrownBy(() -> REGISTRY.create("region_experimental", "r", Map.of("region_bytes", "3")))
                .hasMessage("region_bytes must be 1 or 2: 3");
    }

    @Test
    void regionJson_columnsAreIdThenRegion() throws IOException {
        Path file = Files.writeString(directory.resolve("regions.json"), "{\"US\":1,\"EU\":258}");
        MultiColumnVindex one = regionJson(file, "1");
        MultiColumnVindex two = regionJson(file, "2");
        List<SqlValue> row = List.of(ONE, SqlValue.varchar("EU"));
        assertThat(one.map(row)).isEqualTo(KeyspaceId.ofHex("02166b40b44aba4bd6"));
        assertThat(two.map(row)).isEqualTo(KeyspaceId.ofHex("0102166b40b44aba4bd6"));
        assertThat(two.verify(row, KeyspaceId.ofHex("0102166b40b44aba4bd6"))).isTrue();
        assertThat(two.map(List.of(ONE, SqlValue.varchar("AS")))).isEqualTo(None.INSTANCE);
        assertThat(two.map(List.of(SqlValue.varchar("x"), SqlValue.varchar("EU"))))
                .isEqualTo(None.INSTANCE);
        assertThat(two.map(List.of(ONE))).isEqualTo(None.INSTANCE);
        assertThat(two.partial()).isFalse();
    }

    @Test
    void regionJson_badParameters_areRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("regions.json"), "{\"US\":1}");
        assertThatThrownBy(() -> regionJson(file, "3")).hasMessage("region_bytes must be 1 or 2: 3");
        assertThatThrownBy(() -> regionJson(file, "x")).hasMessage("strconv.Atoi: parsing \"x\": invalid syntax");
        assertThatThrownBy(() -> regionJson(directory.resolve("none"), "1"))
                .hasMessage("open " + directory.resolve("none") + ": no such file or directory");
        assertThatThrownBy(() -> REGISTRY.create("region_json", "r", Map.of("region_bytes", "1")))
                .hasMessage("open : no such file or directory");
        Path negative = Files.writeString(directory.resolve("negative.json"), "{\"US\":-1}");
        assertThatThrownBy(() -> regionJson(negative, "1"))
                .hasMessage("json: cannot unmarshal number -1 into Go value of type uint64");
    }

    private static MultiColumnVindex regionJson(Path file, String bytes) {
        return (MultiColumnVindex)
                REGISTRY.create("region_json", "r", Map.of("region_map", file.toString(), "region_bytes", bytes));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"a\":1} | strconv.ParseUint: parsing \"a\": invalid syntax",
                "{\"-1\":1} | strconv.ParseUint: parsing \"-1\": invalid syntax",
                "{\"18446744073709551616\":1} | strconv.ParseUint: parsing \"18446744073709551616\": value out of range",
                "{\"1\":\"2\"} | json: cannot unmarshal string into Go value of type uint64",
                "{\"1\":1.5} | json: cannot unmarshal number 1.5 into Go value of type uint64",
                "[1] | json: cannot unmarshal array into Go value of type map[string]uint64",
                "^^ | unexpected end of JSON input",
            })
    void numericStaticMap_badJson_isRefused(String json, String message) {
        assertThatThrownBy(() -> REGISTRY.create("numeric_static_map", "n", Map.of("json", json)))
                .isInstanceOf(VtException.class)
                .hasMessage(message);
    }

    @Test
    void numericStaticMap_parameters() {
        assertThatThrownBy(() -> REGISTRY.create("numeric_static_map", "n", Map.of()))
                .hasMessage("NumericStaticMap: Could not find either `json_path` or `json` params in vschema");
        assertThatThrownBy(() -> REGISTRY.create("numeric_static_map", "n", Map.of("json", "{}", "json_path", "x")))
                .hasMessage("NumericStaticMap: Found both `json` and `json_path` params in vschema");
        assertThatThrownBy(
                        () -> REGISTRY.create("numeric_static_map", "n", Map.of("json", "{}", "fallback_type", "nope")))
                .hasMessage("vindexType \"nope\" not found");
        SingleColumnVindex ignoredFallback = (SingleColumnVindex)
                REGISTRY.create("numeric_static_map", "n", Map.of("json", "{}", "fallback_type", "null"));
        assertThat(ignoredFallback.map(ONE)).isEqualTo(KeyspaceId.ofHex("0000000000000001"));
    }
}
