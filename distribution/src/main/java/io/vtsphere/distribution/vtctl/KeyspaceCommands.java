package io.vtsphere.distribution.vtctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vitess.proto.Topodata;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.server.VtctldJson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands on keyspaces, shards and the serving graph. */
interface KeyspaceCommands {
    /** Runs a command on the topology and prints its answer; the result is the exit code. */
    int run(TopologyOptions.Work work) throws Exception;

    @Command(name = "GetKeyspaces", description = "Prints all keyspaces.")
    default int getKeyspaces() throws Exception {
        return run(server -> {
            JsonArray keyspaces = new JsonArray();
            server.getKeyspaces().forEach(name -> keyspaces.add(keyspace(name, server.getKeyspace(name))));
            return VtctldJson.print(keyspaces);
        });
    }

    @Command(name = "GetKeyspace", description = "Prints a keyspace.")
    default int getKeyspace(@Parameters(paramLabel = "KEYSPACE") String keyspace) throws Exception {
        return run(server -> VtctldJson.print(keyspace(keyspace, server.getKeyspace(keyspace))));
    }

    @Command(name = "CreateKeyspace", description = "Makes a keyspace without shards.")
    default int createKeyspace(
            @Option(
                            names = "--durability-policy",
                            defaultValue = "none",
                            description = "none, semi_sync or cross_cell; default ${DEFAULT-VALUE}.")
                    String durabilityPolicy,
            @Parameters(paramLabel = "KEYSPACE") String keyspace)
            throws Exception {
        return run(server -> "Successfully created keyspace " + keyspace + ". Result:\n"
                + VtctldJson.print(keyspace(keyspace, server.createKeyspace(keyspace, durabilityPolicy))));
    }

    @Command(name = "DeleteKeyspace", description = "Removes a keyspace without shards.")
    default int deleteKeyspace(
            @Option(
                            names = {"-r", "--recursive"},
                            description = "Also its shards, which must have no tablets.")
                    boolean recursive,
            @Parameters(paramLabel = "KEYSPACE") String keyspace)
            throws Exception {
        return run(server -> {
            server.deleteKeyspace(keyspace, recursive);
            return "Successfully deleted keyspace " + keyspace + ".";
        });
    }

    @Command(name = "GetShard", description = "Prints a shard.")
    default int getShard(@Parameters(paramLabel = "KEYSPACE/SHARD") KeyspaceShard name) throws Exception {
        return run(server -> VtctldJson.print(shard(name, server.getShard(name.keyspace(), name.shard()))));
    }

    @Command(name = "CreateShard", description = "Makes a shard of a keyspace.")
    default int createShard(
            @Option(
                            names = {"-p", "--include-parent"},
                            description = "Makes the keyspace when it is not there.")
                    boolean includeParent,
            @Parameters(paramLabel = "KEYSPACE/SHARD") KeyspaceShard name)
            throws Exception {
        return run(server -> {
            if (includeParent && !server.getKeyspaces().contains(name.keyspace())) {
                server.createKeyspace(name.keyspace(), "none");
            }
            Topodata.Shard created = server.createShard(name.keyspace(), name.shard());
            JsonObject answer = new JsonObject();
            answer.add("keyspace", keyspace(name.keyspace(), server.getKeyspace(name.keyspace())));
            answer.add("shard", shard(name, created));
            answer.addProperty("shard_already_exists", false);
            return VtctldJson.print(answer);
        });
    }

    @Command(name = "DeleteShards", description = "Removes shards without tablets.")
    default int deleteShards(@Parameters(paramLabel = "KEYSPACE/SHARD", arity = "1..*") List<KeyspaceShard> names)
            throws Exception {
        return run(server -> {
            names.forEach(name -> server.deleteShard(name.keyspace(), name.shard()));
            return "Successfully deleted " + names.size() + " shards.";
        });
    }

    @Command(name = "GetSrvKeyspaces", description = "Prints what cells serve of a keyspace.")
    default int getSrvKeyspaces(
            @Parameters(index = "0", paramLabel = "KEYSPACE") String keyspace,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "CELL") List<String> cells)
            throws Exception {
        return run(server -> {
            Map<String, Topodata.SrvKeyspace> graphs = new TreeMap<>();
            for (String cell : cells == null || cells.isEmpty() ? server.getCells() : cells) {
                Topodata.SrvKeyspace graph = server.findSrvKeyspace(cell, keyspace);
                if (graph != null) {
                    graphs.put(cell, graph);
                }
            }
            return VtctldJson.print(graphs);
        });
    }

    @Command(name = "RebuildKeyspaceGraph", description = "Makes cells serve keyspaces as their shards are now.")
    default int rebuildKeyspaceGraph(
            @Option(
                            names = {"-c", "--cells"},
                            split = ",",
                            paramLabel = "CELL,...")
                    List<String> cells,
            @Parameters(paramLabel = "KEYSPACE", arity = "1..*") List<String> keyspaces)
            throws Exception {
        return run(server -> {
            for (String keyspace : keyspaces) {
                server.rebuildKeyspaceGraph(keyspace, cells == null ? List.of() : cells);
            }
            return "";
        });
    }

    @Command(name = "SetShardIsPrimaryServing", description = "Records whether a shard's primary serves.")
    default int setShardIsPrimaryServing(
            @Parameters(index = "0", paramLabel = "KEYSPACE/SHARD") KeyspaceShard name,
            @Parameters(index = "1", paramLabel = "true|false", arity = "1") boolean serving)
            throws Exception {
        return run(server -> VtctldJson.print(server.setShardPrimaryServing(name.keyspace(), name.shard(), serving)));
    }

    @Command(
            name = "SetShardTabletControl",
            description = "Denies tables on a shard's tablets of a type, or takes them out of service.")
    default int setShardTabletControl(
            @Option(
                            names = {"-c", "--cells"},
                            split = ",",
                            paramLabel = "CELL,...")
                    List<String> cells,
            @Option(names = "--denied-tables", split = ",", paramLabel = "TABLE,...") List<String> tables,
            @Option(
                            names = {"-r", "--remove"},
                            description = "Takes the control away.")
                    boolean remove,
            @Option(
                            names = "--disable-query-service",
                            arity = "0..1",
                            fallbackValue = "true",
                            defaultValue = "false",
                            description = "Whether the tablets are out of service.")
                    boolean disable,
            @Parameters(index = "0", paramLabel = "KEYSPACE/SHARD") KeyspaceShard name,
            @Parameters(index = "1", paramLabel = "TABLET_TYPE") String type)
            throws Exception {
        return run(server -> VtctldJson.print(control(
                server,
                name,
                type,
                cells == null ? List.of() : cells,
                tables == null ? List.of() : tables,
                remove,
                disable)));
    }

    private static Topodata.Shard control(
            TopoServer server,
            KeyspaceShard name,
            String type,
            List<String> cells,
            List<String> tables,
            boolean remove,
            boolean disable) {
        TabletType parsed = TabletType.parse(type);
        if (parsed == null) {
            throw TopoException.of(TopoException.Kind.OTHER, "unknown tablet type " + type);
        }
        if (remove || !tables.isEmpty()) {
            return server.setDeniedTables(name.keyspace(), name.shard(), parsed, cells, tables, remove);
        }
        return server.setQueryServiceDisabled(name.keyspace(), name.shard(), parsed, cells, disable);
    }

    private static JsonObject keyspace(String name, Topodata.Keyspace record) {
        JsonObject json = new JsonObject();
        json.addProperty("name", name);
        json.add("keyspace", VtctldJson.tree(record));
        return json;
    }

    private static JsonObject shard(KeyspaceShard name, Topodata.Shard record) {
        JsonObject json = new JsonObject();
        json.addProperty("keyspace", name.keyspace());
        json.addProperty("name", name.shard());
        json.add("shard", VtctldJson.tree(record));
        return json;
    }
}
