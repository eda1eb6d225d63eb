package io.vtsphere.distribution.vtctl;

import com.google.gson.JsonArray;
import io.vitess.proto.Topodata;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.server.VtctldJson;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands on tablet records. */
interface TabletCommands {
    /** Runs a command on the topology and prints its answer; the result is the exit code. */
    int run(TopologyOptions.Work work) throws Exception;

    @Command(name = "GetTablet", description = "Prints a tablet's record.")
    default int getTablet(@Parameters(paramLabel = "ALIAS") String alias) throws Exception {
        return run(server -> VtctldJson.print(server.getTablet(TabletAlias.parse(alias))));
    }

    @Command(name = "GetTablets", description = "Lists tablets, one a line, or as JSON.")
    default int getTablets(
            @Option(
                            names = {"-c", "--cell"},
                            split = ",",
                            paramLabel = "CELL,...")
                    List<String> cells,
            @Option(
                            names = {"-k", "--keyspace"},
                            defaultValue = "",
                            paramLabel = "KEYSPACE")
                    String keyspace,
            @Option(
                            names = {"-s", "--shard"},
                            defaultValue = "",
                            paramLabel = "SHARD")
                    String shard,
            @Option(names = "--format", defaultValue = "awk", description = "awk or json; default ${DEFAULT-VALUE}.")
                    String format)
            throws Exception {
        return run(server -> {
            List<Topodata.Tablet> tablets = new ArrayList<>();
            for (String cell : cells == null || cells.isEmpty() ? server.getCells() : cells) {
                server.getTablets(cell).stream()
                        .filter(tablet ->
                                keyspace.isEmpty() || tablet.getKeyspace().equals(keyspace))
                        .filter(tablet -> shard.isEmpty() || tablet.getShard().equals(shard))
                        .forEach(tablets::add);
            }
            if (format.equals("json")) {
                JsonArray array = new JsonArray();
                tablets.forEach(tablet -> array.add(VtctldJson.tree(tablet)));
                return VtctldJson.print(array);
            }
            return tablets.stream().map(TabletCommands::line).collect(Collectors.joining("\n"));
        });
    }

    @Command(name = "DeleteTablets", description = "Removes tablets' records.")
    default int deleteTablets(
            @Option(names = "--allow-primary", description = "Also that of a shard's primary.") boolean allowPrimary,
            @Parameters(paramLabel = "ALIAS", arity = "1..*") List<String> aliases)
            throws Exception {
        return run(server -> {
            aliases.forEach(alias -> server.deleteTablet(TabletAlias.parse(alias), allowPrimary));
            return "Successfully deleted " + aliases.size() + " tablets";
        });
    }

    /** Eight columns, empty ones as {@code <null>}. Source: Vitess' {@code go/cmd/vtctldclient/cli/awk.go}. */
    private static String line(Topodata.Tablet record) {
        Tablet tablet = Tablet.of(record);
        String tags = new TreeMap<>(tablet.tags())
                .entrySet().stream()
                        .map(tag -> tag.getKey() + ": \"" + tag.getValue() + "\"")
                        .collect(Collectors.joining(" ", "[", "]"));
        return String.join(
                " ",
                tablet.alias().toString(),
                orNull(tablet.keyspace()),
                orNull(tablet.shard()),
                tablet.type().lower(),
                tablet.hostname() + ":" + tablet.ports().getOrDefault("vt", 0),
                tablet.mysqlHostname() + ":" + tablet.mysqlPort(),
                tags,
                tablet.primaryTermStartTime() == null
                        ? "<null>"
                        : tablet.primaryTermStartTime().toString());
    }

    private static String orNull(String text) {
        return text.isEmpty() ? "<null>" : text;
    }
}
