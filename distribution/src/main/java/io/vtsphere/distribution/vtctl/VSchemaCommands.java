package io.vtsphere.distribution.vtctl;

import io.vitess.proto.Vschema;
import io.vtsphere.topo.VSchema;
import io.vtsphere.topo.VSchemaJson;
import io.vtsphere.topo.VindexDefinition;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.server.VSchemas;
import io.vtsphere.topo.server.VtctldJson;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands on VSchemas. Source of names, flags and answers: Vitess' {@code go/cmd/vtctldclient/command/vschemas.go}. */
interface VSchemaCommands {
    String CHECK_INPUT =
            "\nIf this is not what you expected, check the input data (as JSON parsing will skip unexpected fields).";

    /** Runs a command on the topology and prints its answer; the result is the exit code. */
    int run(TopologyOptions.Work work) throws Exception;

    /** The flags of ApplyVSchema. Set by the command line, then only read. */
    final class ApplyVSchemaOptions {
        @Option(names = "--vschema", paramLabel = "JSON")
        private @Nullable String json;

        @Option(names = "--vschema-file", paramLabel = "FILE")
        private @Nullable Path file;

        @Option(names = "--dry-run", description = "Checks it and prints what it would change.")
        private boolean dryRun;

        @Option(names = "--skip-rebuild", description = "No cell follows before RebuildVSchemaGraph.")
        private boolean skipRebuild;

        @Option(
                names = "--cells",
                split = ",",
                paramLabel = "CELL,...",
                description = "Only these cells follow at once; beside --skip-rebuild without effect.")
        private @Nullable List<String> cells;

        @Option(names = "--strict", description = "Parameters that a vindex does not know are faults.")
        private boolean strict;

        private String text() throws IOException {
            if ((json == null) == (file == null)) {
                throw new IllegalArgumentException("exactly one of --vschema and --vschema-file must be given");
            }
            return json != null ? json : Files.readString(file);
        }
    }

    @Command(name = "GetVSchema", description = "Prints a keyspace's VSchema.")
    default int getVSchema(@Parameters(paramLabel = "KEYSPACE") String keyspace) throws Exception {
        return run(server -> VtctldJson.print(server.vschemas().get(keyspace)));
    }

    @Command(name = "ApplyVSchema", description = "Checks a VSchema and puts it to use.")
    default int applyVSchema(@Mixin ApplyVSchemaOptions options, @Parameters(paramLabel = "KEYSPACE") String keyspace)
            throws Exception {
        String text = options.text();
        return run(server -> {
            Vschema.Keyspace vschema = VSchemaJson.parse(text);
            VindexRegistry vindexes = VindexRegistry.load();
            check(keyspace, vschema, vindexes);
            List<String> unknown = unknownParameters(keyspace, vschema, vindexes);
            if (options.strict && !unknown.isEmpty()) {
                throw VtException.of(Code.INVALID_ARGUMENT, String.join("\n", unknown));
            }
            if (options.dryRun) {
                return JsonDifference.print(VtctldJson.tree(current(server, keyspace)), VtctldJson.tree(vschema))
                        + warnings(server, keyspace, vschema, vindexes, unknown);
            }
            server.vschemas().save(keyspace, vschema, vindexes);
            if (!options.skipRebuild) {
                server.vschemas().rebuild(options.cells == null ? List.of() : options.cells);
            }
            return "New VSchema object:\n" + VtctldJson.print(vschema) + CHECK_INPUT
                    + warnings(server, keyspace, vschema, vindexes, unknown);
        });
    }

    private static void check(String keyspace, Vschema.Keyspace vschema, VindexRegistry vindexes) {
        List<VtException> faults =
                new ArrayList<>(VSchema.parse(keyspace, vschema, vindexes).faults());
        faults.addAll(DefaultExpressions.faults(vschema));
        if (!faults.isEmpty()) {
            throw VSchemas.refusal(keyspace, faults);
        }
    }

    private static List<String> unknownParameters(String keyspace, Vschema.Keyspace vschema, VindexRegistry vindexes) {
        List<String> unknown = new ArrayList<>();
        for (VindexDefinition vindex :
                VSchema.parse(keyspace, vschema, vindexes).vindexes().values()) {
            if (!vindex.vindex().unknownParams().isEmpty()) {
                unknown.add("unknown params of vindex " + vindex.name() + ": "
                        + String.join(", ", vindex.vindex().unknownParams()));
            }
        }
        return unknown;
    }

    /** What is accepted, so that keyspaces which refer to each other can be applied one by one, but not yet served. */
    private static String warnings(
            TopoServer server,
            String keyspace,
            Vschema.Keyspace vschema,
            VindexRegistry vindexes,
            List<String> unknown) {
        StringBuilder text = new StringBuilder();
        unknown.forEach(line -> text.append("\nWarning: ").append(line));
        server.vschemas().faultsAmongOthers(keyspace, vschema, vindexes).forEach(fault -> text.append(
                        "\nWarning: gates do not use it yet: ")
                .append(fault.getMessage()));
        return text.toString();
    }

    private static Vschema.Keyspace current(TopoServer server, String keyspace) {
        server.keyspaces().get(keyspace);
        try {
            return server.vschemas().get(keyspace);
        } catch (TopoException e) {
            if (e.kind() != TopoException.Kind.NO_NODE) {
                throw e;
            }
            return Vschema.Keyspace.getDefaultInstance();
        }
    }
}
