package io.vtsphere.distribution.vtctl;

import com.google.protobuf.ByteString;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoDirEntry;
import io.vtsphere.topo.server.RecordKinds;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.server.VtctldJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code vtsphere topo}: the topology's files as they are. */
@Command(
        name = "topo",
        mixinStandardHelpOptions = true,
        description = "Looks into the topology's files, and copies them.",
        synopsisSubcommandLabel = "COMMAND")
public final class TopoCommand extends TopologyOptions {
    private static final String IN_TOPOLOGY = "topo:";

    @Option(
            names = "--cell",
            scope = ScopeType.INHERIT,
            paramLabel = "CELL",
            description = "Below this cell's root, not the global one.")
    private @Nullable String cell;

    public TopoCommand() {}

    @Command(name = "ls", description = "Lists the names in a directory; those of directories end with a slash.")
    int ls(@Parameters(paramLabel = "PATH", defaultValue = "") String path) throws Exception {
        return run(server -> files(server).listDir(clean(path)).stream()
                .map(TopoCommand::line)
                .collect(Collectors.joining("\n")));
    }

    @Command(name = "cat", description = "Prints a file: as JSON when it is a known record, else as text.")
    int cat(@Parameters(paramLabel = "PATH") String path) throws Exception {
        return run(server -> {
            ByteString contents = files(server).get(clean(path)).contents();
            Optional<com.google.protobuf.Message> record = RecordKinds.decode(path, contents);
            return record.isPresent() ? VtctldJson.print(record.get()) : contents.toStringUtf8();
        });
    }

    @Command(
            name = "cp",
            description = "Copies a file's bytes from or to the topology, where a path begins with topo:.")
    int cp(@Parameters(paramLabel = "FROM") String from, @Parameters(paramLabel = "TO") String to) throws Exception {
        boolean out = from.startsWith(IN_TOPOLOGY);
        if (out == to.startsWith(IN_TOPOLOGY)) {
            throw new IllegalArgumentException("exactly one of FROM and TO must begin with " + IN_TOPOLOGY);
        }
        return run(server -> {
            if (out) {
                ByteString contents = files(server)
                        .get(clean(from.substring(IN_TOPOLOGY.length())))
                        .contents();
                Files.write(Path.of(to), contents.toByteArray());
            } else {
                ByteString contents = ByteString.copyFrom(Files.readAllBytes(Path.of(from)));
                String path = clean(to.substring(IN_TOPOLOGY.length()));
                RecordKinds.decode(path, contents);
                files(server).put(path, contents);
            }
            return "";
        });
    }

    private TopoConnection files(TopoServer server) {
        return cell == null ? server.global() : server.cells().connection(cell);
    }

    private static String line(TopoDirEntry entry) {
        return entry.name() + (entry.directory() ? "/" : "") + (entry.ephemeral() ? " (ephemeral)" : "");
    }

    private static String clean(String path) {
        String clean = path;
        while (clean.startsWith("/")) {
            clean = clean.substring(1);
        }
        while (clean.endsWith("/")) {
            clean = clean.substring(0, clean.length() - 1);
        }
        return clean;
    }
}
