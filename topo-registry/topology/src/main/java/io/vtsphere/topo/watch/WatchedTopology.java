package io.vtsphere.topo.watch;

import io.vitess.proto.Topodata;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoConnection.Scope;
import io.vtsphere.topo.connection.TopoEntry;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.TopoServer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that is watched: in the cell SrvVSchema and the SrvKeyspaces; in every watched cell the tablets; globally the cells and their
 * aliases. What is in a cell is read as soon as its address is known, and again when it moves.
 *
 * <p>Methods belong to the topology thread.
 */
final class WatchedTopology {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedTopology.class);

    private final TopologyConfig config;
    private final TopoServer server;
    private final ServingRecords records;
    private final Runnable settled;
    private final List<WatchedFiles> global = new ArrayList<>();
    private final Map<String, List<WatchedFiles>> byCell = new LinkedHashMap<>();
    /** Where the cells are; written by the topology thread, read by those that connect. */
    private final Map<String, Topodata.CellInfo> cellInfos = new ConcurrentHashMap<>();

    /**
     * @param settled called after changes that arrived together
     */
    WatchedTopology(
            TopologyConfig config,
            TopoServer server,
            ServingRecords records,
            TopologyThreads threads,
            TopologyMetrics metrics,
            Runnable settled) {
        this.config = config;
        this.server = server;
        this.records = records;
        this.settled = settled;
        global.add(new WatchedFiles(
                "global/cells",
                server::global,
                RecordPaths.CELLS,
                Scope.DIRECTORY,
                new CellSink(),
                threads,
                config,
                metrics));
        global.add(new WatchedFiles(
                "global/cells_aliases",
                server::global,
                RecordPaths.CELLS_ALIASES,
                Scope.DIRECTORY,
                records.cellsAliases(settled),
                threads,
                config,
                metrics));
        String cell = config.cell();
        Supplier<TopoConnection> local = () -> connection(cell);
        inCell(
                cell,
                new WatchedFiles(
                        cell + "/SrvVSchema",
                        local,
                        RecordPaths.SRV_VSCHEMA,
                        Scope.FILE,
                        records.vschema(settled),
                        threads,
                        config,
                        metrics));
        inCell(
                cell,
                new WatchedFiles(
                        cell + "/keyspaces",
                        local,
                        RecordPaths.KEYSPACES,
                        Scope.DIRECTORY,
                        records.srvKeyspaces(settled),
                        threads,
                        config,
                        metrics));
        for (String other : config.cellsToWatch()) {
            inCell(
                    other,
                    new WatchedFiles(
                            other + "/tablets",
                            () -> connection(other),
                            RecordPaths.TABLETS,
                            Scope.DIRECTORY,
                            records.tablets(settled),
                            threads,
                            config,
                            metrics));
        }
    }

    private void inCell(String cell, WatchedFiles files) {
        byCell.computeIfAbsent(cell, c -> new ArrayList<>()).add(files);
    }

    private TopoConnection connection(String cell) {
        Topodata.CellInfo info = cellInfos.get(cell);
        if (info == null) {
            throw TopoException.of(Kind.NO_NODE, RecordPaths.cellInfo(cell));
        }
        return server.cells().connection(cell, info);
    }

    private List<WatchedFiles> all() {
        List<WatchedFiles> all = new ArrayList<>(global);
        byCell.values().forEach(all::addAll);
        return all;
    }

    /** Those of the cells follow as soon as their cell's address is known. */
    void start() {
        global.forEach(WatchedFiles::reload);
    }

    void tick() {
        all().forEach(WatchedFiles::tick);
    }

    void stop() {
        all().forEach(WatchedFiles::stop);
    }

    /** Whether everything was read at least once. */
    boolean isLoaded() {
        return all().stream().allMatch(WatchedFiles::isLoaded);
    }

    /** For how long the part that is worst off may have been out of date, in nanoseconds. */
    long staleNanos() {
        return all().stream().mapToLong(WatchedFiles::staleNanos).max().orElse(0);
    }

    /** What does not follow now, and why. */
    Map<String, String> troubles() {
        Map<String, String> troubles = new TreeMap<>();
        for (WatchedFiles files : all()) {
            TopoException trouble = files.trouble();
            if (trouble != null) {
                troubles.put(files.name(), trouble.getMessage());
            }
        }
        return troubles;
    }

    /** The files as they are known, by directory. */
    Map<String, Collection<TopoEntry>> files() {
        Map<String, Collection<TopoEntry>> files = new LinkedHashMap<>();
        all().forEach(directory -> files.put(directory.name(), directory.files()));
        return files;
    }

    /** Begins with the files of a snapshot where nothing was read yet. */
    void restore(Map<String, List<TopoEntry>> snapshot) {
        for (WatchedFiles files : all()) {
            List<TopoEntry> entries = snapshot.get(files.name());
            if (entries != null && !files.isLoaded()) {
                files.restore(entries);
            }
        }
    }

    /**
     * A cell that does not exist is a mistake in the configuration, which waiting does not mend.
     *
     * @throws TopoException OTHER when the cells were read and one of the configuration is not among them
     */
    void checkCells() {
        if (!global.stream().allMatch(WatchedFiles::isLoaded)) {
            return;
        }
        Set<String> cells = new TreeSet<>(cellInfos.keySet());
        if (!cells.contains(config.cell())) {
            throw TopoException.of(Kind.OTHER, "cell:[" + config.cell() + "] does not exist in topo");
        }
        for (String cell : config.cellsToWatch()) {
            if (!cells.contains(cell)) {
                throw TopoException.of(
                        Kind.OTHER,
                        "cells_to_watch validation failed: cell: [" + cell + "] is not valid. Available cells: "
                                + cells);
            }
        }
    }

    private final class CellSink implements WatchedFiles.Sink {
        @Override
        public void written(TopoEntry entry) {
            String cell = ServingRecords.middle(entry.path(), RecordPaths.CELLS, "CellInfo");
            if (cell.isEmpty()) {
                return;
            }
            records.read(entry, Topodata.CellInfo.parser(), info -> {
                if (!info.equals(cellInfos.put(cell, info))) {
                    byCell.getOrDefault(cell, List.of()).forEach(WatchedFiles::reload);
                }
            });
        }

        @Override
        public void removed(String path) {
            LOG.warn("{} is gone; what was read of the cell stays in use", path);
        }

        @Override
        public void settled() {
            settled.run();
        }
    }
}
