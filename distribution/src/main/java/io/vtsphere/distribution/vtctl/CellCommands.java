package io.vtsphere.distribution.vtctl;

import io.vitess.proto.Topodata;
import io.vtsphere.topo.server.VtctldJson;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands on cells and their groups. */
interface CellCommands {
    /** Runs a command on the topology and prints its answer; the result is the exit code. */
    int run(TopologyOptions.Work work) throws Exception;

    @Command(name = "GetCellInfoNames", description = "Lists the cells.")
    default int getCellInfoNames() throws Exception {
        return run(server -> String.join("\n", server.getCells()));
    }

    @Command(name = "GetCellInfo", description = "Prints a cell's record.")
    default int getCellInfo(@Parameters(paramLabel = "CELL") String cell) throws Exception {
        return run(server -> VtctldJson.print(server.getCellInfo(cell)));
    }

    @Command(name = "AddCellInfo", description = "Registers a cell.")
    default int addCellInfo(
            @Option(
                            names = {"-a", "--server-address"},
                            required = true,
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
            server.createCellInfo(
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
            description = "Changes where a cell's topology is; makes the cell when it is new.")
    default int updateCellInfo(
            @Option(
                            names = {"-a", "--server-address"},
                            required = true,
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
            Topodata.CellInfo info = Topodata.CellInfo.newBuilder()
                    .setServerAddress(address)
                    .setRoot(root)
                    .build();
            server.putCellInfo(cell, info);
            return "Updated cell " + cell + ". New state:\n" + VtctldJson.print(info);
        });
    }

    @Command(name = "DeleteCellInfo", description = "Removes a cell that serves nothing.")
    default int deleteCellInfo(
            @Option(
                            names = {"-f", "--force"},
                            description = "Also one that serves keyspaces.")
                    boolean force,
            @Parameters(paramLabel = "CELL") String cell)
            throws Exception {
        return run(server -> {
            server.deleteCellInfo(cell, force);
            return "Deleted cell " + cell;
        });
    }

    @Command(name = "GetCellsAliases", description = "Prints the groups of cells.")
    default int getCellsAliases() throws Exception {
        return run(server -> VtctldJson.print(server.getCellsAliases()));
    }

    @Command(name = "AddCellsAlias", description = "Makes a group of cells that may serve each other's replica reads.")
    default int addCellsAlias(
            @Option(
                            names = {"-c", "--cells"},
                            split = ",",
                            required = true,
                            paramLabel = "CELL,...")
                    List<String> cells,
            @Parameters(paramLabel = "ALIAS") String alias)
            throws Exception {
        return run(server -> {
            server.createCellsAlias(alias, cells);
            return "Created cells alias: " + alias + " (cells = [" + String.join(", ", cells) + "])";
        });
    }

    @Command(name = "UpdateCellsAlias", description = "Replaces the cells of a group.")
    default int updateCellsAlias(
            @Option(
                            names = {"-c", "--cells"},
                            split = ",",
                            required = true,
                            paramLabel = "CELL,...")
                    List<String> cells,
            @Parameters(paramLabel = "ALIAS") String alias)
            throws Exception {
        return run(server -> {
            server.updateCellsAlias(alias, cells);
            return "Updated cells alias: " + alias + " (cells = [" + String.join(", ", cells) + "])";
        });
    }

    @Command(name = "DeleteCellsAlias", description = "Removes a group of cells.")
    default int deleteCellsAlias(@Parameters(paramLabel = "ALIAS") String alias) throws Exception {
        return run(server -> {
            server.deleteCellsAlias(alias);
            return "Delete cells alias: " + alias;
        });
    }
}
