package io.vtsphere.topo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShardMapTest {
    private static ShardMap map(String... names) {
        List<ShardRef> shards = Arrays.stream(names)
                .map(name -> new ShardRef(name, KeyRange.ofShardName(name)))
                .toList();
        return new ShardMap("ks", shards, Set.of());
    }

    private static List<String> names(List<ShardRef> shards) {
        return shards.stream().map(ShardRef::name).toList();
    }

    @Test
    void hole_scatterFailsNamingIt_idsOutsideItAreFound() {
        ShardMap map = map("-40", "80-");
        assertThatThrownBy(map::allShards)
                .isInstanceOfSatisfying(
                        VtException.class, e -> assertThat(e.code()).isEqualTo(Code.FAILED_PRECONDITION))
                .hasMessageContaining("keyspace ks")
                .hasMessageContaining("-40")
                .hasMessageContaining("80-");
        assertThat(map.shardFor(KeyspaceId.ofHex("3f")).name()).isEqualTo("-40");
        assertThat(map.shardFor(KeyspaceId.ofHex("80")).name()).isEqualTo("80-");
        assertThatThrownBy(() -> map.shardFor(KeyspaceId.ofHex("40")))
                .isInstanceOfSatisfying(
                        VtException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID_ARGUMENT))
                .hasMessage(
                        "KeyspaceId 40 didn't match any shards [name:\"-40\"  key_range:{end:\"@\"} name:\"80-\"  key_range:{start:\"\\x80\"}]");
    }

    @Test
    void overlap_scatterFails_firstShardInOrderWins() {
        ShardMap map = map("-80", "40-");
        assertThatThrownBy(map::allShards).hasMessageContaining("overlap");
        assertThat(map.shardFor(KeyspaceId.ofHex("50")).name()).isEqualTo("-80");
    }

    @Test
    void noShards_unavailable() {
        assertThatThrownBy(() -> map().shardFor(KeyspaceId.ofHex("00")))
                .isInstanceOfSatisfying(
                        VtException.class, e -> assertThat(e.code()).isEqualTo(Code.UNAVAILABLE))
                .hasMessage("no shard in keyspace");
    }

    @Test
    void shardsFor_everyIntersecting_inOrder() {
        ShardMap map = map("-40", "40-80", "80-c0", "c0-");
        assertThat(names(map.shardsFor(KeyRange.parse("30-90")))).containsExactly("-40", "40-80", "80-c0");
        assertThat(names(map.shardsFor(KeyRange.complete()))).hasSize(4);
    }

    @Test
    void shardsExactly_onlyAtShardBounds() {
        ShardMap map = map("c0-", "-40", "80-c0", "40-80");
        assertThat(names(map.shardsExactly(KeyRange.parse("-80")))).containsExactly("-40", "40-80");
        assertThat(names(map.shardsExactly(KeyRange.parse("4000-c0")))).containsExactly("40-80", "80-c0");
        assertThat(names(map.shardsExactly(KeyRange.complete()))).containsExactly("-40", "40-80", "80-c0", "c0-");
        assertThatThrownBy(() -> map.shardsExactly(KeyRange.parse("-90")))
                .hasMessage("keyrange -90 does not exactly match shards");
    }

    @Test
    void shardsExactly_acrossAHole_isRefused() {
        assertThatThrownBy(() -> map("-40", "80-").shardsExactly(KeyRange.complete()))
                .hasMessage("keyrange - does not exactly match shards");
    }

    @Test
    void onlyShard_several_isRefused() {
        assertThat(map("0").onlyShard().name()).isEqualTo("0");
        assertThatThrownBy(() -> map("-80", "80-").onlyShard())
                .hasMessageStartingWith("Keyspace 'ks' does not have exactly one shard: [");
    }

    @Test
    void unshardedShard_holdsEveryId() {
        assertThat(map("0").shardFor(KeyspaceId.ofHex("ff")).name()).isEqualTo("0");
        assertThat(map("0").fault()).isNull();
    }
}
