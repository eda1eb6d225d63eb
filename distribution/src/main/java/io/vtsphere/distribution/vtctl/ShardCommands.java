package io.vtsphere.distribution.vtctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.vitess.proto.Topodata;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.server.VtctldJson;
import io.vtsphere.vindex.ShardingSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands on shards. Source of names, flags and answers: Vitess' {@code go/cmd/vtctldclient/command/shards.go}. */
interface ShardCommands {
    /** Runs a command on the topology and prints its answer; the result is the exit code. */
    int run(TopologyOptions.Work work) throws Exception;

    @Command(name = "GetShard", description = "Prints a shard.")
    default int getShard(@Parameters(paramLabel = "KEYSPACE/SHARD") KeyspaceShard name) throws Exception {
        return run(server -> VtctldJson.print(shard(name, server.shards().get(name.keyspace(), name.shard()))));
    }

    @Command(name = "FindAllShardsInKeyspace", description = "Prints the shards of a keyspace by name.")
    default int findAllShardsInKeyspace(@Parameters(paramLabel = "KEYSPACE") String keyspace) throws Exception {
        return run(server -> {
            JsonObject shards = new JsonObject();
            server.shards()
                    .all(keyspace)
                    .forEach((name, record) -> shards.add(name, shard(new KeyspaceShard(keyspace, name), record)));
            JsonObject answer = new JsonObject();
            answer.add("shards", shards);
            return VtctldJson.print(answer);
        });
    }

    @Command(name = "GenerateShardRanges", description = "Prints the names of that many shards of one size.")
    default int generateShardRanges(@Parameters(paramLabel = "NUMBER") int number) throws Exception {
        return run(server -> {
            JsonArray names = new JsonArray();
            ShardingSpec.equalShards(number).forEach(range -> names.add(range.toString()));
            return VtctldJson.print(names);
        });
    }

    @Command(name = "CreateShard", description = "Makes a shard of a keyspace.")
    default int createShard(
            @Option(
                            names = {"-f", "--force"},
                            description = "Goes on when the shard is there, and leaves it as it is.")
                    boolean force,
            @Option(
                            names = {"-p", "--include-parent"},
                            description = "Makes the keyspace when it is not there.")
                    boolean includeParent,
            @Parameters(paramLabel = "KEYSPACE/SHARD") KeyspaceShard name)
            throws Exception {
        return run(server -> {
            if (includeParent && !server.keyspaces().names().contains(name.keyspace())) {
                server.keyspaces().create(name.keyspace(), "none");
            }
            Topodata.Shard created = create(server, name, force);
            Topodata.Shard found = created == null ? server.shards().get(name.keyspace(), name.shard()) : created;
            JsonObject answer = new JsonObject();
            answer.add(
                    "keyspace",
                    KeyspaceCommands.keyspace(
                            name.keyspace(), server.keyspaces().get(name.keyspace())));
            answer.add("shard", shard(name, found));
            answer.addProperty("shard_already_exists", created == null);
            return VtctldJson.print(answer);
        });
    }

    /** Null when it was there and may be. */
    private static Topodata.@Nullable Shard create(TopoServer server, KeyspaceShard name, boolean force) {
        try {
            return server.shards().create(name.keyspace(), name.shard());
        } catch (TopoException e) {
            if (force && e.kind() == Kind.NODE_EXISTS) {
                return null;
            }
            throw e;
        }
    }

    @Command(name = "DeleteShards", description = "Removes shards.")
    default int deleteShards(
            @Option(
                            names = {"-r", "--recursive"},
                            description = "Also the records of their tablets.")
                    boolean recursive,
            @Option(names = "--even-if-serving", description = "Also shards that serve.") boolean evenIfServing,
            @Parameters(paramLabel = "KEYSPACE/SHARD", arity = "1..*") List<KeyspaceShard> names)
            throws Exception {
        return run(server -> {
            names.forEach(name -> server.shards().delete(name.keyspace(), name.shard(), recursive, evenIfServing));
            return "Successfully deleted " + names.size() + " shards";
        });
    }

    @Command(name = "SetShardIsPrimaryServing", description = "Records whether a shard's primary serves.")
    default int setShardIsPrimaryServing(
            @Parameters(index = "0", paramLabel = "KEYSPACE/SHARD") KeyspaceShard name,
            @Parameters(index = "1", paramLabel = "true|false", arity = "1") boolean serving)
            throws Exception {
        return run(
                server -> VtctldJson.print(server.shards().setPrimaryServing(name.keyspace(), name.shard(), serving)));
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
                            description = "Ignored beside --denied-tables and --remove.")
                    boolean disable,
            @Parameters(index = "0", paramLabel = "KEYSPACE/SHARD") KeyspaceShard name,
            @Parameters(index = "1", paramLabel = "TYPE") String type)
            throws Exception {
        List<String> inCells = cells == null ? List.of() : cells;
        List<String> denied = tables == null ? List.of() : tables;
        return run(server -> {
            TabletType parsed = TabletCommands.type(type);
            Topodata.Shard changed = remove || !denied.isEmpty()
                    ? server.tabletControls()
                            .setDeniedTables(name.keyspace(), name.shard(), parsed, inCells, denied, remove)
                    : server.tabletControls()
                            .setQueryServiceDisabled(name.keyspace(), name.shard(), parsed, inCells, disable);
            return VtctldJson.print(changed);
        });
    }

    private static JsonObject shard(KeyspaceShard name, Topodata.Shard record) {
        JsonObject json = new JsonObject();
        json.addProperty("keyspace", name.keyspace());
        json.addProperty("name", name.shard());
        json.add("shard", VtctldJson.tree(record));
        return json;
    }
}
