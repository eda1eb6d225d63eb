package io.vtsphere.distribution.vtctl;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.vitess.proto.Topodata;
import io.vtsphere.topo.Tablet;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.server.VtctldJson;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands on tablets. Source of names, flags and answers: Vitess' {@code go/cmd/vtctldclient/command/tablets.go}, {@code reparents.go}. */
interface TabletCommands {
    /** Runs a command on the topology and prints its answer; the result is the exit code. */
    int run(TopologyOptions.Work work) throws Exception;

    /** Which tablets GetTablets lists. Set by the command line, then only read. */
    final class Filter {
        @Option(
                names = {"-t", "--tablet-alias"},
                split = ",",
                paramLabel = "ALIAS,...",
                description = "Only these; excludes the other filters.")
        private @Nullable List<String> aliases;

        @Option(
                names = {"-c", "--cell"},
                split = ",",
                paramLabel = "CELL,...")
        private @Nullable List<String> cells;

        @Option(names = "--tablet-type", paramLabel = "TYPE")
        private @Nullable String type;

        @Option(
                names = {"-k", "--keyspace"},
                paramLabel = "KEYSPACE")
        private @Nullable String keyspace;

        @Option(
                names = {"-s", "--shard"},
                paramLabel = "SHARD")
        private @Nullable String shard;

        @Option(names = "--strict", description = "Fails when a cell does not answer; otherwise it is left out.")
        private boolean strict;

        private void check() {
            if (aliases != null && (cells != null || type != null || keyspace != null || shard != null)) {
                throw new IllegalArgumentException(
                        "--keyspace, --shard, --cell and --tablet-type cannot be passed when using --tablet-alias");
            }
            if (shard != null && keyspace == null) {
                throw new IllegalArgumentException(
                        "--shard (= " + shard + ") cannot be passed without also passing --keyspace");
            }
        }

        private List<Topodata.Tablet> read(TopoServer server) {
            List<Topodata.Tablet> tablets = new ArrayList<>();
            if (aliases != null) {
                aliases.forEach(alias -> tablets.add(server.tablets().get(TabletAlias.parse(alias))));
                return tablets;
            }
            Topodata.TabletType wanted = type == null ? null : type(type).proto();
            for (String cell : cells == null ? server.cells().names() : cells) {
                inCell(server, cell).stream()
                        .filter(tablet ->
                                keyspace == null || tablet.getKeyspace().equals(keyspace))
                        .filter(tablet -> shard == null || tablet.getShard().equals(shard))
                        .filter(tablet -> wanted == null || tablet.getType() == wanted)
                        .forEach(tablets::add);
            }
            return tablets;
        }

        private List<Topodata.Tablet> inCell(TopoServer server, String cell) {
            try {
                return server.tablets().inCell(cell);
            } catch (TopoException e) {
                boolean away = e.kind() == Kind.TIMEOUT;
                if (strict || !away) {
                    throw e;
                }
                return List.of();
            }
        }
    }

    @Command(name = "GetTablet", description = "Prints a tablet's record.")
    default int getTablet(@Parameters(paramLabel = "ALIAS") String alias) throws Exception {
        return run(server -> VtctldJson.print(server.tablets().get(TabletAlias.parse(alias))));
    }

    @Command(name = "GetTablets", description = "Lists tablets, one a line, or as JSON.")
    default int getTablets(
            @Mixin Filter filter,
            @Option(names = "--format", defaultValue = "awk", description = "awk or json; default ${DEFAULT-VALUE}.")
                    String format)
            throws Exception {
        filter.check();
        boolean json = format.equalsIgnoreCase("json");
        if (!json && !format.equalsIgnoreCase("awk")) {
            throw new IllegalArgumentException("invalid output format, got " + format);
        }
        return run(server -> {
            List<Topodata.Tablet> tablets = filter.read(server);
            if (json) {
                JsonArray array = new JsonArray();
                tablets.forEach(tablet -> array.add(VtctldJson.tree(tablet)));
                return VtctldJson.print(array);
            }
            return tablets.stream().map(TabletCommands::line).collect(Collectors.joining("\n"));
        });
    }

    @Command(name = "DeleteTablets", description = "Removes tablets' records.")
    default int deleteTablets(
            @Option(
                            names = {"-p", "--allow-primary"},
                            description = "Also that of a shard's primary.")
                    boolean allowPrimary,
            @Parameters(paramLabel = "ALIAS", arity = "1..*") List<String> aliases)
            throws Exception {
        return run(server -> {
            aliases.forEach(alias -> server.tablets().delete(TabletAlias.parse(alias), allowPrimary));
            return "Successfully deleted " + aliases.size() + " tablets";
        });
    }

    @Command(
            name = "TabletExternallyReparented",
            description = "Takes note that another tool has made this tablet its shard's primary.")
    default int tabletExternallyReparented(@Parameters(paramLabel = "ALIAS") String alias) throws Exception {
        TabletAlias parsed = TabletAlias.parse(alias);
        return run(server -> {
            Topodata.Tablet tablet = server.tablets().get(parsed);
            Topodata.Shard shard = server.shards().get(tablet.getKeyspace(), tablet.getShard());
            if (tablet.getType() != Topodata.TabletType.PRIMARY
                    || !shard.getPrimaryAlias().equals(tablet.getAlias())) {
                TabletManager.reparented(server, tablet);
            }
            JsonObject answer = new JsonObject();
            answer.addProperty("keyspace", tablet.getKeyspace());
            answer.addProperty("shard", tablet.getShard());
            answer.add("new_primary", VtctldJson.tree(tablet.getAlias()));
            answer.add(
                    "old_primary",
                    shard.hasPrimaryAlias() ? VtctldJson.tree(shard.getPrimaryAlias()) : JsonNull.INSTANCE);
            return VtctldJson.print(answer);
        });
    }

    @Command(name = "RefreshState", description = "Has a tablet read its records again.")
    default int refreshState(@Parameters(paramLabel = "ALIAS") String alias) throws Exception {
        TabletAlias parsed = TabletAlias.parse(alias);
        return run(server -> {
            TabletManager.refreshState(server.tablets().get(parsed));
            return "Refreshed state on " + parsed;
        });
    }

    @Command(name = "RefreshStateByShard", description = "Has a shard's tablets read their records again.")
    default int refreshStateByShard(
            @Option(
                            names = {"-c", "--cells"},
                            split = ",",
                            paramLabel = "CELL,...")
                    List<String> cells,
            @Parameters(paramLabel = "KEYSPACE/SHARD") KeyspaceShard name)
            throws Exception {
        return run(server -> {
            boolean partial = false;
            for (String cell : cells == null ? server.cells().names() : cells) {
                for (Topodata.Tablet tablet : server.tablets().inCell(cell)) {
                    if (tablet.getKeyspace().equals(name.keyspace())
                            && tablet.getShard().equals(name.shard())) {
                        partial |= !TabletManager.tryRefreshState(tablet);
                    }
                }
            }
            return "Refreshed state on " + name.keyspace() + "/" + name.shard()
                    + (cells == null ? "" : " in cells " + String.join(", ", cells))
                    + (partial ? "\nState refresh was partial; some tablets in the shard may not have succeeded." : "");
        });
    }

    /** @throws TopoException OTHER when there is none of that name */
    static TabletType type(String name) {
        TabletType type = TabletType.parse(name);
        if (type == null) {
            throw TopoException.of(Kind.OTHER, "unknown tablet type " + name);
        }
        return type;
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
                                || tablet.primaryTermStartTime().getEpochSecond() <= 0
                        ? "<null>"
                        : tablet.primaryTermStartTime()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString());
    }

    private static String orNull(String text) {
        return text.isEmpty() ? "<null>" : text;
    }
}
