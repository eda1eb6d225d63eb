package io.vtsphere.topo.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vtsphere.topo.AutoIncrement;
import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TableName;
import io.vtsphere.topo.TableRef;
import io.vtsphere.topo.TableType;
import io.vtsphere.topo.TableVSchema;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.server.Recording;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.VtException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a real Vitess cluster wrote is read as the model that vtgate had of it. */
class RecordedTopologyTest {
    private static ServingState load(String recording) {
        MemoryTopo topo = Recording.load(recording).toMemory();
        try (TopoServer server = TopoServer.open(topo, "", Recording.GLOBAL_ROOT);
                TopologyWatcher watcher = TopologyWatcher.open(
                        TopologyConfig.of("zone1", List.of("zone1")),
                        server,
                        VindexRegistry.load(),
                        new SimpleMeterRegistry())) {
            assertThat(watcher.status().ready()).isTrue();
            assertThat(watcher.status().staleNanos()).isZero();
            assertThat(watcher.status().recordFaults()).isEmpty();
            return watcher.current();
        }
    }

    @Test
    void base_keyspacesShardsAndTablets() {
        ServingState state = load("etcd-commerce-customer.json");

        assertThat(state.servedKeyspaces()).containsExactly("commerce", "customer");
        assertThat(state.keyspaces().keySet()).containsExactly("commerce", "customer");
        KeyspaceState commerce = state.keyspace("commerce");
        assertThat(commerce.sharded()).isFalse();
        for (TabletType type : List.of(TabletType.PRIMARY, TabletType.REPLICA, TabletType.RDONLY)) {
            assertThat(commerce.shards(type).onlyShard()).isEqualTo(new ShardRef("0", null));
        }
        KeyspaceState customer = state.keyspace("customer");
        assertThat(customer.sharded()).isTrue();
        assertThat(customer.shards(TabletType.REPLICA).allShards())
                .extracting(ShardRef::name)
                .containsExactly("-80", "80-");
        assertThat(customer.shards(TabletType.PRIMARY)
                        .shardFor(KeyspaceId.ofHex("166b40b44aba4bd6"))
                        .name())
                .isEqualTo("-80");
        assertThat(customer.shards(TabletType.PRIMARY)
                        .shardFor(KeyspaceId.ofHex("80"))
                        .name())
                .isEqualTo("80-");
        assertThatThrownBy(() -> customer.shards(TabletType.SPARE))
                .hasMessage("No partition found for tabletType spare in keyspace customer");
        assertThatThrownBy(() -> state.keyspace("nope"))
                .isInstanceOfSatisfying(
                        VtException.class, e -> assertThat(e.errno()).isEqualTo(1049))
                .hasMessage("VT05003: unknown database 'nope' in vschema");

        assertThat(state.tablets().keySet())
                .extracting(TabletAlias::toString)
                .containsExactly("zone1-0000000100", "zone1-0000000200", "zone1-0000000300");
        Tablet tablet = state.tablets().get(new TabletAlias("zone1", 200));
        assertThat(tablet.hostname()).isEqualTo("127.0.0.1");
        assertThat(tablet.ports()).isEqualTo(Map.of("grpc", 16200, "vt", 15200));
        assertThat(tablet.grpcPort()).isEqualTo(16200);
        assertThat(tablet.target().key()).isEqualTo("customer.-80.primary");
        assertThat(tablet.mysqlPort()).isEqualTo(13302);
        assertThat(tablet.dbNameOverride()).isEqualTo("vt_customer");
        assertThat(tablet.primaryTermStartTime()).isEqualTo(Instant.ofEpochSecond(1795229752L, 421134298));
        assertThat(tablet.startTime()).isNotNull();
        assertThat(tablet.shutdownTime()).isNull();
    }

    @Test
    void base_vschema() {
        ServingState state = load("etcd-commerce-customer.json");

        TableVSchema customer = find(state, "customer", "customer");
        assertThat(customer.primaryVindex()).isNotNull();
        assertThat(customer.columnVindexes()).extracting(ColumnVindex::name).containsExactly("hash");
        assertThat(customer.autoIncrement())
                .isEqualTo(new AutoIncrement("customer_id", new TableName("commerce", "customer_seq")));
        TableVSchema corder = find(state, null, "corder");
        assertThat(corder.columnVindexes())
                .extracting(ColumnVindex::name)
                .containsExactly("hash", "corder_keyspace_idx");
        assertThat(corder.columnVindexes().get(1).owned()).isTrue();
        assertThat(corder.columnVindexes().get(1).columns()).containsExactly("order_id");
        assertThat(corder.ordered()).extracting(ColumnVindex::name).containsExactly("hash", "corder_keyspace_idx");
        assertThat(find(state, null, "customer_seq").type()).isEqualTo(TableType.SEQUENCE);
        assertThat(find(state, "commerce", "unlisted").sharded()).isFalse();
        assertThatThrownBy(() -> find(state, "customer", "product"))
                .isInstanceOfSatisfying(
                        VtException.class, e -> assertThat(e.errno()).isEqualTo(1105))
                .hasMessage("table product not found");
        assertThatThrownBy(() -> find(state, null, "nosuch")).hasMessage("table nosuch not found");
        assertThat(state.vschema().findVindex(null, "xxhash", TabletType.PRIMARY))
                .isNotNull();
        assertThat(state.vschema().findVindex("commerce", "xxhash", TabletType.PRIMARY))
                .isNull();
    }

    @Test
    void routingRules_asVtgateProbesAnswered() {
        ServingState state = load("topo-routing-rules.json");

        TableRef client = state.vschema().findTable("customer", "client", TabletType.PRIMARY);
        assertThat(client.routed()).isTrue();
        assertThat(client.table()).hasToString("customer.customer");
        assertThat(state.vschema()
                        .findTable("customer", "client", TabletType.REPLICA)
                        .table())
                .hasToString("commerce.product");
        assertThat(state.vschema()
                        .findTable("commerce", "product", TabletType.RDONLY)
                        .table())
                .hasToString("customer.corder");
        assertThat(find(state, null, "goods")).hasToString("commerce.product");
        assertThatThrownBy(() -> find(state, "customer", "blocked")).hasMessage("table blocked not found");
        assertThatThrownBy(() -> find(state, null, "blocked")).hasMessage("table blocked has been disabled");
        assertThatThrownBy(() -> find(state, "customer", "ghost")).hasMessage("table ghost not found");
        assertThatThrownBy(() -> find(state, null, "ghost")).hasMessage("table nosuchtable not found");
    }

    @Test
    void routingRulesOfMoveTables() {
        ServingState state = load("topo-routing-rules-2.json");

        for (String keyspace : List.of("customer", "commerce")) {
            assertThat(find(state, keyspace, "goods")).hasToString("commerce.product");
        }
        assertThat(find(state, "customer", "product")).hasToString("commerce.product");
        assertThat(find(state, null, "product")).hasToString("commerce.product");
    }

    @Test
    void keyspaceRoutingRules() {
        ServingState state = load("topo-keyspace-routing-rules.json");

        assertThat(find(state, "oldks", "customer")).hasToString("customer.customer");
        assertThat(state.vschema()
                        .findTable("oldks", "product", TabletType.REPLICA)
                        .table())
                .hasToString("commerce.product");
        assertThat(state.vschema().routedKeyspace("oldks", TabletType.RDONLY)).isEqualTo("customer");
        assertThatThrownBy(() -> state.keyspace("oldks")).hasMessage("VT05003: unknown database 'oldks' in vschema");
    }

    @Test
    void shardRoutingRules() {
        ServingState state = load("topo-shard-routing-rules.json");

        assertThat(state.vschema().shardRouting("customer", "80-")).isEqualTo("commerce");
        assertThat(state.vschema().shardRouting("customer", "-80")).isEqualTo("customer");
        assertThat(state.vschema().shardRouting("commerce", "0")).isNull();
    }

    @Test
    void cellsAlias() {
        ServingState state = load("topo-cells-alias.json");

        assertThat(state.cellAlias("zone1")).isEqualTo("region1");
        assertThat(state.cellAlias("zone2")).isEqualTo("zone2");
    }

    @Test
    void keyspaceWithoutServingGraph_isKnown_butHasNoShards() {
        ServingState state = load("topo-keyspace-4-shards-no-srv.json");

        assertThat(state.servedKeyspaces()).doesNotContain("plan4");
        assertThatThrownBy(() -> state.keyspace("plan4").shards(TabletType.PRIMARY))
                .hasMessageStartingWith("keyspace plan4 fetch error: node doesn't exist: ");
    }

    @Test
    void fourShards_unresolvedSequence_reported_restUsable() {
        ServingState state = load("topo-keyspace-4-shards.json");

        KeyspaceState plan4 = state.keyspace("plan4");
        assertThat(plan4.shards(TabletType.PRIMARY).allShards())
                .extracting(ShardRef::name)
                .containsExactly("-40", "40-80", "80-c0", "c0-");
        assertThat(plan4.error()).hasMessage("cannot resolve sequence acct_seq: table acct_seq not found");
        TableVSchema pin = find(state, "plan4", "pin");
        assertThat(pin.pinned()).isNotNull();
        assertThat(plan4.shards(TabletType.PRIMARY).shardFor(pin.pinned()).name())
                .isEqualTo("40-80");
        Tablet tablet = state.tablets().get(TabletAlias.parse("zone1-900"));
        assertThat(tablet.tags()).isEqualTo(Map.of("pool", "blue"));
        assertThat(tablet.type()).isEqualTo(TabletType.REPLICA);
        assertThat(load("topo-deleted-tablet.json").tablets()).doesNotContainKey(TabletAlias.parse("zone1-900"));
    }

    @Test
    void queryServiceDisabled() {
        ServingState state = load("topo-tablet-control.json");
        KeyspaceState customer = state.keyspace("customer");

        assertThat(customer.shards(TabletType.RDONLY).isQueryServiceDisabled("80-"))
                .isTrue();
        assertThat(customer.shards(TabletType.REPLICA).isQueryServiceDisabled("80-"))
                .isTrue();
        assertThat(customer.shards(TabletType.REPLICA).isQueryServiceDisabled("-80"))
                .isFalse();
        assertThat(customer.shards(TabletType.PRIMARY).isQueryServiceDisabled("80-"))
                .isFalse();
        assertThat(load("topo-tablet-control-removed.json")
                        .keyspace("customer")
                        .shards(TabletType.RDONLY)
                        .isQueryServiceDisabled("80-"))
                .isFalse();
    }

    @Test
    void recordsThatOnlyTabletsObey_changeNothingForTheGate() {
        for (String recording : List.of("topo-denied-tables-primary.json", "topo-primary-not-serving.json")) {
            ServingState state = load(recording);
            assertThat(state.keyspace("customer").shards(TabletType.PRIMARY).allShards())
                    .extracting(ShardRef::name)
                    .containsExactly("-80", "80-");
        }
    }

    @Test
    void badVSchema_isReported_othersServe() {
        ServingState state = load("topo-bad-vschema.json");

        assertThat(state.keyspace("badvs").error()).hasMessage("vindexType \"no_such_vindex\" not found");
        assertThat(state.keyspace("badvs").sharded()).isTrue();
        assertThatThrownBy(() -> find(state, "badvs", "x")).hasMessage("table x not found");
        // vtgate stops at the keyspace's first fault and does not find this one either.
        assertThat(find(state, "badvs", "ok").primaryVindex()).isNotNull();
        assertThat(state.keyspace("customer").error()).isNull();
        assertThat(find(state, "customer", "customer")).isNotNull();
    }

    private static TableVSchema find(ServingState state, String keyspace, String table) {
        return state.vschema().findTable(keyspace, table, TabletType.PRIMARY).table();
    }
}
