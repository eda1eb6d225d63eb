package io.vtsphere.topo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitess.proto.Vschema;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.TrackedSchema.ForeignKey;
import io.vtsphere.vindex.VindexRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaTrackingTest {
    private static final String SHARDED = """
            {"sharded": true, "foreign_key_mode": "managed", "vindexes": {"hash": {"type": "hash"}},
             "tables": {"t": {"column_vindexes": [{"column": "id", "name": "hash"}]},
                        "listed": {"column_vindexes": [{"column": "id", "name": "hash"}],
                                   "columns": [{"name": "id", "type": "INT64"}], "column_list_authoritative": true}}}
            """;

    private final VSchemaBuilder builder = new VSchemaBuilder(VindexRegistry.load());
    private final Map<String, Vschema.Keyspace> keyspaces = new HashMap<>(
            Map.of("s", VSchemaJson.parse(SHARDED), "u", VSchemaJson.parse("{\"tables\": {\"known\": {}}}")));
    private final Map<String, TrackedSchema> tracked = new HashMap<>();

    private VSchema build() {
        return builder.build(
                Vschema.SrvVSchema.newBuilder().putAllKeyspaces(keyspaces).build(), tracked);
    }

    private static TrackedSchema.Table table(List<ForeignKey> keys, String... columns) {
        return new TrackedSchema.Table(
                Stream.of(columns)
                        .map(name -> new ColumnVSchema(name, SqlType.INT64, false, null, "", 0, 0, true, List.of()))
                        .toList(),
                keys,
                columns[0].equals("viewed"));
    }

    private static ForeignKey key(String column, String parent, String parentColumn, String rule) {
        return new ForeignKey(
                List.of(column), parent, List.of(parentColumn), rule.equals("restrict"), rule.equals("cascade"));
    }

    @Test
    void columns_completeTheListsThatTheVSchemaLeavesOpen() {
        build();
        tracked.put(
                "s",
                new TrackedSchema(Map.of(
                        "t", table(List.of(), "id", "a"),
                        "listed", table(List.of(), "id", "more"),
                        "unnamed", table(List.of(), "id"),
                        "a_view", table(List.of(), "viewed"))));
        VSchema vschema = build();
        TableVSchema t = vschema.findTable("s", "t", TabletType.PRIMARY).table();
        assertThat(t.columns()).extracting(ColumnVSchema::name).containsExactly("id", "a");
        assertThat(t.columnListAuthoritative()).isTrue();
        assertThat(t.primaryVindex()).isNotNull();
        assertThat(vschema.findTable("s", "listed", TabletType.PRIMARY).table().columns())
                .hasSize(1);
        TableVSchema unnamed =
                vschema.findTable("s", "unnamed", TabletType.PRIMARY).table();
        assertThat(unnamed.sharded()).isTrue();
        assertThat(unnamed.primaryVindex())
                .as("nothing says where its rows are")
                .isNull();
        assertThatThrownBy(() -> vschema.findTable(null, "unnamed", TabletType.PRIMARY))
                .hasMessage("table unnamed not found");
        assertThatThrownBy(() -> vschema.findTable("s", "a_view", TabletType.PRIMARY))
                .hasMessage("table a_view not found");

        KeyspaceVSchema before = vschema.keyspace("s");
        assertThat(build().keyspace("s")).as("nothing changed").isSameAs(before);
        tracked.put("s", new TrackedSchema(Map.of("t", table(List.of(), "id", "a", "b"))));
        assertThat(build().findTable("s", "t", TabletType.PRIMARY).table().columns())
                .hasSize(3);
    }

    @Test
    void tablesOfUnshardedKeyspaces_areFoundWithoutTheirKeyspace_whereTheNameIsFree() {
        keyspaces.put("v", Vschema.Keyspace.getDefaultInstance());
        tracked.put(
                "u",
                new TrackedSchema(Map.of(
                        "only_here", table(List.of(), "id"),
                        "twice", table(List.of(), "id"),
                        "t", table(List.of(), "id"))));
        tracked.put("v", new TrackedSchema(Map.of("twice", table(List.of(), "id"), "known", table(List.of(), "id"))));
        VSchema vschema = build();
        assertThat(vschema.findTable(null, "only_here", TabletType.PRIMARY).table())
                .hasToString("u.only_here");
        assertThatThrownBy(() -> vschema.findTable(null, "twice", TabletType.PRIMARY))
                .hasMessage("ambiguous table reference: twice");
        assertThat(vschema.findTable(null, "t", TabletType.PRIMARY).table()).hasToString("s.t");
        assertThat(vschema.findTable(null, "known", TabletType.PRIMARY).table()).hasToString("u.known");
    }

    @Test
    void managedForeignKeys_inACycle_keyspaceKeepsItsLastGoodVSchema() {
        tracked.put(
                "s",
                new TrackedSchema(Map.of(
                        "a", table(List.of(), "id", "b_id"),
                        "b", table(List.of(key("a_id", "a", "id", "cascade")), "id", "a_id"))));
        VSchema good = build();
        assertThat(good.keyspace("s").error()).isNull();

        tracked.put(
                "s",
                new TrackedSchema(Map.of(
                        "a", table(List.of(key("b_id", "b", "id", "cascade")), "id", "b_id"),
                        "b", table(List.of(key("a_id", "a", "id", "cascade")), "id", "a_id"))));
        VSchema cyclic = build();
        assertThat(cyclic.keyspace("s").error())
                .hasMessage("VT09019: keyspace 's' has cyclic foreign keys. Cycle exists between [a.id b.id a.id]");
        assertThat(cyclic.findTable("s", "t", TabletType.PRIMARY).table())
                .isSameAs(good.findTable("s", "t", TabletType.PRIMARY).table());
        assertThat(cyclic.keyspace("u").error()).isNull();
    }

    @Test
    void cycles_onlyOfChangesThatGoOn() {
        assertThat(cycle("restrict", "cascade")).isNull();
        // the child's column changes, and nothing hangs on that
        assertThat(cycle("set null", "cascade")).isNull();
        assertThat(cycle("cascade", "cascade")).isNotNull();
        TrackedSchema self =
                new TrackedSchema(Map.of("t", table(List.of(key("parent", "t", "id", "cascade")), "id", "parent")));
        assertThat(ForeignKeyCycles.find("s", self)).hasMessageContaining("[t.id t.id]");
        TrackedSchema tree =
                new TrackedSchema(Map.of("t", table(List.of(key("parent", "t", "id", "set null")), "id", "parent")));
        assertThat(ForeignKeyCycles.find("s", tree)).isNull();
    }

    @Test
    void aChainOfThousandsOfTables_isNoCycle_untilItsEndsMeet() {
        Map<String, TrackedSchema.Table> tables = new HashMap<>();
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            List<ForeignKey> keys = new ArrayList<>();
            if (i > 0) {
                keys.add(key("up", "t" + (i - 1), "id", "cascade"));
            }
            tables.put("t" + i, table(keys, "id", "up"));
        }
        assertThat(ForeignKeyCycles.find("s", new TrackedSchema(tables))).isNull();
        tables.put("t0", table(List.of(key("up", "t" + (count - 1), "id", "cascade")), "id", "up"));
        assertThat(ForeignKeyCycles.find("s", new TrackedSchema(tables))).isNotNull();
    }

    private static Object cycle(String first, String second) {
        return ForeignKeyCycles.find(
                "s",
                new TrackedSchema(Map.of(
                        "a", table(List.of(key("b_id", "b", "id", first)), "id", "b_id"),
                        "b", table(List.of(key("a_id", "a", "id", second)), "id", "a_id"))));
    }
}
