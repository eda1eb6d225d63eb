package io.vtsphere.topo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitess.proto.Vschema;
import io.vtsphere.vindex.VindexRegistry;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A faulty VSchema costs its keyspace nothing but the change, and the other keyspaces nothing at all. */
class LastGoodVSchemaTest {
    private static final String GOOD = """
            {"sharded": true, "vindexes": {"hash": {"type": "hash"}},
             "tables": {"t": {"column_vindexes": [{"column": "id", "name": "hash"}],
                              "auto_increment": {"column": "id", "sequence": "t_seq"}}}}
            """;
    private static final String FAULTY = """
            {"sharded": true, "vindexes": {"hash": {"type": "no_such_vindex"}},
             "tables": {"t": {"column_vindexes": [{"column": "other", "name": "hash"}]}}}
            """;
    private static final String SEQUENCES = "{\"tables\": {\"t_seq\": {\"type\": \"sequence\"}}}";

    private final VSchemaBuilder builder = new VSchemaBuilder(VindexRegistry.load());
    private final Map<String, String> keyspaces = new HashMap<>(Map.of("s", GOOD, "u", SEQUENCES, "x", "{}"));

    private VSchema build() {
        Vschema.SrvVSchema.Builder source = Vschema.SrvVSchema.newBuilder();
        keyspaces.forEach((name, json) -> source.putKeyspaces(name, VSchemaJson.parse(json)));
        return builder.build(source.build());
    }

    private static TableVSchema table(VSchema vschema, String keyspace, String name) {
        return vschema.findTable(keyspace, name, TabletType.PRIMARY).table();
    }

    @Test
    void faultyChange_lastGoodStays_faultIsTold_othersMoveOn() {
        VSchema before = build();
        keyspaces.put("s", FAULTY);
        keyspaces.put("x", "{\"tables\": {\"new\": {}}}");
        VSchema after = build();

        assertThat(table(after, "s", "t")).isSameAs(table(before, "s", "t"));
        assertThat(after.keyspace("s").error()).hasMessage("vindexType \"no_such_vindex\" not found");
        assertThat(after.keyspace("x").table("new")).isNotNull();
        assertThat(after.keyspace("u")).isSameAs(before.keyspace("u"));
    }

    @Test
    void faultMended_newVersionIsUsed() {
        build();
        keyspaces.put("s", FAULTY);
        build();
        keyspaces.put("s", GOOD.replace("\"column\": \"id\", \"name\"", "\"column\": \"other\", \"name\""));
        VSchema mended = build();
        assertThat(mended.keyspace("s").error()).isNull();
        assertThat(table(mended, "s", "t").columnVindexes().get(0).columns()).containsExactly("other");
    }

    @Test
    void firstVersionFaulty_whatCouldBeBuiltIsUsed() {
        keyspaces.put("s", FAULTY);
        VSchema first = build();
        assertThat(first.keyspace("s").error()).isNotNull();
        assertThatThrownBy(() -> table(first, "s", "t")).hasMessage("table t not found");
        assertThat(table(first, "u", "t_seq").type()).isEqualTo(TableType.SEQUENCE);
    }

    @Test
    void sequenceGone_lastGoodStays() {
        VSchema before = build();
        keyspaces.put("u", "{}");
        VSchema after = build();
        assertThat(after.keyspace("s").error()).hasMessage("cannot resolve sequence t_seq: table t_seq not found");
        assertThat(table(after, "s", "t")).isSameAs(table(before, "s", "t"));
        keyspaces.put("u", SEQUENCES);
        assertThat(build().keyspace("s").error()).isNull();
    }

    @Test
    void sequenceMissingAtFirst_tableIsLeftOut_untilItComes() {
        keyspaces.put("u", "{}");
        VSchema first = build();
        assertThat(first.keyspace("s").table("t")).isNull();
        keyspaces.put("u", SEQUENCES);
        VSchema second = build();
        assertThat(second.keyspace("s").error()).isNull();
        assertThat(table(second, "s", "t").autoIncrement())
                .isEqualTo(new AutoIncrement("id", new TableName("u", "t_seq")));
    }

    @Test
    void nothingChanged_sameObjects() {
        VSchema before = build();
        VSchema after = build();
        before.keyspaces()
                .forEach((name, keyspace) -> assertThat(after.keyspace(name)).isSameAs(keyspace));
    }

    @Test
    void keyspaceRemoved_andCreatedFaulty_doesNotRevive() {
        build();
        keyspaces.remove("s");
        assertThat(build().keyspaces()).doesNotContainKey("s");
        keyspaces.put("s", FAULTY);
        assertThat(build().keyspace("s").table("t")).isNull();
    }
}
