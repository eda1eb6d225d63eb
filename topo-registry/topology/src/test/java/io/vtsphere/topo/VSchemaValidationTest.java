package io.vtsphere.topo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitess.proto.Vschema;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VSchemaValidationTest {
    private static final VindexRegistry VINDEXES = VindexRegistry.load();

    private static final String VINDEXES_JSON = """
            "hash": {"type": "hash"},
            "md5": {"type": "unicode_loose_md5"},
            "multi": {"type": "multicol", "params": {"column_count": "3"}},
            "lk": {"type": "lookup", "params": {"table": "lk", "from": "a", "to": "b"}, "owner": "t"},
            "lku": {"type": "lookup_unique", "params": {"table": "lku", "from": "a", "to": "b"}, "owner": "t"},
            "clk": {"type": "consistent_lookup", "params": {"table": "clk", "from": "a,b", "to": "c"}, "owner": "t"}
            """;

    /** The faults of a sharded keyspace ks that has the vindexes above and this table t. */
    private static List<VtException> faults(String table) {
        return VSchema.parse("ks", sharded("\"t\": " + table), VINDEXES).faults();
    }

    private static Vschema.Keyspace sharded(String tables) {
        return VSchemaJson.parse(
                "{\"sharded\": true, \"vindexes\": {" + VINDEXES_JSON + "}, \"tables\": {" + tables + "}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "nosuch"}                                                      | NOT_FOUND           | unidentified table type nosuch
            {"type": "sequence"}                                                    | FAILED_PRECONDITION | sequence table has to be in an unsharded keyspace or must be pinned: t
            {"type": "reference", "source": "a.b.c"}                                | INVALID_ARGUMENT    | invalid source "a.b.c" for reference table: t; invalid table name: 'a.b.c', it must be of the unqualified form <table_name> or the qualified form <keyspace_name>.<table_name> (dots are not allowed in either name)
            {"pinned": "8"}                                                         | INVALID_ARGUMENT    | could not decode the keyspace id for pin:
            {}                                                                      | NOT_FOUND           | missing primary col vindex for table: t
            {"pinned": "80", "columns": [{"name": "a"}, {"name": "A"}]}             | INVALID_ARGUMENT    | duplicate column name 'A' for table: t
            {"column_vindexes": [{"column": "id", "name": "nope"}]}                 | NOT_FOUND           | vindex nope not found for table t
            {"column_vindexes": [{"column": "a", "columns": ["a"], "name": "hash"}]}| INVALID_ARGUMENT    | can't use column and columns at the same time in vindex (hash) and table (t)
            {"column_vindexes": [{"name": "hash"}]}                                 | INVALID_ARGUMENT    | must specify at least one column for vindex (hash) and table (t)
            {"column_vindexes": [{"column": "a", "name": "lk"}]}                    | INVALID_ARGUMENT    | primary vindex lk is not Unique for table t
            {"column_vindexes": [{"column": "a", "name": "lku"}]}                   | INVALID_ARGUMENT    | primary vindex lku cannot be owned for table t
            {"column_vindexes": [{"column": "a", "name": "hash"}, {"columns": ["a", "b", "c"], "name": "multi"}]} | UNIMPLEMENTED | multi-column vindex multi should be a primary vindex for table t
            {"column_vindexes": [{"column": "a", "name": "hash"}, {"column": "b", "name": "clk"}]} | INVALID_ARGUMENT | VT03029: column count does not match value count with the row for vindex 'clk'
            {"column_vindexes": [{"column": "a", "name": "hash"}, {"column": "A", "name": "hash"}]} | INVALID_ARGUMENT | duplicate vindex hash on columns [A] for table: t
            """)
    void faultyTable_isRefusedWithVitessText(String table, Code code, String text) {
        List<VtException> faults = faults(table);
        assertThat(faults).hasSize(1);
        assertThat(faults.get(0).getMessage()).startsWith(text);
        assertThat(faults.get(0).code()).isEqualTo(code);
    }

    @Test
    void manyFaults_allAreListed_tableByTable() {
        Vschema.Keyspace record = sharded("""
                "a": {"type": "nosuch", "pinned": "8", "columns": [{"name": "x"}, {"name": "X"}, {"name": "x"}]},
                "b": {"column_vindexes": [{"column": "e", "name": "nope"}, {"name": "hash"}],
                      "auto_increment": {"column": "id", "sequence": "a.b.c"}},
                "t": {"type": "reference", "source": "x.y.z"},
                "good": {"column_vindexes": [{"column": "id", "name": "hash"}]}
                """);
        KeyspaceVSchema built = VSchema.parse("ks", record, VINDEXES);
        assertThat(built.faults())
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        text -> assertThat(text).isEqualTo("unidentified table type nosuch"),
                        text -> assertThat(text).startsWith("could not decode the keyspace id for pin: "),
                        text -> assertThat(text).isEqualTo("duplicate column name 'X' for table: a"),
                        text -> assertThat(text).isEqualTo("duplicate column name 'x' for table: a"),
                        text -> assertThat(text).isEqualTo("vindex nope not found for table b"),
                        text -> assertThat(text)
                                .isEqualTo("must specify at least one column for vindex (hash) and table (b)"),
                        text -> assertThat(text).startsWith("cannot resolve sequence a.b.c: invalid table name"),
                        text -> assertThat(text).startsWith("invalid source \"x.y.z\" for reference table: t;"));
        assertThat(built.tables()).containsOnlyKeys("good");
    }

    @Test
    void unknownVindexType_missingOwner_bothNamed() {
        Vschema.Keyspace record = VSchemaJson.parse("""
                {"sharded": true,
                 "vindexes": {"bad": {"type": "no_such_vindex"},
                              "lk": {"type": "lookup", "params": {"table": "x", "from": "a", "to": "b"}, "owner": "gone"}}}
                """);
        assertThat(VSchema.parse("ks", record, VINDEXES).faults())
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "vindexType \"no_such_vindex\" not found",
                        "owner table gone of vindex lk not found in keyspace ks");
    }

    @Test
    void goodTable_vindexesInOrder_ownedOnesKnowTheirOwner() {
        TableVSchema table = VSchema.parse("ks", sharded("""
                        "t": {"column_vindexes": [{"column": "id", "name": "hash"}, {"columns": ["x", "y"], "name": "clk"},
                                                  {"column": "e", "name": "md5"}]}
                        """), VINDEXES).table("t");
        assertThat(table).isNotNull();
        assertThat(table.columnVindexes()).extracting(ColumnVindex::name).containsExactly("hash", "clk", "md5");
        assertThat(table.ordered()).extracting(ColumnVindex::name).containsExactly("hash", "md5", "clk");
        assertThat(table.owned()).extracting(ColumnVindex::name).containsExactly("clk");
        assertThat(table.columnVindexes().get(1).isOn(List.of("X", "Y"))).isTrue();
        assertThat(table.columnVindexes().get(1).isOn(List.of("x"))).isFalse();
    }

    @Test
    void partialMultiColumnVindex_hasPrefixes_dearerAndNotUnique() {
        TableVSchema table = VSchema.parse(
                        "ks",
                        sharded(
                                "\"t\": {\"column_vindexes\": [{\"columns\": [\"a\", \"b\", \"c\"], \"name\": \"multi\"}]}"),
                        VINDEXES)
                .table("t");
        assertThat(table).isNotNull();
        int cost = table.columnVindexes().get(0).cost();
        assertThat(table.columnVindexes())
                .extracting(ColumnVindex::columns)
                .containsExactly(List.of("a", "b", "c"), List.of("a", "b"), List.of("a"));
        assertThat(table.columnVindexes()).extracting(ColumnVindex::cost).containsExactly(cost, cost + 1, cost + 2);
        assertThat(table.columnVindexes()).extracting(ColumnVindex::unique).containsExactly(true, false, false);
        assertThat(table.columnVindexes()).extracting(ColumnVindex::partial).containsExactly(false, true, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            s.r      | source "s.r" may not reference a table in the same keyspace as table: r
            nope.r   | source "nope.r" references a non-existent keyspace "nope"
            u.nope   | source "u.nope" references a table "nope" that is not present in the VSchema of keyspace "u"
            u.seq    | source "u.seq" may not reference a table of type "sequence": r
            s2.r     | reference chaining is not allowed r => s2.r => u.plain: r
            """)
    void faultyReference_isReported(String source, String text) {
        VSchema vschema = build(Map.of(
                "u", "{\"tables\": {\"plain\": {}, \"seq\": {\"type\": \"sequence\"}}}",
                "s2", "{\"sharded\": true, \"tables\": {\"r\": {\"type\": \"reference\", \"source\": \"u.plain\"}}}",
                "s",
                        "{\"sharded\": true, \"tables\": {\"r\": {\"type\": \"reference\", \"source\": \"" + source
                                + "\"}}}"));
        assertThat(vschema.keyspace("s").error()).hasMessage(text);
        assertThat(vschema.keyspace("u").error()).isNull();
        assertThat(vschema.keyspace("s2").error()).isNull();
    }

    @Test
    void referenceTables_nameBelongsToTheSource() {
        VSchema vschema = build(
                Map.of(
                        "u", "{\"tables\": {\"region\": {}}}",
                        "s",
                                "{\"sharded\": true, \"tables\": {\"region\": {\"type\": \"reference\", \"source\": \"u.region\"}}}"));
        assertThat(vschema.findTable(null, "region", TabletType.PRIMARY).table())
                .hasToString("u.region");
        assertThat(vschema.findTable("s", "region", TabletType.PRIMARY).table().source())
                .isEqualTo(new TableName("u", "region"));
        assertThat(vschema.referencesTo(new TableName("u", "region")))
                .isEqualTo(Map.of("s", new TableName("s", "region")));
    }

    @Test
    void sourceReferencedTwiceInOneKeyspace_isReported() {
        VSchema vschema = build(Map.of(
                "u", "{\"tables\": {\"region\": {}}}",
                "s", """
                        {"sharded": true, "tables": {"r1": {"type": "reference", "source": "u.region"},
                                                     "r2": {"type": "reference", "source": "u.region"}}}
                        """));
        assertThat(vschema.keyspace("s").error())
                .hasMessage("source \"u.region\" may not be referenced more than once per keyspace: r1, r2");
    }

    @Test
    void nameInTwoKeyspaces_isAmbiguous_unlessOneRequiresExplicitRouting() {
        String plain = "{\"tables\": {\"t\": {}}}";
        assertThatThrownBy(() -> build(Map.of("a", plain, "b", plain)).findTable(null, "t", TabletType.PRIMARY))
                .hasMessage("ambiguous table reference: t");
        VSchema explicit =
                build(Map.of("a", plain, "b", "{\"require_explicit_routing\": true, \"tables\": {\"t\": {}}}"));
        assertThat(explicit.findTable(null, "t", TabletType.PRIMARY).table()).hasToString("a.t");
        assertThat(explicit.findTable("b", "t", TabletType.PRIMARY).table()).hasToString("b.t");
    }

    @Test
    void onlyKeyspaceUnsharded_anyNameIsATable() {
        VSchema vschema = build(Map.of("u", "{}"));
        assertThat(vschema.findTable(null, "whatever", TabletType.PRIMARY).table())
                .hasToString("u.whatever");
        assertThatThrownBy(() -> vschema.findTable("nope", "t", TabletType.PRIMARY))
                .hasMessage("VT05003: unknown database 'nope' in vschema");
    }

    @Test
    void faultyRoutingRules_areReportedWhenUsed() {
        VSchema vschema = new VSchemaBuilder(VINDEXES)
                .build(Vschema.SrvVSchema.newBuilder()
                        .putKeyspaces("u", VSchemaJson.parse("{\"tables\": {\"t\": {}}}"))
                        .putKeyspaces("v", Vschema.Keyspace.getDefaultInstance())
                        .setRoutingRules(Vschema.RoutingRules.newBuilder()
                                .addRules(rule("two", "u.t", "v.t"))
                                .addRules(rule("dup", "u.t"))
                                .addRules(rule("dup", "v.t"))
                                .addRules(rule("bare", "t"))
                                .addRules(rule("lost", "nope.t")))
                        .build());
        assertRule(vschema, "two", "table two has more than one target: [u.t v.t]");
        assertRule(vschema, "dup", "duplicate rule for entry dup");
        assertRule(
                vschema,
                "bare",
                "invalid table name: 't', it must be of the qualified form <keyspace_name>.<table_name> (dots are not allowed in either name)");
        assertRule(vschema, "lost", "VT05003: unknown database 'nope' in vschema");
        assertThat(vschema.findTable("u", "t", TabletType.PRIMARY).routed()).isFalse();
    }

    private static void assertRule(VSchema vschema, String table, String text) {
        assertThatThrownBy(() -> vschema.findTable(null, table, TabletType.PRIMARY))
                .hasMessage(text);
    }

    private static Vschema.RoutingRule rule(String from, String... to) {
        return Vschema.RoutingRule.newBuilder()
                .setFromTable(from)
                .addAllToTables(List.of(to))
                .build();
    }

    private static VSchema build(Map<String, String> keyspaces) {
        Vschema.SrvVSchema.Builder source = Vschema.SrvVSchema.newBuilder();
        keyspaces.forEach((name, json) -> source.putKeyspaces(name, VSchemaJson.parse(json)));
        return new VSchemaBuilder(VINDEXES).build(source.build());
    }
}
