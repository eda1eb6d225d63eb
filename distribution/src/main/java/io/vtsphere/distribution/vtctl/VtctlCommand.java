package io.vtsphere.distribution.vtctl;

import java.util.Comparator;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code vtsphere vtctl}: the topology's administration by the names and flags of vtctldclient. */
@Command(
        name = "vtctl",
        mixinStandardHelpOptions = true,
        description = "Reads and changes the topology, by the names and flags of vtctldclient.",
        synopsisSubcommandLabel = "COMMAND")
public class VtctlCommand extends TopologyOptions
        implements CellCommands,
                KeyspaceCommands,
                ShardCommands,
                ServingGraphCommands,
                TabletCommands,
                VSchemaCommands,
                RoutingRuleCommands {
    VtctlCommand() {}

    /** The command with all its subcommands. */
    public static CommandLine commandLine() {
        return commandLine(new VtctlCommand());
    }

    static CommandLine commandLine(VtctlCommand command) {
        CommandLine root = new CommandLine(command);
        CommandLine.getCommandMethods(VtctlCommand.class, null).stream()
                .map(CommandLine::new)
                .sorted(Comparator.comparing(CommandLine::getCommandName))
                .forEach(subcommand -> root.addSubcommand(subcommand.getCommandName(), subcommand));
        return root.registerConverter(KeyspaceShard.class, new KeyspaceShard.Converter());
    }
}
