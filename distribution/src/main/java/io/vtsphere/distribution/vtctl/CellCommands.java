package io.vtsphere.distribution.vtctl;

import io.vitess.proto.Topodata;
import io.vtsphere.topo.server.VtctldJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands on cells and their groups. Source of names, flags and answers: Vitess' {@code go/cmd/vtctldclient/command/cells.go}. */
interface CellCommands {
    /** Runs a command on the topology and prints its answer; the result is the exit code. */
    int run(TopologyOptions.Work work) throws Exception;

    @Command(name = "GetCellInfoNames", description = "Lists the cells.")
    default int getCellInfoNames() throws Exception {
        return run(server -> String.join("\n", server.cells().names()));
    }

    @Command(name = "GetCellInfo", description = "Prints a cell's record.")
    default int getCellInfo(@Parameters(paramLabel = "CELL") String cell) throws Exception {
        return run(server -> VtctldJson.print(server.cells().info(cell)));
    }

    @Command(name = "AddCellInfo", description = "Registers a cell.")
    default int addCellInfo(
            @Option(
                            names = {"-a", "--server-address"},
                            defaultValue = "",
                            paramLabel = "HOST:PORT,...")
                    String address,
            @Option(
                            names = {"-r", "--root"},
                            required = true,
                            paramLabel = "PATH")
                    String root,
            @Parameters(paramLabel = "CELL") String cell)
            throws Exception {
        return run(server -> {
            server.cells()
                    .create(
                            cell,
                            Topodata.CellInfo.newBuilder()
                                    .setServerAddress(address)
                                    .setRoot(root)
                                    .build());
            return "Created cell: " + cell;
        });
    }

    @Command(
            name = "UpdateCellInfo",
            description =
                    "Changes where a cell's topology is; makes the cell when it is new. What is not given stays as it is.")
    default int updateCellInfo(
            @Option(
                            names = {"-a", "--server-address"},
                            defaultValue = "",
                            paramLabel = "HOST:PORT,...")
                    String address,
            @Option(
                            names = {"-r", "--root"},
                            defaultValue = "",
                            paramLabel = "PATH")
                    String root,
            @Parameters(paramLabel = "CELL") String cell)
            throws Exception {
        return run(server -> {
            Topodata.CellInfo updated = server.cells().update(cell, before -> {
                Topodata.CellInfo.Builder info = before.toBuilder();
                if (!address.isEmpty()) {
                    info.setServerAddress(address);
                }
                if (!root.isEmpty()) {
                    info.setRoot(root);
                }
                return info.build();
            });
            return "Updated cell " + cell + ". New CellInfo:\n" + VtctldJson.print(updated);
        });
    }

    @Command(name = "DeleteCellInfo", description = "Removes a cell that serves nothing.")
    default int deleteCellInfo(
            @Option(
                            names = {"-f", "--force"},
                            description = "Also one that serves keyspaces or does not answer.")
                    boolean force,
            @Parameters(paramLabel = "CELL") String cell)
            throws Exception {
        return run(server -> {
            server.cells().delete(cell, force);
            return "Deleted cell " + cell;
        });
    }

    @Command(name = "GetCellsAliases", description = "Prints the groups of cells.")
    default int getCellsAliases() throws Exception {
        return run(server -> VtctldJson.print(server.cellsAliases().all()));
    }

    @Command(name = "AddCellsAlias", description = "Makes a group of cells that may serve each other's replica reads.")
    default int addCellsAlias(@Mixin AliasedCells group) throws Exception {
        return run(server -> {
            server.cellsAliases().create(group.alias, group.cells);
            return "Created cells alias: " + group.alias + " (cells = [" + String.join(" ", group.cells) + "])";
        });
    }

    @Command(name = "UpdateCellsAlias", description = "Replaces the cells of a group; makes the group when it is new.")
    default int updateCellsAlias(@Mixin AliasedCells group) throws Exception {
        return run(server -> "Updated cells alias " + group.alias + ". New CellsAlias:\n"
                + VtctldJson.print(server.cellsAliases().update(group.alias, group.cells)));
    }

    @Command(name = "DeleteCellsAlias", description = "Removes a group of cells.")
    default int deleteCellsAlias(@Parameters(paramLabel = "ALIAS") String alias) throws Exception {
        return run(server -> {
            server.cellsAliases().delete(alias);
            return "Delete cells alias " + alias;
        });
    }

    /** A group as the commands that write it take it. */
    final class AliasedCells {
        @Option(
                names = {"-c", "--cells"},
                split = ",",
                required = true,
                paramLabel = "CELL,...")
        List<String> cells = List.of();

        @Parameters(paramLabel = "ALIAS")
        String alias = "";
    }
}
