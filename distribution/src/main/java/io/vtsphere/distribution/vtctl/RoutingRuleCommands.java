package io.vtsphere.distribution.vtctl;

import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import io.vtsphere.topo.VSchemaJson;
import io.vtsphere.topo.server.RoutingRuleRecords.RuleKind;
import io.vtsphere.topo.server.VtctldJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Commands on the rules that send tables, shards and keyspaces elsewhere. Source of names, flags and answers: the {@code *_rules.go} of
 * Vitess' {@code go/cmd/vtctldclient/command}.
 */
interface RoutingRuleCommands {
    /** Runs a command on the topology and prints its answer; the result is the exit code. */
    int run(TopologyOptions.Work work) throws Exception;

    /** The flags of all Apply commands. Set by the command line, then only read. */
    final class ApplyOptions {
        @Option(
                names = {"-r", "--rules"},
                paramLabel = "JSON")
        private @Nullable String json;

        @Option(
                names = {"-f", "--rules-file"},
                paramLabel = "FILE")
        private @Nullable Path file;

        @Option(
                names = {"-c", "--cells"},
                split = ",",
                paramLabel = "CELL,...",
                description = "Only these cells follow at once; beside --skip-rebuild without effect.")
        private @Nullable List<String> cells;

        @Option(names = "--skip-rebuild", description = "No cell follows before RebuildVSchemaGraph.")
        private boolean skipRebuild;

        @Option(
                names = {"-d", "--dry-run"},
                description = "Prints what would be done.")
        private boolean dryRun;

        private String text() throws IOException {
            if ((json == null) == (file == null)) {
                throw new IllegalArgumentException("must pass exactly one of --rules or --rules-file");
            }
            return json != null ? json : Files.readString(file);
        }

        private List<String> cells() {
            return cells == null ? List.of() : cells;
        }
    }

    @Command(name = "GetRoutingRules", description = "Prints the rules that send tables elsewhere.")
    default int getRoutingRules() throws Exception {
        return run(server -> VtctldJson.print(server.routingRules().get(RuleKind.TABLE)));
    }

    @Command(name = "GetShardRoutingRules", description = "Prints the rules that send shards elsewhere.")
    default int getShardRoutingRules() throws Exception {
        return run(server -> VtctldJson.print(server.routingRules().get(RuleKind.SHARD)));
    }

    @Command(name = "GetKeyspaceRoutingRules", description = "Prints the rules that send keyspaces elsewhere.")
    default int getKeyspaceRoutingRules() throws Exception {
        return run(server -> VtctldJson.print(server.routingRules().get(RuleKind.KEYSPACE)));
    }

    @Command(
            name = "GetMirrorRules",
            description = "Prints the rules that mirror reads; the gate does not follow them.")
    default int getMirrorRules() throws Exception {
        return run(server -> VtctldJson.print(server.routingRules().get(RuleKind.MIRROR)));
    }

    @Command(name = "ApplyRoutingRules", description = "Replaces the rules that send tables elsewhere.")
    default int applyRoutingRules(@Mixin ApplyOptions options) throws Exception {
        return apply(RuleKind.TABLE, options);
    }

    @Command(name = "ApplyShardRoutingRules", description = "Replaces the rules that send shards elsewhere.")
    default int applyShardRoutingRules(@Mixin ApplyOptions options) throws Exception {
        return apply(RuleKind.SHARD, options);
    }

    @Command(name = "ApplyKeyspaceRoutingRules", description = "Replaces the rules that send keyspaces elsewhere.")
    default int applyKeyspaceRoutingRules(@Mixin ApplyOptions options) throws Exception {
        return apply(RuleKind.KEYSPACE, options);
    }

    private <T extends Message> int apply(RuleKind<T> kind, ApplyOptions options) throws Exception {
        String text = options.text();
        return run(server -> {
            T rules = VSchemaJson.read(text, kind.none());
            if (options.dryRun) {
                return "[DRY RUN] Would have saved new " + kind.name() + " object:\n" + VtctldJson.print(rules) + "\n"
                        + wouldRebuild(options);
            }
            server.routingRules().save(kind, rules);
            if (!options.skipRebuild) {
                server.vschemas().rebuild(options.cells());
            }
            if (kind == RuleKind.KEYSPACE) {
                JsonObject answer = new JsonObject();
                answer.add(
                        "keyspace_routing_rules",
                        VtctldJson.tree(server.routingRules().get(kind)));
                return VtctldJson.print(answer);
            }
            return "New " + kind.name() + " object:\n" + VtctldJson.print(rules) + VSchemaCommands.CHECK_INPUT
                    + (options.skipRebuild ? skipped(kind) : "");
        });
    }

    private static String skipped(RuleKind<?> kind) {
        return kind == RuleKind.TABLE
                ? "\nSkipping rebuild of VSchema graph, will need to run RebuildVSchemaGraph for changes to take effect."
                : "\nSkipping rebuild of VSchema graph as requested, you will need to run RebuildVSchemaGraph for the changes to take"
                        + " effect.";
    }

    private static String wouldRebuild(ApplyOptions options) {
        if (options.skipRebuild) {
            return "[DRY RUN] Would not have rebuilt VSchema graph, would have required operator to run RebuildVSchemaGraph for changes"
                    + " to take effect";
        }
        return "[DRY RUN] Would have rebuilt the VSchema graph"
                + (options.cells().isEmpty()
                        ? " in all cells"
                        : " in the following cells: " + String.join(", ", options.cells()) + ".");
    }
}
