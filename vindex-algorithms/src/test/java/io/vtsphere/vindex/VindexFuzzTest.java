package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random parameters and values: every type answers, the same every time, or throws a {@link VtException}. */
class VindexFuzzTest {
    private static final VindexRegistry REGISTRY = VindexRegistry.load();
    private static final String[] KEYS = {
        "json",
        "fallback_type",
        "column_count",
        "column_bytes",
        "column_vindex",
        "region_bytes",
        "region_map",
        "hash",
        "offsets",
        "table",
        "from",
        "to",
        "ignore_nulls",
        "batch_lookup",
        "read_lock",
        "write_only",
        "no_verify",
        "autocommit",
        "cost"
    };
    private static final String[] SETTINGS = {
        "",
        "1",
        "2",
        "3",
        "8",
        "9",
        "-1",
        "true",
        "false",
        "hash",
        "xxhash",
        "md5",
        "xxhash64",
        "binary,null",
        "1,2,3",
        ",,1",
        "[1,3]",
        "[2]",
        "[9223372036854775807]",
        "{\"1\":2}",
        "{\"x\":2}",
        "{",
        "none",
        "shared",
        "f",
        "a,b",
        "/nowhere",
        "lookup",
        "unicode_loose_md5,binary_md5,numeric",
        "\u0000",
        "99999999999999999999"
    };
    private static final String[] TEXTS = {
        "",
        "0",
        "1",
        "-1",
        " 7 ",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "1.5",
        "1e9",
        "x'0af0'",
        "x'0'",
        "0x0af0",
        "0x",
        "0b101",
        "0b",
        "abc",
        "ÀÉ l·\u0410\u0323\u0306",
        "%_\\",
        "\\",
        "\t ",
        "각",
        "\u0f40\u0f72\u0f71\u0fb2\u0f71\u0f80",
        "x\u0363\u094d\u0301"
    };

    static List<String> types() {
        return List.copyOf(REGISTRY.types());
    }

    @ParameterizedTest
    @MethodSource("types")
    void randomInput_isAnsweredOrRefused(String type) {
        long seed = 0x5EED + type.hashCode();
        Random random = new Random(seed);
        int answered = 0;
        for (int i = 0; i < 400; i++) {
            Map<String, String> params = params(type, random);
            Vindex vindex;
            try {
                vindex = REGISTRY.create(type, "v", params);
            } catch (VtException e) {
                assertThat(e.getMessage()).isNotBlank();
                continue;
            }
            for (int k = 0; k < 50; k++) {
                List<SqlValue> row = row(random, 1 + random.nextInt(vindex instanceof MultiColumnVindex ? 4 : 1));
                answered += ask(vindex, row, "seed " + seed + " " + type + params + row);
            }
        }
        assertThat(answered).as("answers of %s, seed %d", type, seed).isPositive();
    }

    private static Map<String, String> params(String type, Random random) {
        Map<String, String> params = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            params.put(KEYS[random.nextInt(KEYS.length)], SETTINGS[random.nextInt(SETTINGS.length)]);
        }
        if (random.nextBoolean()) {
            switch (type) {
                case "multicol" -> params.put("column_count", String.valueOf(1 + random.nextInt(4)));
                case "numeric_static_map" -> params.put("json", "{\"1\":18446744073709551615}");
                case "region_experimental" -> params.put("region_bytes", "2");
                case "region_json" -> {
                    params.put("region_bytes", "1");
                    params.put("region_map", regions());
                }
                default -> params.put("table", "t");
            }
        }
        return params;
    }

    private static String regions() {
        try {
            return java.nio.file.Path.of(
                            VindexFuzzTest.class.getResource("regions.json").toURI())
                    .toString();
        } catch (java.net.URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static List<SqlValue> row(Random random, int columns) {
        List<SqlValue> row = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            SqlType type = SqlType.values()[random.nextInt(SqlType.values().length)];
            byte[] bytes = TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(3) == 0) {
                bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
            } else if (random.nextInt(5) == 0) {
                bytes = randomText(random).getBytes(StandardCharsets.UTF_8);
            }
            row.add(SqlValue.of(type, bytes));
        }
        return row;
    }

    /** Characters of the scripts with contractions and marks, mostly. */
    private static String randomText(Random random) {
        int[] blocks = {0x20, 0x300, 0x400, 0x600, 0x900, 0xe00, 0xf00, 0x1100, 0x1b00, 0xac00, 0x4e00, 0x1f600, 0xfb50
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(50); i > 0; i--) {
            text.appendCodePoint(blocks[random.nextInt(blocks.length)] + random.nextInt(0xd0));
        }
        return text.toString();
    }

    private static int ask(Vindex vindex, List<SqlValue> row, String description) {
        try {
            Destination destination = map(vindex, row);
            assertThat(map(vindex, row)).as(description).isEqualTo(destination);
            assertThat(Destinations.print(destination)).startsWith("Destination");
            if (destination instanceof KeyspaceId id && vindex instanceof Reversible reversible) {
                SqlValue value = reversible.reverseMap(id);
                assertThat(((SingleColumnVindex) vindex).map(value))
                        .as(description)
                        .isEqualTo(id);
            }
            if (vindex instanceof Prefixable prefixable) {
                assertThat(prefixable.prefixVindex().map(row.get(0)))
                        .as(description)
                        .isNotNull();
            }
            if (destination instanceof KeyspaceId id && vindex instanceof MultiColumnVindex several) {
                assertThat(several.verify(row, id)).as(description).isTrue();
            }
            if (destination instanceof KeyspaceId id && vindex instanceof SingleColumnVindex single) {
                // only hash maps what it will not verify: negative numbers
                assertThat(single.verify(row.get(0), id)).as(description).isTrue();
            }
            return 1;
        } catch (VtException e) {
            assertThat(e.getMessage()).as(description).isNotBlank();
            return 0;
        }
    }

    private static Destination map(Vindex vindex, List<SqlValue> row) {
        if (vindex instanceof MultiColumnVindex several) {
            return several.map(row);
        }
        if (vindex instanceof SingleColumnVindex single) {
            return single.map(row.get(0));
        }
        LookupVindex lookup = (LookupVindex) vindex;
        FakeQueries queries = new FakeQueries();
        if (lookup.fromColumns().size() == 1) {
            lookup.create(queries, List.of(row), List.of(KeyspaceId.ofHex("166b40b44aba4bd6")), true);
        }
        return lookup.map(queries, row).get(0);
    }
}
