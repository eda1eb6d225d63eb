package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.sqltypes.SqlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the first columns, or the first characters, say of a row never leaves its shard out. */
class PrefixPropertiesTest {
    private static final VindexRegistry REGISTRY = VindexRegistry.load();
    private static final int TRIES = 3_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | | ",
                "3 | | xxhash,binary_md5,unicode_loose_md5",
                "8 | | ",
                "3 | 1,,2 | numeric,reverse_bits,hash",
                "4 | 2,2,2,2 | binary,binary,binary,binary",
                "2 | 8, | xxhash,xxhash"
            })
    void multicol_firstColumns_leadToARangeThatHoldsTheRow(int columns, String bytes, String vindexes) {
        Map<String, String> params = new java.util.HashMap<>(Map.of("column_count", Integer.toString(columns)));
        if (bytes != null && !bytes.endsWith(",")) {
            params.put("column_bytes", bytes);
        }
        if (vindexes != null) {
            params.put("column_vindex", vindexes);
        }
        MultiColumnVindex vindex = (MultiColumnVindex) REGISTRY.create("multicol", "m", params);
        Random random = new Random(columns);
        for (int i = 0; i < TRIES; i++) {
            List<SqlValue> row = new ArrayList<>();
            for (int column = 0; column < columns; column++) {
                row.add(SqlValue.uint64(random.nextLong() >>> random.nextInt(64)));
            }
            KeyspaceId whole = (KeyspaceId) vindex.map(row);
            assertThat(whole.bytes()).hasSizeLessThanOrEqualTo(8);
            assertThat(vindex.verify(row, whole)).isTrue();
            for (int known = 1; known < columns; known++) {
                assertHolds(vindex.map(row.subList(0, known)), whole, row + " by " + known);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void regionExperimental_region_leadsToARangeThatHoldsTheRow(String regionBytes) {
        MultiColumnVindex vindex =
                (MultiColumnVindex) REGISTRY.create("region_experimental", "r", Map.of("region_bytes", regionBytes));
        Random random = new Random(9);
        for (int i = 0; i < TRIES; i++) {
            List<SqlValue> row = List.of(
                    SqlValue.uint64(random.nextInt(1 << 18)),
                    SqlValue.uint64(random.nextLong() >>> random.nextInt(64)));
            assertHolds(vindex.map(row.subList(0, 1)), vindex.map(row), row.toString());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | ''", "md5 | [2,4]", "xxhash64 | [1,5,9]", "md5 | [20]"})
    void cfc_pattern_leadsToARangeThatHoldsEveryMatch(String hash, String offsets) {
        SingleColumnVindex vindex = (SingleColumnVindex) REGISTRY.create(
                "cfc", "c", Map.of("hash", hash == null ? "" : hash, "offsets", offsets == null ? "" : offsets));
        SingleColumnVindex patterns = ((Prefixable) vindex).prefixVindex();
        assertThat(patterns.unique()).isFalse();
        Random random = new Random(10);
        for (int i = 0; i < TRIES; i++) {
            byte[] key = new byte[20 + random.nextInt(10)];
            for (int k = 0; k < key.length; k++) {
                key[k] = (byte) ("abcXYZ01".charAt(random.nextInt(8)));
            }
            int known = random.nextInt(key.length + 1);
            String pattern =
                    new String(key, 0, known, StandardCharsets.US_ASCII) + (random.nextBoolean() ? "%" : "_%x");
            assertHolds(
                    patterns.map(SqlValue.varchar(pattern)),
                    vindex.map(SqlValue.varbinary(key)),
                    pattern + " " + offsets);
        }
    }

    private static void assertHolds(Destination destination, Destination row, String description) {
        KeyspaceId id = (KeyspaceId) row;
        if (destination instanceof KeyRange range) {
            assertThat(range.contains(id))
                    .as("%s: %s in %s", description, id, range)
                    .isTrue();
        } else {
            assertThat(destination).as(description).isEqualTo(AllShards.INSTANCE);
        }
    }

    @Test
    void prefixRange_holdsExactlyWhatStartsWithThePrefix() {
        Random random = new Random(11);
        for (int i = 0; i < TRIES; i++) {
            byte[] prefix = bytes(random, 1 + random.nextInt(3));
            byte[] id = random.nextBoolean() ? bytes(random, random.nextInt(6)) : longer(prefix, bytes(random, 2));
            KeyRange range = (KeyRange) PrefixRange.of(prefix);
            byte[] padded = Arrays.copyOf(id, Math.max(id.length, prefix.length));
            boolean starts = Arrays.equals(prefix, Arrays.copyOf(padded, prefix.length));
            assertThat(range.contains(KeyspaceId.of(id)))
                    .as("%s in %s", KeyspaceId.of(id), range)
                    .isEqualTo(starts);
        }
        assertThat(PrefixRange.of(new byte[0])).isEqualTo(AllShards.INSTANCE);
        assertThat(PrefixRange.of(new byte[] {-1, -1})).hasToString("ffff-");
        assertThat(PrefixRange.of(new byte[] {0, -1})).hasToString("00ff-0100");
    }

    /** Few different bytes, with the first and the last one among them. */
    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(4) - 2);
        }
        return bytes;
    }

    private static byte[] longer(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
