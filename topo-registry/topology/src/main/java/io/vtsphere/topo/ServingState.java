package io.vtsphere.topo;

import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a query needs to know of the topology, at one moment: keyspaces with their VSchema and shards, routing rules, and the
 * tablets of the watched cells. Immutable and thread-safe; readers take a reference once per statement.
 */
public final class ServingState {
    private final long epoch;
    private final long version;
    private final VSchema vschema;
    private final Map<String, KeyspaceState> keyspaces;
    private final List<String> servedKeyspaces;
    private final Map<TabletAlias, Tablet> tablets;
    private final Map<String, String> cellAliases;

    ServingState(
            long epoch,
            long version,
            VSchema vschema,
            Map<String, KeyspaceState> keyspaces,
            List<String> servedKeyspaces,
            Map<TabletAlias, Tablet> tablets,
            Map<String, String> cellAliases) {
        this.epoch = epoch;
        this.version = version;
        this.vschema = vschema;
        this.keyspaces = keyspaces;
        this.servedKeyspaces = servedKeyspaces;
        this.tablets = tablets;
        this.cellAliases = cellAliases;
    }

    /** Nothing at all: the snapshot before the first one is loaded. */
    public static ServingState empty() {
        return new ServingState(0, 0, VSchema.empty(), Map.of(), List.of(), Map.of(), Map.of());
    }

    /** A snapshot of given records, for tests and tools that have no topology server. */
    public static ServingState of(
            Vschema.SrvVSchema vschema,
            Map<String, Topodata.SrvKeyspace> keyspaces,
            Collection<Topodata.Tablet> tablets,
            VindexRegistry vindexes) {
        ServingStateBuilder builder = new ServingStateBuilder(vindexes);
        builder.vschema(vschema);
        keyspaces.forEach(builder::srvKeyspace);
        tablets.forEach(builder::tablet);
        return builder.build();
    }

    /**
     * The version of what plans depend on (VSchemas, routing rules, shards): part of the plan cache's key. Larger in later snapshots of
     * one source whenever any of it changed; equal when only tablets changed.
     */
    public long epoch() {
        return epoch;
    }

    /** The version of the whole snapshot: larger in every later snapshot of one source. */
    public long version() {
        return version;
    }

    /** The keyspaces that the VSchema knows, in order of name. */
    public Map<String, KeyspaceState> keyspaces() {
        return keyspaces;
    }

    /**
     * The keyspace of that name (case-sensitive).
     *
     * @throws VtException VT05003 when the VSchema does not know it
     */
    public KeyspaceState keyspace(String name) {
        KeyspaceState keyspace = keyspaces.get(name);
        if (keyspace == null) {
            throw VtError.VT05003.with(name);
        }
        return keyspace;
    }

    /** The keyspaces that have a SrvKeyspace record in the cell, in order of name: what SHOW DATABASES lists. */
    public List<String> servedKeyspaces() {
        return servedKeyspaces;
    }

    public VSchema vschema() {
        return vschema;
    }

    /** The tablet records of the watched cells, in order of alias. */
    public Map<TabletAlias, Tablet> tablets() {
        return tablets;
    }

    public @Nullable Tablet tablet(TabletAlias alias) {
        return tablets.get(alias);
    }

    /** The group of cells that may serve each other's replica reads: the first cell alias that contains the cell, else the cell itself. */
    public String cellAlias(String cell) {
        return cellAliases.getOrDefault(cell, cell);
    }

    Map<String, String> cellAliasMap() {
        return cellAliases;
    }

    static <K extends Comparable<K>, V> Map<K, V> sorted(Map<K, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    @Override
    public String toString() {
        return "epoch " + epoch + ", version " + version + ": keyspaces " + keyspaces.keySet() + ", " + tablets.size()
                + " tablets";
    }
}
