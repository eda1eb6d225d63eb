package io.vtsphere.distribution.vtctl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.vitess.proto.Topodata;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.server.TopoServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class VtctlCommandTest {
    private static final String VSCHEMA = "{\"sharded\": true, \"vindexes\": {\"hash\": {\"type\": \"hash\"}}, "
            + "\"tables\": {\"t\": {\"column_vindexes\": [{\"column\": \"id\", \"name\": \"hash\"}]}}}";

    private final MemoryTopo topo = new MemoryTopo();
    private String out = "";
    private String err = "";

    @Command(name = "vtctl")
    private final class OnMemory extends VtctlCommand {
        @Override
        TopoConnector connector() {
            return topo;
        }
    }

    private int vtctl(String... args) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int code = VtctlCommand.commandLine(new OnMemory())
                .setOut(new PrintWriter(outText))
                .setErr(new PrintWriter(errText))
                .execute(args);
        out = outText.toString();
        err = errText.toString();
        return code;
    }

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
    void rules_appliedAndPrinted() {
        cluster();
        String rules = "{\"rules\": [{\"from_table\": \"a\", \"to_tables\": [\"ks.t\"]}]}";
        succeed("ApplyRoutingRules", "--rules", rules, "--dry-run");
        succeed("GetRoutingRules");
        assertThat(out).doesNotContain("ks.t");
        succeed("ApplyRoutingRules", "--rules", rules);
        vtctl("GetRoutingRules");
        assertThat(out).contains("\"from_table\": \"a\"");
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
        vtctl("GetTablets", "--keyspace", "ks");
        assertThat(out).isEqualTo("zone1-0000000007 ks -80 replica h:2 m:3306 [pool: \"blue\"] <null>\n");
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

    private int lint(Path file) {
        StringWriter text = new StringWriter();
        int code = new CommandLine(new VSchemaLintCommand())
                .setOut(new PrintWriter(text))
                .execute("lint", file.toString());
        out = text.toString();
        return code;
    }
}
