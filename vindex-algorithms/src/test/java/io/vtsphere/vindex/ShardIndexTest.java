package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIndexTest {
    @ParameterizedTest
    @CsvSource({
        "-80 80-,,0",
        "-80 80-,7f,0",
        "-80 80-,80,1",
        "-80 80-,ffff,1",
        "80- -80,10,1",
        "-40 80-,60,-1",
        "40-80,10,-1",
        "40-80,80,-1",
        "40-80,40,0",
        "-,80,0",
        "-80 40- -,60,0",
        "40- -80 -,60,0",
        "-80 -80,10,0",
        "-80 - 80-,90,1",
        "-8000 8000-,80,1",
        "-80 8000-,80,1",
        "-00000000000000000001 00000000000000000001-,00000000000000000001,1",
        "-00000000000000000001 00000000000000000001-,000000000000000000,0"
    })
    void find_id_givesTheFirstRangeThatContainsIt(String ranges, String id, int position) {
        List<KeyRange> list =
                Arrays.stream(ranges.split(" ")).map(KeyRange::parse).toList();
        assertThat(ShardIndex.of(list).find(KeyspaceId.ofHex(id == null ? "" : id)))
                .isEqualTo(position);
    }

    @Test
    void find_noRanges_findsNothing() {
        assertThat(ShardIndex.of(List.of()).find(KeyspaceId.ofHex("80"))).isEqualTo(-1);
        assertThat(ShardIndex.of(List.of()).fault()).contains("no key ranges");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void find_randomRanges_agreesWithAWalk(long seed) {
        Random random = new Random(seed);
        List<KeyRange> ranges = randomRanges(random);
        ShardIndex index = ShardIndex.of(ranges);
        for (int i = 0; i < 5_000; i++) {
            byte[] id = randomBytes(random);
            int expected = -1;
            for (int shard = ranges.size() - 1; shard >= 0; shard--) {
                expected = ranges.get(shard).contains(KeyspaceId.of(id)) ? shard : expected;
            }
            assertThat(index.find(KeyspaceId.of(id)))
                    .as("seed %d, id %s in %s", seed, KeyspaceId.of(id), ranges)
                    .isEqualTo(expected);
        }
    }

    /** A partition with, for some seeds, holes, overlaps, long common prefixes, in any order. */
    private static List<KeyRange> randomRanges(Random random) {
        List<byte[]> bounds = new ArrayList<>();
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            bounds.add(randomBytes(random));
        }
        bounds.sort(Bytes::compare);
        List<KeyRange> ranges = new ArrayList<>();
        byte[] start = {};
        for (byte[] bound : bounds) {
            if (Bytes.compare(start, bound) < 0) {
                ranges.add(KeyRange.of(start, bound));
                start = bound;
            }
        }
        ranges.add(KeyRange.of(start, new byte[0]));
        if (random.nextBoolean() && ranges.size() > 2) {
            ranges.remove(random.nextInt(ranges.size()));
        }
        if (random.nextInt(4) == 0) {
            ranges.add(KeyRange.of(randomBytes(random), randomBytes(random)));
        }
        Collections.shuffle(ranges, random);
        return ranges;
    }

    /** Few different first bytes and many lengths, so that bounds are hit and prefixes are shared. */
    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(12)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(3));
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "40-80 80- | the first key range, 40-80, does not start at the smallest keyspace id",
                "-40 80-   | a hole between key ranges -40 and 80-",
                "-80 40-   | an overlap of key ranges -80 and 40-",
                "-80 80-c0 | the last key range, 80-c0, does not end at the largest keyspace id",
                "80- -80   | ",
            })
    void fault_list_namesTheFirst(String ranges, String fault) {
        List<KeyRange> list =
                Arrays.stream(ranges.split(" ")).map(KeyRange::parse).toList();
        assertThat(ShardIndex.of(list).fault().orElse(null)).isEqualTo(fault);
    }
}
