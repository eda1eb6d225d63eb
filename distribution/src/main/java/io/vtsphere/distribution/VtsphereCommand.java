package io.vtsphere.distribution;

import io.vtsphere.distribution.quickstart.QuickstartCommand;
import io.vtsphere.distribution.vtctl.TopoCommand;
import io.vtsphere.distribution.vtctl.VSchemaLintCommand;
import io.vtsphere.distribution.vtctl.VtctlCommand;
import io.vtsphere.testkit.StartFailure;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code vtsphere} command. */
@Command(
        name = "vtsphere",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A ShardingSphere-Proxy that is a Vitess gateway.",
        subcommands = {QuickstartCommand.class, VindexCommand.class, TopoCommand.class, VSchemaLintCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class VtsphereCommand {
    private static final int USAGE = 2;

    private VtsphereCommand() {}

    public static void main(String[] args) {
        System.exit(newCommandLine().execute(args));
    }

    static CommandLine newCommandLine() {
        return new CommandLine(new VtsphereCommand())
                .addSubcommand(VtctlCommand.commandLine())
                .setExitCodeExceptionMapper(failure -> failure instanceof IllegalArgumentException ? USAGE : 1)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof StartFailure || failure instanceof IllegalArgumentException) {
                        command.getErr().println("vtsphere: " + failure.getMessage());
                    } else {
                        failure.printStackTrace(command.getErr());
                    }
                    return command.getExitCodeExceptionMapper().getExitCode(failure);
                });
    }

    /** The subcommands by name, for tests of the help text. */
    static List<String> subcommands() {
        return List.copyOf(newCommandLine().getSubcommands().keySet());
    }
}
