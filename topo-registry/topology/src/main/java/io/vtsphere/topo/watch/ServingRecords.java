package io.vtsphere.topo.watch;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.ServingStateBuilder;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.connection.TopoEntry;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records into the next snapshot. A record that cannot be read leaves the one before in use and is reported.
 *
 * <p>Used by the topology thread.
 */
final class ServingRecords {
    private static final Logger LOG = LoggerFactory.getLogger(ServingRecords.class);

    private static final String UNUSABLE = "{} (version {}) cannot be used; the record before it stays in use: {}";

    private final ServingStateBuilder builder;
    private final TopologyMetrics metrics;
    private final TopologyFilter filter;
    private final Map<String, String> faults = new TreeMap<>();
    private final Map<String, Integer> unknownFields = new TreeMap<>();

    ServingRecords(ServingStateBuilder builder, TopologyMetrics metrics, TopologyFilter filter) {
        this.filter = filter;
        this.builder = builder;
        this.metrics = metrics;
    }

    /** What is wrong with records that cannot be read, by path. */
    Map<String, String> faults() {
        return faults;
    }

    /** How many fields that this version does not know the records in use have. */
    int unknownFields() {
        return unknownFields.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The SrvVSchema of the cell; when it goes away, the last one stays in use. */
    WatchedFiles.Sink vschema(Runnable settled) {
        return sink(
                entry -> read(entry, Vschema.SrvVSchema.parser(), record -> builder.vschema(filter.keep(record))),
                path -> LOG.warn("the cell has no SrvVSchema any more; the last one stays in use"),
                settled);
    }

    /** The SrvKeyspaces of the cell; other files below the keyspaces are passed over. */
    WatchedFiles.Sink srvKeyspaces(Runnable settled) {
        return sink(
                entry -> {
                    String keyspace = middle(entry.path(), RecordPaths.KEYSPACES, "SrvKeyspace");
                    if (!keyspace.isEmpty() && filter.keepsKeyspace(keyspace)) {
                        read(entry, Topodata.SrvKeyspace.parser(), record -> builder.srvKeyspace(keyspace, record));
                    }
                },
                path -> {
                    String keyspace = middle(path, RecordPaths.KEYSPACES, "SrvKeyspace");
                    if (!keyspace.isEmpty()) {
                        builder.removeSrvKeyspace(keyspace);
                    }
                },
                settled);
    }

    WatchedFiles.Sink tablets(Runnable settled) {
        return sink(
                entry -> {
                    if (!middle(entry.path(), RecordPaths.TABLETS, "Tablet").isEmpty()) {
                        metrics.operation("GetTablet");
                        read(entry, Topodata.Tablet.parser(), record -> tablet(entry, record));
                    }
                },
                path -> {
                    String alias = middle(path, RecordPaths.TABLETS, "Tablet");
                    if (!alias.isEmpty()) {
                        metrics.operation("RemoveTablet");
                        removeTablet(path, alias);
                    }
                },
                settled);
    }

    WatchedFiles.Sink cellsAliases(Runnable settled) {
        return sink(
                entry -> {
                    String alias = middle(entry.path(), RecordPaths.CELLS_ALIASES, "CellsAlias");
                    if (!alias.isEmpty()) {
                        read(entry, Topodata.CellsAlias.parser(), record -> builder.cellsAlias(alias, record));
                    }
                },
                path -> builder.removeCellsAlias(middle(path, RecordPaths.CELLS_ALIASES, "CellsAlias")),
                settled);
    }

    /** The one name between a directory and a file, or empty when the path has another form. */
    static String middle(String path, String directory, String file) {
        int start = directory.length() + 1;
        int end = path.length() - file.length() - 1;
        boolean fits = end > start && path.startsWith(directory + "/") && path.endsWith("/" + file);
        return fits && path.indexOf('/', start) == end ? path.substring(start, end) : "";
    }

    private void tablet(TopoEntry entry, Topodata.Tablet record) {
        String expected = RecordPaths.tablet(TabletAlias.of(record.getAlias()));
        if (!entry.path().equals(expected)) {
            throw VtException.of(Code.INVALID_ARGUMENT, "the record is that of " + expected);
        }
        if (filter.keeps(record)) {
            builder.tablet(record);
        } else {
            builder.removeTablet(TabletAlias.of(record.getAlias()));
        }
    }

    private void removeTablet(String path, String alias) {
        try {
            builder.removeTablet(TabletAlias.parse(alias));
        } catch (VtException e) {
            LOG.warn("{} is gone, and its name is no tablet's: {}", path, e.getMessage());
        }
    }

    <T extends Message> void read(TopoEntry entry, Parser<T> parser, Consumer<T> use) {
        try {
            T record = parser.parseFrom(entry.contents());
            use.accept(record);
            faults.remove(entry.path());
            int unknown = UnknownFields.count(record);
            if (unknown > 0) {
                unknownFields.put(entry.path(), unknown);
            } else {
                unknownFields.remove(entry.path());
            }
        } catch (InvalidProtocolBufferException | VtException e) {
            unusable(entry, e.getMessage());
            LOG.warn(UNUSABLE, entry.path(), entry.version(), e.getMessage());
        } catch (RuntimeException e) {
            unusable(entry, e.toString());
            LOG.error(UNUSABLE, entry.path(), entry.version(), "an error that should not be", e);
        }
    }

    private void unusable(TopoEntry entry, @Nullable String why) {
        metrics.error("ReadRecord");
        faults.put(entry.path(), String.valueOf(why));
    }

    private WatchedFiles.Sink sink(Consumer<TopoEntry> written, Consumer<String> removed, Runnable settled) {
        return new WatchedFiles.Sink() {
            @Override
            public void written(TopoEntry entry) {
                written.accept(entry);
            }

            @Override
            public void removed(String path) {
                faults.remove(path);
                unknownFields.remove(path);
                removed.accept(path);
            }

            @Override
            public void settled() {
                settled.run();
            }
        };
    }
}
