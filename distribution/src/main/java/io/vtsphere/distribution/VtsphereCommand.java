package io.vtsphere.distribution;

import io.vtsphere.distribution.quickstart.QuickstartCommand;
import io.vtsphere.distribution.sql.SqlCommand;
import io.vtsphere.distribution.vtctl.TopoCommand;
import io.vtsphere.distribution.vtctl.VSchemaLintCommand;
import io.vtsphere.distribution.vtctl.VtctlCommand;
import io.vtsphere.testkit.StartFailure;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.vterrors.VtException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The {@code vtsphere} command. */
@Command(
        name = "vtsphere",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A ShardingSphere-Proxy that is a Vitess gateway.",
        subcommands = {
            QuickstartCommand.class,
            VindexCommand.class,
            SqlCommand.class,
            TopoCommand.class,
            VSchemaLintCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class VtsphereCommand {
    private static final int USAGE = 2;

    private VtsphereCommand() {}

    public static void main(String[] args) {
        System.exit(newCommandLine()
                .setOut(utf8(System.out))
                .setErr(utf8(System.err))
                .execute(args));
    }

    /** Whatever the locale: what goes out may be read by another program. */
    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    static CommandLine newCommandLine() {
        return new CommandLine(new VtsphereCommand())
                .addSubcommand(VtctlCommand.commandLine())
                .setExitCodeExceptionMapper(VtsphereCommand::status)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (isForPeople(failure)) {
                        command.getErr().println("vtsphere: " + failure.getMessage());
                    } else {
                        failure.printStackTrace(command.getErr());
                    }
                    return command.getExitCodeExceptionMapper().getExitCode(failure);
                });
    }

    private static int status(Throwable failure) {
        return failure instanceof ParameterException || failure instanceof IllegalArgumentException ? USAGE : 1;
    }

    /** Whether the message alone says what is wrong; anything else is a defect, and is shown with where it came from. */
    private static boolean isForPeople(Exception failure) {
        return failure instanceof StartFailure
                || failure instanceof IllegalArgumentException
                || failure instanceof TopoException
                || failure instanceof VtException;
    }

    /** The subcommands by name, for tests of the help text. */
    static List<String> subcommands() {
        return List.copyOf(newCommandLine().getSubcommands().keySet());
    }
}
