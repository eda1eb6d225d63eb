package io.vtsphere.distribution.vtctl;

import io.vitess.proto.Vschema;
import io.vtsphere.topo.KeyspaceVSchema;
import io.vtsphere.topo.VSchema;
import io.vtsphere.topo.VSchemaJson;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.VtException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vtsphere vschema}: work on VSchema files without a cluster. */
@Command(
        name = "vschema",
        mixinStandardHelpOptions = true,
        description = "Checks VSchema files.",
        synopsisSubcommandLabel = "COMMAND")
public final class VSchemaLintCommand {
    @Spec
    private @Nullable CommandSpec spec;

    public VSchemaLintCommand() {}

    @Command(
            name = "lint",
            description = "Lists all faults of a VSchema (exit code 1) and warns of parameters that no vindex knows.")
    int lint(
            @Option(
                            names = "--keyspace",
                            defaultValue = "keyspace",
                            description = "The keyspace it is for; references to itself are faults.")
                    String keyspace,
            @Parameters(paramLabel = "FILE") Path file)
            throws IOException {
        if (spec == null) {
            throw new IllegalStateException("not started by the command line");
        }
        PrintWriter out = spec.commandLine().getOut();
        KeyspaceVSchema vschema;
        List<VtException> faults;
        try {
            Vschema.Keyspace record = VSchemaJson.parse(Files.readString(file));
            vschema = VSchema.parse(keyspace, record, VindexRegistry.load());
            faults = new ArrayList<>(vschema.faults());
            faults.addAll(DefaultExpressions.faults(record));
        } catch (VtException e) {
            out.println(file + ": " + e.getMessage());
            return 1;
        }
        faults.forEach(fault -> out.println(file + ": " + fault.getMessage()));
        vschema.vindexes().values().forEach(vindex -> {
            Set<String> unknown = vindex.vindex().unknownParams();
            if (!unknown.isEmpty()) {
                out.println(file + ": warning: vindex " + vindex.name() + " of type " + vindex.type()
                        + " does not know the parameters " + unknown);
            }
        });
        if (faults.isEmpty()) {
            out.println(file + ": " + vschema.tables().size() + " tables, "
                    + vschema.vindexes().size() + " vindexes, no fault");
        }
        out.flush();
        return faults.isEmpty() ? 0 : 1;
    }
}
