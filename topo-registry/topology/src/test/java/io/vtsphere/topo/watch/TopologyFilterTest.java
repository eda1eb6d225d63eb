package io.vtsphere.topo.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Topodata;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.server.Recording;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.VindexRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyFilterTest {
    private static Topodata.Tablet tablet(String keyspace, String shard) {
        return Topodata.Tablet.newBuilder()
                .setKeyspace(keyspace)
                .setShard(shard)
                .putTags("pool", "blue")
                .putTags("zone", "a")
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "customer|-80, -80, true",
        "customer|-80, -40, true",
        "customer|-80, 40-80, true",
        "customer|-80, 80-, false",
        "customer|-80, -, false",
        "customer|-80, 40-c0, false",
        "customer|40-, c0-, true",
        "customer|40-, 20-60, false",
        "customer|-, 80-, true",
        "customer|0, 0, true",
        "customer|0, 1, false",
        "other|-80, -80, false",
        "customer|-80, --, false",
    })
    void shards_byNameOrRange(String filter, String shard, boolean kept) {
        TopologyFilter made = TopologyFilter.of(List.of(), List.of(filter), List.of());
        assertThat(made.keeps(tablet("customer", shard))).isEqualTo(kept);
    }

    @Test
    void tags_allMustMatch() {
        assertThat(TopologyFilter.of(List.of(), List.of(), List.of("pool:blue", "zone:a"))
                        .keeps(tablet("k", "0")))
                .isTrue();
        assertThat(TopologyFilter.of(List.of(), List.of(), List.of("pool:blue", "zone:b"))
                        .keeps(tablet("k", "0")))
                .isFalse();
        assertThat(TopologyFilter.of(List.of(), List.of(), List.of("rack:7")).keeps(tablet("k", "0")))
                .isFalse();
    }

    @Test
    void mistakes_areNamed() {
        assertThatThrownBy(() -> TopologyFilter.of(List.of("a"), List.of("a|0"), List.of()))
                .hasMessage("only one of --keyspaces-to-watch and --tablet-filters may be specified at a time");
        assertThatThrownBy(() -> TopologyFilter.of(List.of(), List.of("a/0"), List.of()))
                .hasMessage("invalid FilterByShard parameter: a/0");
        assertThatThrownBy(() -> TopologyFilter.of(List.of(), List.of("a|-80", "a|-80"), List.of()))
                .hasMessage("duplicate a/-80 entry");
        assertThatThrownBy(() -> TopologyFilter.of(List.of(), List.of("a|80-40"), List.of()))
                .hasMessageStartingWith("error parsing shard name 80-40: ");
        assertThatThrownBy(() -> TopologyFilter.of(List.of(), List.of(), List.of("tag")))
                .hasMessageContaining("'tag'");
    }

    @Test
    void keyspacesToWatch_othersAreNotThere_alsoWhenTheyChange() {
        MemoryTopo topo = Recording.load("etcd-commerce-customer.json").toMemory();
        try (TopoServer server = TopoServer.open(topo, "", Recording.GLOBAL_ROOT);
                TopologyWatcher watcher = TopologyWatcher.open(
                        TopologyConfig.of("zone1", List.of("zone1"))
                                .withFilter(TopologyFilter.of(List.of("customer"), List.of(), List.of())),
                        server,
                        VindexRegistry.load(),
                        new SimpleMeterRegistry())) {
            assertThat(watcher.current().keyspaces()).containsOnlyKeys("customer");
            assertThat(watcher.current().servedKeyspaces()).containsExactly("customer");
            assertThat(watcher.current().tablets()).hasSize(2);
            server.tablets().update(new TabletAlias("zone1", 100), record -> record.toBuilder()
                    .setHostname("elsewhere")
                    .build());
            server.tablets().update(new TabletAlias("zone1", 300), record -> record.toBuilder()
                    .setKeyspace("commerce")
                    .build());
            await().untilAsserted(() ->
                    assertThat(watcher.current().tablets()).containsOnlyKeys(new TabletAlias("zone1", 200)));
        }
    }
}
