package io.vtsphere.distribution.vtctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.server.TopoServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class VtctlCommandTest extends VtctlRuns {
    private static final String VSCHEMA = "{\"sharded\": true, \"vindexes\": {\"hash\": {\"type\": \"hash\"}}, "
            + "\"tables\": {\"t\": {\"column_vindexes\": [{\"column\": \"id\", \"name\": \"hash\"}]}}}";

    private void succeed(String... args) {
        int code = vtctl(args);
        assertThat(code).as(err).isZero();
    }

    private void cluster() {
        succeed("AddCellInfo", "--server-address", "a:1", "--root", "/vitess/zone1", "zone1");
        assertThat(out).isEqualTo("Created cell: zone1\n");
        succeed("CreateKeyspace", "ks");
        assertThat(out).startsWith("Successfully created keyspace ks. Result:\n{\n  \"name\": \"ks\",");
        succeed("CreateShard", "ks/-80");
        succeed("CreateShard", "ks/80-");
        succeed("RebuildKeyspaceGraph", "ks");
    }

    @Test
    void cellsKeyspacesShards_createdAndPrinted() {
        cluster();
        vtctl("GetCellInfoNames");
        assertThat(out).isEqualTo("zone1\n");
        vtctl("GetShard", "ks/80-");
        assertThat(JsonParser.parseString(out)
                        .getAsJsonObject()
                        .getAsJsonObject("shard")
                        .get("is_primary_serving")
                        .getAsBoolean())
                .isTrue();
        vtctl("GetSrvKeyspaces", "ks");
        assertThat(JsonParser.parseString(out)
                        .getAsJsonObject()
                        .getAsJsonObject("zone1")
                        .getAsJsonArray("partitions"))
                .hasSize(3);
        assertThat(vtctl("CreateShard", "ks/80-")).isEqualTo(1);
        assertThat(err).isEqualTo("vtsphere: node already exists: /vitess/global/keyspaces/ks/shards/80-/Shard\n");
        assertThat(vtctl("GetShard", "ks")).isEqualTo(2);
        assertThat(err).contains("'ks' is not KEYSPACE/SHARD");
    }

    @Test
    void applyVSchema_dryRunPrintsTheDifference_faultyIsRefused() {
        cluster();
        succeed("ApplyVSchema", "--vschema", VSCHEMA, "--dry-run", "ks");
        assertThat(out)
                .contains("~ sharded: false -> true\n")
                .contains("+ tables.t: {")
                .contains("+ vindexes.hash: {");
        succeed("ApplyVSchema", "--vschema", VSCHEMA, "ks");
        assertThat(out).startsWith("New VSchema object:\n{\n  \"sharded\": true,");
        succeed("ApplyVSchema", "--vschema", VSCHEMA, "--dry-run", "ks");
        assertThat(out).isEqualTo("no difference\n");
        assertThat(vtctl("ApplyVSchema", "--vschema", VSCHEMA.replace("\"hash\"}}, ", "\"nope\"}}, "), "ks"))
                .isEqualTo(1);
        assertThat(err).contains("BuildKeyspace(ks): vindexType \"nope\" not found");
        assertThat(vtctl("ApplyVSchema", "--vschema", "{", "ks")).isEqualTo(1);
        assertThat(err).contains("not the JSON of a vschema.Keyspace");
        vtctl("GetSrvVSchema", "zone1");
        assertThat(out).contains("\"column\": \"id\"");
    }

    @Test
    void applyVSchema_acceptsWhatIsNotServedYet_andSaysSo() {
        cluster();
        String waiting = VSCHEMA.replace(
                "\"tables\": {\"t\": {",
                "\"tables\": {\"t\": {\"auto_increment\": {\"column\": \"id\", \"sequence\": \"later.t_seq\"}, ");
        succeed("ApplyVSchema", "--vschema", waiting, "ks");
        assertThat(out)
                .endsWith("Warning: gates do not use it yet: cannot resolve sequence later.t_seq: VT05003: unknown"
                        + " database 'later' in vschema\n");
        String unknown = VSCHEMA.replace("\"hash\"}}, ", "\"hash\", \"params\": {\"p\": \"1\"}}}, ");
        succeed("ApplyVSchema", "--vschema", unknown, "ks");
        assertThat(out).endsWith("Warning: unknown params of vindex hash: p\n");
        assertThat(vtctl("ApplyVSchema", "--strict", "--vschema", unknown, "ks"))
                .isEqualTo(1);
        assertThat(err).isEqualTo("vtsphere: unknown params of vindex hash: p\n");
        assertThat(vtctl("ApplyVSchema", "--vschema", VSCHEMA, "--vschema-file", "x", "ks"))
                .isEqualTo(1);
    }

    @Test
    void applyVSchema_skipRebuild_cellsFollowWhenTheyAreRebuilt() {
        cluster();
        succeed("ApplyVSchema", "--skip-rebuild", "--vschema", VSCHEMA, "ks");
        succeed("GetSrvVSchema", "zone1");
        assertThat(out).doesNotContain("\"column\": \"id\"");
        succeed("RebuildVSchemaGraph", "--cells", "zone1");
        assertThat(out).isEqualTo("RebuildVSchemaGraph: ok\n");
        succeed("GetSrvVSchemas");
        assertThat(out).contains("\"zone1\": {").contains("\"column\": \"id\"");
        succeed("DeleteSrvVSchema", "zone1");
        succeed("GetSrvVSchemas", "zone1");
        assertThat(out).isEqualTo("[]\n");
        assertThat(vtctl("GetSrvVSchema", "zone1")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            RoutingRules         | {"rules": [{"from_table": "a", "to_tables": ["ks.t"]}]}                             | "from_table": "a"
            ShardRoutingRules    | {"rules": [{"from_keyspace": "ks", "to_keyspace": "other", "shard": "-80"}]}        | "shard": "-80"
            KeyspaceRoutingRules | {"rules": [{"from_keyspace": "old@replica", "to_keyspace": "ks"}]}                  | "from_keyspace": "old@replica"
            """)
    void rules_ofEveryKind(String kind, String rules, String part) {
        cluster();
        succeed("Apply" + kind, "-d", "--rules", rules);
        assertThat(out)
                .startsWith("[DRY RUN] Would have saved new " + kind + " object:\n{\n")
                .endsWith("[DRY RUN] Would have rebuilt the VSchema graph in all cells\n");
        succeed("Apply" + kind, "--dry-run", "--rules", rules, "--cells", "zone1,zone2");
        assertThat(out)
                .endsWith("[DRY RUN] Would have rebuilt the VSchema graph in the following cells: zone1, zone2.\n");
        succeed("Get" + kind);
        assertThat(out).isEqualTo("{\n  \"rules\": []\n}\n");

        succeed("Apply" + kind, "--skip-rebuild", "--rules", rules);
        succeed("Get" + kind);
        assertThat(out).contains(part);
        succeed("GetSrvVSchema", "zone1");
        assertThat(out).doesNotContain(part);
        succeed("Apply" + kind, "--rules", rules);
        assertThat(out).contains(part);
        succeed("GetSrvVSchema", "zone1");
        assertThat(out).contains(part);

        succeed("Apply" + kind, "--rules", "{}");
        succeed("Get" + kind);
        assertThat(out).isEqualTo("{\n  \"rules\": []\n}\n");
        assertThat(vtctl("Apply" + kind)).isEqualTo(1);
        assertThat(vtctl("Apply" + kind, "--rules", "{}", "--rules-file", "x")).isEqualTo(1);
    }

    @Test
    void mirrorRules_areKeptAndPrinted() {
        cluster();
        succeed("GetMirrorRules");
        assertThat(out).isEqualTo("{\n  \"rules\": []\n}\n");
        Vschema.MirrorRules rules = Vschema.MirrorRules.newBuilder()
                .addRules(Vschema.MirrorRule.newBuilder()
                        .setFromTable("ks.t")
                        .setToTable("other.t")
                        .setPercent(12.5f))
                .build();
        topo.connect("", "/vitess/global").put("MirrorRules", rules.toByteString());
        succeed("RebuildVSchemaGraph");
        succeed("GetMirrorRules");
        assertThat(out).contains("\"from_table\": \"ks.t\"").contains("\"percent\": 12.5");
        succeed("GetSrvVSchema", "zone1");
        assertThat(out).contains("\"percent\": 12.5");
    }

    @Test
    void cells_aliasesAndAddressesChange() {
        cluster();
        succeed("UpdateCellInfo", "--server-address", "b:2", "zone1");
        assertThat(out)
                .isEqualTo(
                        "Updated cell zone1. New CellInfo:\n{\n  \"server_address\": \"b:2\",\n  \"root\": \"/vitess/zone1\"\n}\n");
        succeed("AddCellsAlias", "--cells", "zone1,zone2", "region");
        assertThat(out).isEqualTo("Created cells alias: region (cells = [zone1 zone2])\n");
        succeed("UpdateCellsAlias", "--cells", "zone1", "region");
        assertThat(out).startsWith("Updated cells alias region. New CellsAlias:\n{");
        succeed("DeleteCellsAlias", "region");
        assertThat(out).isEqualTo("Delete cells alias region\n");
        assertThat(vtctl("DeleteCellInfo", "zone1")).isEqualTo(1);
        succeed("DeleteCellInfo", "--force", "zone1");
        assertThat(out).isEqualTo("Deleted cell zone1\n");
    }

    @Test
    void keyspacesAndShards_flagsOfVtctldclient() {
        cluster();
        assertThat(vtctl("CreateKeyspace", "ks")).isEqualTo(1);
        succeed("CreateKeyspace", "--force", "--durability-policy", "semi_sync", "ks");
        assertThat(out).contains("\"durability_policy\": \"none\"");
        succeed("SetKeyspaceDurabilityPolicy", "--durability-policy=semi_sync", "ks");
        assertThat(out).startsWith("{\n  \"keyspace\": {\n    \"keyspace_type\": \"NORMAL\"");
        assertThat(vtctl("SetKeyspaceDurabilityPolicy", "--durability-policy=odd", "ks"))
                .isEqualTo(1);
        assertThat(err)
                .isEqualTo(
                        "vtsphere: durability policy <odd> is not a valid policy. Please register it as a policy first\n");
        succeed("CreateShard", "--force", "ks/-80");
        assertThat(out).contains("\"shard_already_exists\": true");
        succeed("FindAllShardsInKeyspace", "ks");
        assertThat(JsonParser.parseString(out)
                        .getAsJsonObject()
                        .getAsJsonObject("shards")
                        .keySet())
                .containsExactly("-80", "80-");
        succeed("GetSrvKeyspaceNames");
        assertThat(JsonParser.parseString(out)).hasToString("{\"zone1\":{\"names\":[\"ks\"]}}");
        succeed("GenerateShardRanges", "3");
        assertThat(JsonParser.parseString(out)).hasToString("[\"-55\",\"55-aa\",\"aa-\"]");

        assertThat(vtctl("DeleteShards", "ks/80-")).isEqualTo(1);
        assertThat(err).contains("shard ks/80- is still serving; use --even-if-serving");
        succeed("DeleteShards", "--even-if-serving", "ks/80-");
        assertThat(out).isEqualTo("Successfully deleted 1 shards\n");
        assertThat(vtctl("DeleteKeyspace", "ks")).isEqualTo(1);
        assertThat(err).contains("keyspace ks still has 1 shards");
        succeed("DeleteKeyspace", "--recursive", "ks");
        assertThat(out).isEqualTo("Successfully deleted keyspace ks.\n");
    }

    @Test
    void snapshotKeyspace_takesTheVSchemaOver_notGlobally() {
        cluster();
        succeed("ApplyVSchema", "--vschema", VSCHEMA, "ks");
        succeed(
                "CreateKeyspace",
                "--type=SNAPSHOT",
                "--base-keyspace=ks",
                "--snapshot-timestamp=2024-05-06T07:08:09Z",
                "was");
        assertThat(out).contains("\"base_keyspace\": \"ks\"", "\"seconds\": \"1714979289\"");
        succeed("GetVSchema", "was");
        assertThat(out).contains("\"column\": \"id\"").contains("\"require_explicit_routing\": true");
        assertThat(vtctl("CreateKeyspace", "--type=SNAPSHOT", "--base-keyspace=ks", "other"))
                .isEqualTo(1);
        succeed("CreateShard", "was/-80");
        assertThat(vtctl("RebuildKeyspaceGraph", "was")).isEqualTo(1);
        succeed("RebuildKeyspaceGraph", "--allow-partial", "was");
    }

    @Test
    void tabletControl_andTablets() {
        cluster();
        try (TopoServer server = TopoServer.open(topo, "", "/vitess/global")) {
            server.tablets()
                    .register(Topodata.Tablet.newBuilder()
                            .setAlias(Topodata.TabletAlias.newBuilder()
                                    .setCell("zone1")
                                    .setUid(7))
                            .setHostname("h")
                            .setMysqlHostname("m")
                            .setMysqlPort(3306)
                            .putPortMap("grpc", 1)
                            .putPortMap("vt", 2)
                            .setKeyspace("ks")
                            .setShard("-80")
                            .setType(Topodata.TabletType.REPLICA)
                            .putTags("pool", "blue")
                            .build());
        }
        String line = "zone1-0000000007 ks -80 replica h:2 m:3306 [pool: \"blue\"] <null>\n";
        vtctl("GetTablets", "--keyspace", "ks");
        assertThat(out).isEqualTo(line);
        succeed("GetTablets", "--tablet-alias", "zone1-7", "--format", "awk");
        assertThat(out).isEqualTo(line);
        succeed("GetTablets", "--tablet-type", "replica", "--cell", "zone1", "--strict");
        assertThat(out).isEqualTo(line);
        succeed("GetTablets", "--tablet-type", "primary");
        assertThat(out).isEmpty();
        assertThat(vtctl("GetTablets", "--shard", "-80")).isEqualTo(1);
        assertThat(vtctl("DeleteShards", "--even-if-serving", "ks/-80")).isEqualTo(1);
        assertThat(err).contains("shard ks/-80 still has 1 tablets in cell zone1");
        vtctl("SetShardTabletControl", "--denied-tables", "a,b", "ks/-80", "replica");
        assertThat(out).contains("\"tablet_type\": \"REPLICA\"").contains("\"a\",");
        succeed("SetShardTabletControl", "--disable-query-service", "ks/80-", "rdonly");
        assertThat(vtctl("SetShardTabletControl", "ks/80-", "nonsense")).isEqualTo(1);
        succeed("DeleteTablets", "zone1-7");
        assertThat(out).isEqualTo("Successfully deleted 1 tablets\n");
    }

    @Test
    void lint_listsEveryFault(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("vschema.json");
        Files.writeString(file, VSCHEMA);
        assertThat(lint(file)).isZero();
        assertThat(out).isEqualTo(file + ": 1 tables, 1 vindexes, no fault\n");
        Files.writeString(
                file,
                "{\"sharded\": true, \"vindexes\": {\"a\": {\"type\": \"x\"}, \"b\": {\"type\": \"hash\", \"params\": {\"p\": \"1\"}}},"
                        + " \"tables\": {\"t\": {}}}");
        assertThat(lint(file)).isEqualTo(1);
        assertThat(out)
                .isEqualTo(
                        file + ": vindexType \"x\" not found\n" + file + ": missing primary col vindex for table: t\n"
                                + file + ": warning: vindex b of type hash does not know the parameters [p]\n");
    }

    @Test
    void defaultExpressions_areRead_byLintAndApply(@TempDir Path directory) throws IOException {
        String columns = "\"tables\": {\"t\": {\"columns\": [{\"name\": \"a\", \"default\": \"1 +\"},"
                + " {\"name\": \"b\", \"default\": \"now(3)\"}], ";
        String faulty = VSCHEMA.replace("\"tables\": {\"t\": {", columns).replace("\"hash\"}}, ", "\"odd\"}}, ");
        String expected = "could not parse the 'a' column's default expression '1 +' for table 't'\n";
        Path file = directory.resolve("vschema.json");
        Files.writeString(file, faulty);
        assertThat(lint(file)).isEqualTo(1);
        assertThat(out).startsWith(file + ": vindexType \"odd\" not found\n").endsWith(expected);
        cluster();
        assertThat(vtctl("ApplyVSchema", "--vschema-file", file.toString(), "ks"))
                .isEqualTo(1);
        assertThat(err)
                .startsWith("vtsphere: BuildKeyspace(ks): vindexType \"odd\" not found\n")
                .endsWith("BuildKeyspace(ks): " + expected);
    }

    private int lint(Path file) {
        StringWriter text = new StringWriter();
        int code = new CommandLine(new VSchemaLintCommand())
                .setOut(new PrintWriter(text))
                .execute("lint", file.toString());
        out = text.toString();
        return code;
    }
}
