package io.vtsphere.topo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.VSchemaJson;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoEntry;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.topo.server.RoutingRuleRecords.RuleKind;
import io.vtsphere.vindex.VindexRegistry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Commands that vtctldclient carried out on the recorded cluster leave the same records when we carry them out, and print the same. */
class RecordedCommandsTest {
    private final MemoryTopo topo =
            Recording.load("etcd-commerce-customer.json").toMemory();
    private final TopoServer server = TopoServer.open(topo, "", Recording.GLOBAL_ROOT);

    private Map<String, Message> records() {
        Map<String, byte[]> files = new TreeMap<>();
        for (TopoEntry entry : topo.connect("", "/").list("vitess")) {
            files.put("/" + entry.path(), entry.contents().toByteArray());
        }
        return Recording.decode(files);
    }

    private void assertRecordsOf(String recording) {
        assertThat(records()).isEqualTo(Recording.load(recording).messages());
    }

    @Test
    void setShardTabletControl() {
        Recording recorded = Recording.load("topo-tablet-control.json");
        Topodata.Shard denied = server.tabletControls()
                .setDeniedTables(
                        "customer", "-80", TabletType.REPLICA, List.of(), List.of("corder", "/tmp_.*/"), false);
        assertPrinted(recorded.output(0), VtctldJson.tree(denied));
        assertPrinted(
                recorded.output(1),
                VtctldJson.tree(server.tabletControls()
                        .setQueryServiceDisabled("customer", "80-", TabletType.RDONLY, List.of(), true)));
        assertPrinted(
                recorded.output(2),
                VtctldJson.tree(server.tabletControls()
                        .setQueryServiceDisabled("customer", "80-", TabletType.REPLICA, List.of(), true)));
        assertThatThrownBy(() -> server.tabletControls()
                        .setQueryServiceDisabled("customer", "-80", TabletType.REPLICA, List.of(), true))
                .hasMessage(
                        "trying to use two different sets of denied tables for shard customer/-80: [corder /tmp_.*/] and []");
        assertRecordsOf("topo-tablet-control.json");

        server.tabletControls().setDeniedTables("customer", "-80", TabletType.REPLICA, List.of(), List.of(), true);
        server.tabletControls().setQueryServiceDisabled("customer", "80-", TabletType.RDONLY, List.of(), false);
        server.tabletControls().setQueryServiceDisabled("customer", "80-", TabletType.REPLICA, List.of(), false);
        assertRecordsOf("topo-tablet-control-removed.json");
    }

    @Test
    void rebuildKeyspaceGraph_duringAMigration_isRefused() {
        server.tabletControls().setQueryServiceDisabled("customer", "80-", TabletType.RDONLY, List.of(), true);
        assertThatThrownBy(() -> server.servingGraph().rebuild("customer", List.of()))
                .hasMessageStartingWith("can't rebuild serving keyspace while a migration is on going.");
    }

    @Test
    void setShardTabletControl_primary() {
        server.tabletControls()
                .setDeniedTables("customer", "-80", TabletType.PRIMARY, List.of(), List.of("country"), false);
        assertRecordsOf("topo-denied-tables-primary.json");
        server.tabletControls()
                .setDeniedTables("customer", "-80", TabletType.PRIMARY, List.of(), List.of("country"), true);
        assertRecordsOf("etcd-commerce-customer.json");
        assertThatThrownBy(() -> server.tabletControls()
                        .setDeniedTables(
                                "customer", "-80", TabletType.PRIMARY, List.of("zone1"), List.of("country"), false))
                .hasMessage("you cannot specify cells for a primary's tablet control");
    }

    @Test
    void setShardIsPrimaryServing() {
        server.shards().setPrimaryServing("customer", "80-", false);
        assertRecordsOf("topo-primary-not-serving.json");
    }

    @Test
    void addCellsAlias() {
        server.cellsAliases().create("region1", List.of("zone1"));
        assertRecordsOf("topo-cells-alias.json");
        assertThat(VtctldJson.print(server.cellsAliases().all()))
                .isEqualTo(Recording.load("topo-cells-alias.json").output(1));
        assertThatThrownBy(() -> server.cellsAliases().create("region2", List.of("zone1")))
                .hasMessageContaining("it is in cells alias region1");
    }

    @Test
    void applyRoutingRules() {
        Vschema.SrvVSchema wanted = srvVSchema("topo-routing-rules.json");
        apply(RuleKind.TABLE, wanted.getRoutingRules());
        assertRecordsOf("topo-routing-rules.json");
        apply(RuleKind.TABLE, RuleKind.TABLE.none());
        assertRecordsOf("etcd-commerce-customer.json");
    }

    @Test
    void applyShardRoutingRules() {
        apply(RuleKind.SHARD, srvVSchema("topo-shard-routing-rules.json").getShardRoutingRules());
        assertRecordsOf("topo-shard-routing-rules.json");
    }

    @Test
    void applyKeyspaceRoutingRules() {
        apply(RuleKind.KEYSPACE, srvVSchema("topo-keyspace-routing-rules.json").getKeyspaceRoutingRules());
        assertRecordsOf("topo-keyspace-routing-rules.json");
    }

    @Test
    void keyspaceOfFourShards_withTablet_deletedAgain() {
        Recording recorded = Recording.load("topo-keyspace-4-shards.json");
        assertPrinted(
                Recording.commandOutput("CreateKeyspace plan4", "topo-keyspace-4-shards-no-srv.json"),
                named("plan4", "keyspace", server.keyspaces().create("plan4", "none")));
        for (String shard : List.of("-40", "40-80", "80-C0", "c0-")) {
            server.shards().create("plan4", shard);
        }
        Vschema.Keyspace vschema =
                recorded.message("/vitess/global/keyspaces/plan4/VSchema", Vschema.Keyspace.parser());
        server.vschemas().apply("plan4", vschema, VindexRegistry.load());
        assertRecordsOf("topo-keyspace-4-shards-no-srv.json");

        server.servingGraph().rebuild("plan4", List.of());
        server.tablets()
                .create(recorded.message("/vitess/zone1/tablets/zone1-0000000900/Tablet", Topodata.Tablet.parser()));
        assertRecordsOf("topo-keyspace-4-shards.json");
        assertThat(VtctldJson.print(server.tablets().get(new TabletAlias("zone1", 900))))
                .isEqualTo(Recording.commandOutput("GetTablet", "topo-keyspace-4-shards.json"));

        server.tablets().delete(new TabletAlias("zone1", 900), false);
        assertRecordsOf("topo-deleted-tablet.json");

        server.keyspaces().delete("plan4", true);
        assertRecordsOf("etcd-commerce-customer.json");
    }

    @Test
    void applyVSchema_faulty_isRefusedWithTheRecordedText_andNothingIsWritten() {
        Map<String, Message> before = records();
        Vschema.Keyspace faulty = VSchemaJson.parse("""
                {"sharded": true, "vindexes": {"v": {"type": "no_such_vindex"}},
                 "tables": {"x": {"column_vindexes": [{"column": "id", "name": "v"}]}}}
                """);
        assertThatThrownBy(() -> server.vschemas().apply("customer", faulty, VindexRegistry.load()))
                .hasMessageStartingWith("BuildKeyspace(customer): vindexType \"no_such_vindex\" not found\n")
                .hasMessageContaining("vindex v not found for table x");
        assertThat(records()).isEqualTo(before);
    }

    @Test
    void deletes_thatWouldOrphanSomething_areRefused() {
        assertThatThrownBy(() -> server.tablets().delete(new TabletAlias("zone1", 200), false))
                .hasMessage("cannot delete tablet zone1-0000000200 as it is a primary, use allow-primary flag");
        assertKind(Kind.NODE_NOT_EMPTY, () -> server.keyspaces().delete("customer", false));
        assertKind(Kind.NODE_NOT_EMPTY, () -> server.shards().delete("customer", "-80", false, true));
        assertKind(Kind.NODE_NOT_EMPTY, () -> server.cells().delete("zone1", false));
        assertRecordsOf("etcd-commerce-customer.json");
    }

    @Test
    void setShardPrimary_ofAnEarlierTerm_changesNothing() {
        assertKind(Kind.NO_UPDATE_NEEDED, () -> server.shards()
                .setPrimary("customer", "-80", new TabletAlias("zone1", 201), java.time.Instant.EPOCH));
        assertRecordsOf("etcd-commerce-customer.json");
    }

    @Test
    void registerTablet_aliasOfAnotherShard_isRefused() {
        Topodata.Tablet tablet = server.tablets().get(new TabletAlias("zone1", 200));
        assertThatThrownBy(() -> server.tablets()
                        .register(tablet.toBuilder().setShard("80-").build()))
                .hasMessageContaining("tablet zone1-0000000200 belongs to customer/-80, not to customer/80-");
    }

    private <T extends Message> void apply(RuleKind<T> kind, T rules) {
        server.routingRules().save(kind, rules);
        server.vschemas().rebuild(List.of());
        assertThat(server.routingRules().get(kind)).isEqualTo(rules);
    }

    private static void assertKind(Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TopoException.class, e -> assertThat(e.kind())
                .isEqualTo(kind));
    }

    private static Vschema.SrvVSchema srvVSchema(String recording) {
        return Recording.load(recording).message("/vitess/zone1/SrvVSchema", Vschema.SrvVSchema.parser());
    }

    private static JsonObject named(String name, String field, Message message) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.add(field, VtctldJson.tree(message));
        return json;
    }

    private static void assertPrinted(String recorded, JsonObject ours) {
        JsonObject expected = JsonParser.parseString(recorded.substring(recorded.indexOf('{')))
                .getAsJsonObject();
        assertThat(VtctldJson.print(ours)).isEqualTo(VtctldJson.print(expected));
    }
}
