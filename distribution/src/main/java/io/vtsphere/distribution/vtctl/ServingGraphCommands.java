package io.vtsphere.distribution.vtctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.server.VtctldJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands on what cells serve. Source of names, flags and answers: Vitess' {@code go/cmd/vtctldclient/command/serving_graph.go}. */
interface ServingGraphCommands {
    /** Runs a command on the topology and prints its answer; the result is the exit code. */
    int run(TopologyOptions.Work work) throws Exception;

    @Command(name = "GetSrvKeyspaces", description = "Prints what cells serve of a keyspace.")
    default int getSrvKeyspaces(
            @Parameters(index = "0", paramLabel = "KEYSPACE") String keyspace,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "CELL") List<String> cells)
            throws Exception {
        return run(server -> VtctldJson.print(
                byCell(server, cells, cell -> server.servingGraph().find(cell, keyspace))));
    }

    @Command(name = "GetSrvKeyspaceNames", description = "Prints the names of the keyspaces that cells serve.")
    default int getSrvKeyspaceNames(@Parameters(arity = "0..*", paramLabel = "CELL") List<String> cells)
            throws Exception {
        return run(server -> {
            JsonObject answer = new JsonObject();
            for (String cell : orAll(server, cells)) {
                JsonArray names = new JsonArray();
                server.servingGraph().keyspaces(cell).forEach(names::add);
                JsonObject list = new JsonObject();
                list.add("names", names);
                answer.add(cell, list);
            }
            return VtctldJson.print(answer);
        });
    }

    @Command(name = "RebuildKeyspaceGraph", description = "Makes cells serve keyspaces as their shards are now.")
    default int rebuildKeyspaceGraph(
            @Option(
                            names = {"-c", "--cells"},
                            split = ",",
                            paramLabel = "CELL,...")
                    List<String> cells,
            @Option(names = "--allow-partial", description = "Also a SNAPSHOT keyspace whose shards leave holes.")
                    boolean allowPartial,
            @Parameters(paramLabel = "KEYSPACE", arity = "1..*") List<String> keyspaces)
            throws Exception {
        return run(server -> {
            for (String keyspace : keyspaces) {
                server.servingGraph().rebuild(keyspace, cells == null ? List.of() : cells, allowPartial);
            }
            return "";
        });
    }

    @Command(name = "GetSrvVSchema", description = "Prints the VSchemas and rules that a cell uses.")
    default int getSrvVSchema(@Parameters(paramLabel = "CELL") String cell) throws Exception {
        return run(server -> {
            Vschema.SrvVSchema record = server.vschemas().findSrvVSchema(cell);
            if (record == null) {
                throw TopoException.of(TopoException.Kind.NO_NODE, "SrvVSchema of cell " + cell);
            }
            return VtctldJson.print(record);
        });
    }

    @Command(name = "GetSrvVSchemas", description = "Prints the VSchemas and rules that cells use.")
    default int getSrvVSchemas(@Parameters(arity = "0..*", paramLabel = "CELL") List<String> cells) throws Exception {
        return run(server -> {
            Map<String, Vschema.SrvVSchema> found = byCell(server, cells, server.vschemas()::findSrvVSchema);
            return found.isEmpty() ? "[]" : VtctldJson.print(found);
        });
    }

    @Command(name = "DeleteSrvVSchema", description = "Removes the record of the VSchemas and rules that a cell uses.")
    default int deleteSrvVSchema(@Parameters(paramLabel = "CELL") String cell) throws Exception {
        return run(server -> {
            server.vschemas().deleteSrvVSchema(cell);
            return "";
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
            server.vschemas().rebuild(cells == null ? List.of() : cells);
            return "RebuildVSchemaGraph: ok";
        });
    }

    private static List<String> orAll(TopoServer server, @Nullable List<String> cells) {
        return cells == null || cells.isEmpty() ? server.cells().names() : cells;
    }

    private static <T extends Message> Map<String, T> byCell(
            TopoServer server, @Nullable List<String> cells, Function<String, @Nullable T> read) {
        Map<String, T> found = new TreeMap<>();
        for (String cell : orAll(server, cells)) {
            T record = read.apply(cell);
            if (record != null) {
                found.put(cell, record);
            }
        }
        return found;
    }
}
