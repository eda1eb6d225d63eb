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
        Topodata.Shard denied = server.setDeniedTables(
                "customer", "-80", TabletType.REPLICA, List.of(), List.of("corder", "/tmp_.*/"), false);
        assertPrinted(recorded.output(0), VtctldJson.tree(denied));
        assertPrinted(
                recorded.output(1),
                VtctldJson.tree(server.setQueryServiceDisabled("customer", "80-", TabletType.RDONLY, List.of(), true)));
        assertPrinted(
                recorded.output(2),
                VtctldJson.tree(
                        server.setQueryServiceDisabled("customer", "80-", TabletType.REPLICA, List.of(), true)));
        assertThatThrownBy(() -> server.setQueryServiceDisabled("customer", "-80", TabletType.REPLICA, List.of(), true))
                .hasMessage(
                        "trying to use two different sets of denied tables for shard customer/-80: [corder /tmp_.*/] and []");
        assertRecordsOf("topo-tablet-control.json");

        server.setDeniedTables("customer", "-80", TabletType.REPLICA, List.of(), List.of(), true);
        server.setQueryServiceDisabled("customer", "80-", TabletType.RDONLY, List.of(), false);
        server.setQueryServiceDisabled("customer", "80-", TabletType.REPLICA, List.of(), false);
        assertRecordsOf("topo-tablet-control-removed.json");
    }

    @Test
    void rebuildKeyspaceGraph_duringAMigration_isRefused() {
        server.setQueryServiceDisabled("customer", "80-", TabletType.RDONLY, List.of(), true);
        assertThatThrownBy(() -> server.rebuildKeyspaceGraph("customer", List.of()))
                .hasMessageStartingWith("can't rebuild serving keyspace while a migration is on going.");
    }

    @Test
    void setShardTabletControl_primary() {
        server.setDeniedTables("customer", "-80", TabletType.PRIMARY, List.of(), List.of("country"), false);
        assertRecordsOf("topo-denied-tables-primary.json");
        server.setDeniedTables("customer", "-80", TabletType.PRIMARY, List.of(), List.of("country"), true);
        assertRecordsOf("etcd-commerce-customer.json");
        assertThatThrownBy(() -> server.setDeniedTables(
                        "customer", "-80", TabletType.PRIMARY, List.of("zone1"), List.of("country"), false))
                .hasMessage("you cannot specify cells for a primary's tablet control");
    }

    @Test
    void setShardIsPrimaryServing() {
        server.setShardPrimaryServing("customer", "80-", false);
        assertRecordsOf("topo-primary-not-serving.json");
    }

    @Test
    void addCellsAlias() {
        server.createCellsAlias("region1", List.of("zone1"));
        assertRecordsOf("topo-cells-alias.json");
        assertThat(VtctldJson.print(server.getCellsAliases()))
                .isEqualTo(Recording.load("topo-cells-alias.json").output(1));
        assertThatThrownBy(() -> server.createCellsAlias("region2", List.of("zone1")))
                .hasMessageContaining("it is in cells alias region1");
    }

    @Test
    void applyRoutingRules() {
        Vschema.SrvVSchema wanted = srvVSchema("topo-routing-rules.json");
        server.applyRoutingRules(wanted.getRoutingRules());
        assertRecordsOf("topo-routing-rules.json");
        server.applyRoutingRules(Vschema.RoutingRules.getDefaultInstance());
        assertRecordsOf("etcd-commerce-customer.json");
    }

    @Test
    void applyShardRoutingRules() {
        server.applyShardRoutingRules(
                srvVSchema("topo-shard-routing-rules.json").getShardRoutingRules());
        assertRecordsOf("topo-shard-routing-rules.json");
    }

    @Test
    void applyKeyspaceRoutingRules() {
        server.applyKeyspaceRoutingRules(
                srvVSchema("topo-keyspace-routing-rules.json").getKeyspaceRoutingRules());
        assertRecordsOf("topo-keyspace-routing-rules.json");
    }

    @Test
    void keyspaceOfFourShards_withTablet_deletedAgain() {
        Recording recorded = Recording.load("topo-keyspace-4-shards.json");
        assertPrinted(
                Recording.commandOutput("CreateKeyspace plan4", "topo-keyspace-4-shards-no-srv.json"),
                named("plan4", "keyspace", server.createKeyspace("plan4", "none")));
        for (String shard : List.of("-40", "40-80", "80-C0", "c0-")) {
            server.createShard("plan4", shard);
        }
        Vschema.Keyspace vschema =
                recorded.message("/vitess/global/keyspaces/plan4/VSchema", Vschema.Keyspace.parser());
        server.applyVSchema("plan4", vschema, VindexRegistry.load());
        assertRecordsOf("topo-keyspace-4-shards-no-srv.json");

        server.rebuildKeyspaceGraph("plan4", List.of());
        server.createTablet(
                recorded.message("/vitess/zone1/tablets/zone1-0000000900/Tablet", Topodata.Tablet.parser()));
        assertRecordsOf("topo-keyspace-4-shards.json");
        assertThat(VtctldJson.print(server.getTablet(new TabletAlias("zone1", 900))))
                .isEqualTo(Recording.commandOutput("GetTablet", "topo-keyspace-4-shards.json"));

        server.deleteTablet(new TabletAlias("zone1", 900), false);
        assertRecordsOf("topo-deleted-tablet.json");

        server.deleteKeyspace("plan4", true);
        assertRecordsOf("etcd-commerce-customer.json");
    }

    @Test
    void applyVSchema_faulty_isRefusedWithTheRecordedText_andNothingIsWritten() {
        Map<String, Message> before = records();
        Vschema.Keyspace faulty = VSchemaJson.parse("""
                {"sharded": true, "vindexes": {"v": {"type": "no_such_vindex"}},
                 "tables": {"x": {"column_vindexes": [{"column": "id", "name": "v"}]}}}
                """);
        assertThatThrownBy(() -> server.applyVSchema("customer", faulty, VindexRegistry.load()))
                .hasMessageStartingWith("BuildKeyspace(customer): vindexType \"no_such_vindex\" not found\n")
                .hasMessageContaining("vindex v not found for table x");
        assertThat(records()).isEqualTo(before);
    }

    @Test
    void deletes_thatWouldOrphanSomething_areRefused() {
        assertThatThrownBy(() -> server.deleteTablet(new TabletAlias("zone1", 200), false))
                .hasMessage("cannot delete tablet zone1-0000000200 as it is a primary, use allow-primary flag");
        assertKind(Kind.NODE_NOT_EMPTY, () -> server.deleteKeyspace("customer", false));
        assertKind(Kind.NODE_NOT_EMPTY, () -> server.deleteShard("customer", "-80"));
        assertKind(Kind.NODE_NOT_EMPTY, () -> server.deleteCellInfo("zone1", false));
        assertRecordsOf("etcd-commerce-customer.json");
    }

    @Test
    void setShardPrimary_ofAnEarlierTerm_changesNothing() {
        assertKind(
                Kind.NO_UPDATE_NEEDED,
                () -> server.setShardPrimary(
                        "customer", "-80", new TabletAlias("zone1", 201), java.time.Instant.EPOCH));
        assertRecordsOf("etcd-commerce-customer.json");
    }

    @Test
    void registerTablet_aliasOfAnotherShard_isRefused() {
        Topodata.Tablet tablet = server.getTablet(new TabletAlias("zone1", 200));
        assertThatThrownBy(() ->
                        server.registerTablet(tablet.toBuilder().setShard("80-").build()))
                .hasMessageContaining("tablet zone1-0000000200 belongs to customer/-80, not to customer/80-");
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

    /** Fields that came after the .proto files we compile are unset in the recordings. */
    private static void assertPrinted(String recorded, JsonObject ours) {
        JsonObject expected = JsonParser.parseString(recorded.substring(recorded.indexOf('{')))
                .getAsJsonObject();
        JsonObject inner = expected.has("keyspace") ? expected.getAsJsonObject("keyspace") : expected;
        assertThat(inner.remove("vtorc_state").isJsonNull()).isTrue();
        inner.remove("query_throttler_config");
        if (inner.has("tablet_controls")) {
            inner.getAsJsonArray("tablet_controls").forEach(control -> assertThat(
                            control.getAsJsonObject().remove("allow_reads").getAsBoolean())
                    .isFalse());
        }
        assertThat(VtctldJson.print(ours)).isEqualTo(VtctldJson.print(expected));
    }
}
