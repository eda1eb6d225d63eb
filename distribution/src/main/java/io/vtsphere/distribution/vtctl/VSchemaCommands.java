package io.vtsphere.distribution.vtctl;

import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.VSchemaJson;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.server.VtctldJson;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands on VSchemas and the rules between keyspaces. */
interface VSchemaCommands {
    String CHECK_INPUT =
            "\nIf this is not what you expected, check the input data (as JSON parsing will skip unexpected fields).";

    /** Runs a command on the topology and prints its answer; the result is the exit code. */
    int run(TopologyOptions.Work work) throws Exception;

    @Command(name = "GetVSchema", description = "Prints a keyspace's VSchema.")
    default int getVSchema(@Parameters(paramLabel = "KEYSPACE") String keyspace) throws Exception {
        return run(server -> VtctldJson.print(server.getVSchema(keyspace)));
    }

    @Command(name = "ApplyVSchema", description = "Checks a VSchema and puts it to use.")
    default int applyVSchema(
            @Option(names = "--vschema", paramLabel = "JSON") @Nullable String json,
            @Option(names = "--vschema-file", paramLabel = "FILE") @Nullable Path file,
            @Option(names = "--dry-run", description = "Checks it and prints what it would change.") boolean dryRun,
            @Parameters(paramLabel = "KEYSPACE") String keyspace)
            throws Exception {
        String text = text(json, file, "--vschema", "--vschema-file");
        return run(server -> {
            Vschema.Keyspace vschema = VSchemaJson.parse(text);
            VindexRegistry vindexes = VindexRegistry.load();
            if (dryRun) {
                TopoServer.checkVSchema(keyspace, vschema, vindexes);
                return JsonDifference.print(VtctldJson.tree(current(server, keyspace)), VtctldJson.tree(vschema));
            }
            server.applyVSchema(keyspace, vschema, vindexes);
            return "New VSchema object:\n" + VtctldJson.print(vschema) + CHECK_INPUT;
        });
    }

    private static Vschema.Keyspace current(TopoServer server, String keyspace) {
        server.getKeyspace(keyspace);
        try {
            return server.getVSchema(keyspace);
        } catch (TopoException e) {
            if (e.kind() != TopoException.Kind.NO_NODE) {
                throw e;
            }
            return Vschema.Keyspace.getDefaultInstance();
        }
    }

    @Command(name = "GetSrvVSchema", description = "Prints the VSchemas and rules that a cell uses.")
    default int getSrvVSchema(@Parameters(paramLabel = "CELL") String cell) throws Exception {
        return run(server -> {
            Vschema.SrvVSchema record = server.findSrvVSchema(cell);
            if (record == null) {
                throw TopoException.of(TopoException.Kind.NO_NODE, "SrvVSchema of cell " + cell);
            }
            return VtctldJson.print(record);
        });
    }

    @Command(name = "RebuildVSchemaGraph", description = "Makes cells use the VSchemas and rules as they are now.")
    default int rebuildVSchemaGraph(
            @Option(
                            names = {"-c", "--cells"},
                            split = ",",
                            paramLabel = "CELL,...")
                    List<String> cells)
            throws Exception {
        return run(server -> {
            server.rebuildVSchemaGraph(cells == null ? List.of() : cells);
            return "RebuildVSchemaGraph: ok";
        });
    }

    @Command(name = "GetRoutingRules", description = "Prints the rules that send tables elsewhere.")
    default int getRoutingRules() throws Exception {
        return run(server -> VtctldJson.print(server.getRoutingRules()));
    }

    @Command(name = "ApplyRoutingRules", description = "Replaces the rules that send tables elsewhere.")
    default int applyRoutingRules(
            @Option(
                            names = {"-r", "--rules"},
                            paramLabel = "JSON")
                    @Nullable
                    String json,
            @Option(
                            names = {"-f", "--rules-file"},
                            paramLabel = "FILE")
                    @Nullable
                    Path file,
            @Option(names = "--dry-run") boolean dryRun)
            throws Exception {
        String text = text(json, file, "--rules", "--rules-file");
        return run(server -> {
            Vschema.RoutingRules.Builder rules = Vschema.RoutingRules.newBuilder();
            VSchemaJson.read(text, rules);
            if (!dryRun) {
                server.applyRoutingRules(rules.build());
            }
            return applied("RoutingRules", rules.build(), dryRun);
        });
    }

    @Command(name = "GetShardRoutingRules", description = "Prints the rules that send shards elsewhere.")
    default int getShardRoutingRules() throws Exception {
        return run(server -> VtctldJson.print(server.getShardRoutingRules()));
    }

    @Command(name = "ApplyShardRoutingRules", description = "Replaces the rules that send shards elsewhere.")
    default int applyShardRoutingRules(
            @Option(
                            names = {"-r", "--rules"},
                            paramLabel = "JSON")
                    @Nullable
                    String json,
            @Option(
                            names = {"-f", "--rules-file"},
                            paramLabel = "FILE")
                    @Nullable
                    Path file,
            @Option(names = "--dry-run") boolean dryRun)
            throws Exception {
        String text = text(json, file, "--rules", "--rules-file");
        return run(server -> {
            Vschema.ShardRoutingRules.Builder rules = Vschema.ShardRoutingRules.newBuilder();
            VSchemaJson.read(text, rules);
            if (!dryRun) {
                server.applyShardRoutingRules(rules.build());
            }
            return applied("ShardRoutingRules", rules.build(), dryRun);
        });
    }

    @Command(name = "GetKeyspaceRoutingRules", description = "Prints the rules that send keyspaces elsewhere.")
    default int getKeyspaceRoutingRules() throws Exception {
        return run(server -> VtctldJson.print(server.getKeyspaceRoutingRules()));
    }

    @Command(name = "ApplyKeyspaceRoutingRules", description = "Replaces the rules that send keyspaces elsewhere.")
    default int applyKeyspaceRoutingRules(
            @Option(
                            names = {"-r", "--rules"},
                            paramLabel = "JSON")
                    @Nullable
                    String json,
            @Option(
                            names = {"-f", "--rules-file"},
                            paramLabel = "FILE")
                    @Nullable
                    Path file,
            @Option(names = "--dry-run") boolean dryRun)
            throws Exception {
        String text = text(json, file, "--rules", "--rules-file");
        return run(server -> {
            Vschema.KeyspaceRoutingRules.Builder rules = Vschema.KeyspaceRoutingRules.newBuilder();
            VSchemaJson.read(text, rules);
            if (!dryRun) {
                server.applyKeyspaceRoutingRules(rules.build());
            }
            JsonObject answer = new JsonObject();
            answer.add("keyspace_routing_rules", VtctldJson.tree(rules.build()));
            return VtctldJson.print(answer);
        });
    }

    private static String applied(String kind, Message rules, boolean dryRun) {
        String shown = "New " + kind + " object:\n" + VtctldJson.print(rules) + CHECK_INPUT;
        return dryRun ? "=== DRY RUN: nothing was written ===\n" + shown : shown;
    }

    private static String text(@Nullable String json, @Nullable Path file, String inline, String inFile)
            throws IOException {
        if (json != null && file == null) {
            return json;
        }
        if (json == null && file != null) {
            return Files.readString(file);
        }
        throw new IllegalArgumentException("exactly one of " + inline + " and " + inFile + " must be given");
    }
}
