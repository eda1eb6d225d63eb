package io.vtsphere.vindex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Key ranges against sets: bounds of 4 bits in the first byte, so that every id of 16 can be looked at. */
class KeyRangePropertiesTest {
    private static final int IDS = 16;

    private record Model(KeyRange range, BitSet ids) {}

    private static byte[] bytes(int nibble) {
        return nibble == 0 ? new byte[0] : new byte[] {(byte) (nibble << 4)};
    }

    private static List<Model> all() {
        List<Model> models = new ArrayList<>();
        for (int start = 0; start < IDS; start++) {
            for (int end = start + 1; end <= IDS; end++) {
                BitSet ids = new BitSet();
                ids.set(start, end);
                models.add(new Model(KeyRange.of(bytes(start), bytes(end % IDS)), ids));
            }
        }
        return models;
    }

    @Test
    void contains_everyId_andItsLongerForms() {
        for (Model model : all()) {
            for (int id = 0; id < IDS; id++) {
                boolean inside = model.ids().get(id);
                for (byte[] form : new byte[][] {
                    bytes(id), {(byte) (id << 4)}, {(byte) (id << 4), 0, 0}, {(byte) (id << 4 | 15), -1}
                }) {
                    assertThat(model.range().contains(KeyspaceId.of(form)))
                            .as("%s in %s", KeyspaceId.of(form), model.range())
                            .isEqualTo(inside);
                }
            }
        }
    }

    @Test
    void pairs_containIntersectAddAndEqualAsSetsDo() {
        List<Model> all = all();
        for (Model a : all) {
            for (Model b : all) {
                String pair = a.range() + " and " + b.range();
                BitSet common = (BitSet) a.ids().clone();
                common.and(b.ids());
                assertThat(a.range().intersects(b.range())).as(pair).isEqualTo(!common.isEmpty());
                assertThat(a.range().contains(b.range())).as(pair).isEqualTo(common.equals(b.ids()));
                assertThat(a.range().equals(b.range()))
                        .as(pair)
                        .isEqualTo(a.ids().equals(b.ids()));
                if (a.range().equals(b.range())) {
                    assertThat(a.range()).hasSameHashCodeAs(b.range());
                }
                add(a, b, pair);
            }
        }
    }

    private static void add(Model a, Model b, String pair) {
        Optional<KeyRange> sum = a.range().add(b.range());
        boolean neighbours = a.ids().length() == b.ids().nextSetBit(0)
                || b.ids().length() == a.ids().nextSetBit(0);
        assertThat(sum.isPresent()).as(pair).isEqualTo(neighbours);
        sum.ifPresent(range -> {
            for (int id = 0; id < IDS; id++) {
                assertThat(range.contains(KeyspaceId.of(bytes(id))))
                        .as(pair)
                        .isEqualTo(a.ids().get(id) || b.ids().get(id));
            }
        });
    }

    @Test
    void names_areReadBackAsTheSameRange() {
        for (Model model : all()) {
            KeyRange read = KeyRange.parse(model.range().toString());
            assertThat(read).isEqualTo(model.range());
            assertThat(read).hasToString(model.range().toString());
            assertThat(KeyRange.canonicalShardName(model.range().toString().toUpperCase(java.util.Locale.ROOT)))
                    .isEqualTo(model.range().toString());
        }
    }

    /** Every way to cut the key space: each id has exactly one shard, found by the index as by a walk. */
    @Test
    void equalShards_coverEveryIdOnce() {
        for (int count : new int[] {1, 2, 3, 4, 7, 16, 100, 256, 1000, 1024}) {
            List<KeyRange> shards = ShardingSpec.equalShards(count);
            assertThat(shards).hasSize(count);
            ShardIndex index = ShardIndex.of(shards);
            assertThat(index.fault()).isEmpty();
            for (int id = 0; id < 65_536; id += 61) {
                KeyspaceId keyspaceId = KeyspaceId.ofHex(HexFormat.of().toHexDigits((char) id));
                long holders = shards.stream()
                        .filter(shard -> shard.contains(keyspaceId))
                        .count();
                assertThat(holders).isEqualTo(1);
                assertThat(shards.get(index.find(keyspaceId)).contains(keyspaceId))
                        .isTrue();
            }
        }
    }
}
