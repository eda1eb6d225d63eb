package io.vtsphere.topo.server;

import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.KeyspaceVSchema;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.VSchema;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The topology's records, typed: reading them, and writing them as vtctldclient would.
 *
 * <p>Every method blocks until the topology server answered and throws {@link TopoException} when it refuses or does not answer; a method
 * that writes several records may then have written some of them, and may be called again. Thread-safe.
 */
public final class TopoServer implements AutoCloseable {
    /** Vitess' {@code --lock-timeout}. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(45);

    /** The name of the database in which Vitess keeps its own tables, unless a keyspace says otherwise. */
    private static final String SIDECAR_DB_NAME = "_vt";

    private final TopoConnection global;
    private final Cells cells;
    private final Locks locks;
    private final Shards shards;
    private final Tablets tablets;
    private final CellsAliases aliases;
    private final TabletControls controls;
    private final ServingGraph graph;
    private final VSchemas vschemas;

    private TopoServer(TopoConnector connector, String globalAddress, String globalRoot, Clock clock) {
        this.global = connector.connect(globalAddress, globalRoot);
        this.cells = new Cells(connector, global);
        this.locks = new Locks(global, LOCK_TIMEOUT, clock);
        this.shards = new Shards(global, locks);
        this.tablets = new Tablets(cells);
        this.aliases = new CellsAliases(global);
        this.controls = new TabletControls(cells, shards, locks);
        this.graph = new ServingGraph(global, cells, shards, locks);
        this.vschemas = new VSchemas(global, cells, locks);
    }

    /**
     * A server over the global topology at that address. Does not wait for it; the connector stays the caller's.
     *
     * @param globalAddress {@code --topo-global-server-address}
     * @param globalRoot {@code --topo-global-root}
     */
    public static TopoServer open(TopoConnector connector, String globalAddress, String globalRoot) {
        return new TopoServer(connector, globalAddress, globalRoot, Clock.systemUTC());
    }

    /** The files of the global topology. */
    public TopoConnection global() {
        return global;
    }

    /**
     * The files of a cell's topology, at the address of its record as it is now.
     *
     * @throws TopoException NO_NODE when there is no such cell
     */
    public TopoConnection cell(String cell) {
        return cells.connection(cell);
    }

    /** The files of a cell's topology, at the address of that record. Does not ask the global topology. */
    public TopoConnection cell(String cell, Topodata.CellInfo info) {
        return cells.connection(cell, info);
    }

    // cells

    /** The names of all cells, sorted. */
    public List<String> getCells() {
        return cells.names();
    }

    public Topodata.CellInfo getCellInfo(String cell) {
        return cells.info(cell);
    }

    public void createCellInfo(String cell, Topodata.CellInfo info) {
        Names.check(cell);
        global.create(RecordPaths.cellInfo(cell), info.toByteString());
    }

    /** As {@link #createCellInfo}; a record that is there is replaced. */
    public void putCellInfo(String cell, Topodata.CellInfo info) {
        Names.check(cell);
        global.put(RecordPaths.cellInfo(cell), info.toByteString());
    }

    /**
     * Removes a cell.
     *
     * @param force also while it serves keyspaces
     * @throws TopoException NODE_NOT_EMPTY when it does
     */
    public void deleteCellInfo(String cell, boolean force) {
        if (!force) {
            List<String> served = Records.directories(cell(cell), RecordPaths.KEYSPACES);
            if (!served.isEmpty()) {
                throw TopoException.of(Kind.NODE_NOT_EMPTY, "cell " + cell + " has serving keyspaces " + served);
            }
        }
        global.delete(RecordPaths.cellInfo(cell));
    }

    /** The groups of cells by name. */
    public Map<String, Topodata.CellsAlias> getCellsAliases() {
        return aliases.all();
    }

    /**
     * Makes cells a group.
     *
     * @throws TopoException OTHER when one of them is in another group
     */
    public void createCellsAlias(String alias, Collection<String> members) {
        aliases.create(alias, members);
    }

    /** Replaces the cells of a group. */
    public void updateCellsAlias(String alias, Collection<String> members) {
        aliases.update(alias, members);
    }

    public void deleteCellsAlias(String alias) {
        aliases.delete(alias);
    }

    // keyspaces and shards

    /** The names of all keyspaces, sorted. */
    public List<String> getKeyspaces() {
        return Records.directories(global, RecordPaths.KEYSPACES);
    }

    public Topodata.Keyspace getKeyspace(String keyspace) {
        return Records.get(global, RecordPaths.keyspace(keyspace), Topodata.Keyspace.parser());
    }

    /**
     * Creates a keyspace without shards, with an empty VSchema.
     *
     * @param durabilityPolicy {@code none}, {@code semi_sync} or {@code cross_cell}
     */
    public Topodata.Keyspace createKeyspace(String keyspace, String durabilityPolicy) {
        Names.check(keyspace);
        Topodata.Keyspace record = Topodata.Keyspace.newBuilder()
                .setDurabilityPolicy(durabilityPolicy)
                .setSidecarDbName(SIDECAR_DB_NAME)
                .build();
        global.create(RecordPaths.keyspace(keyspace), record.toByteString());
        vschemas.ensure(keyspace);
        vschemas.rebuild(List.of());
        return record;
    }

    /** The names of a keyspace's shards, sorted. */
    public List<String> getShardNames(String keyspace) {
        return shards.names(keyspace);
    }

    /** A keyspace's shards by name. */
    public Map<String, Topodata.Shard> getShards(String keyspace) {
        return shards.all(keyspace);
    }

    public Topodata.Shard getShard(String keyspace, String shard) {
        return shards.get(keyspace, shard);
    }

    /**
     * Creates a shard of a keyspace. Its name is its key range, or has no dash.
     *
     * @throws TopoException NODE_EXISTS when it is there, NO_NODE when the keyspace is not
     */
    public Topodata.Shard createShard(String keyspace, String shard) {
        return shards.create(keyspace, shard);
    }

    /**
     * Changes a shard's record, again when someone else was faster.
     *
     * @param change must have no effect of its own
     */
    public Topodata.Shard updateShard(String keyspace, String shard, UnaryOperator<Topodata.Shard> change) {
        return shards.update(keyspace, shard, change);
    }

    /**
     * Records which tablet is the shard's primary and since when.
     *
     * @throws TopoException NO_UPDATE_NEEDED when the record names a primary with a later term
     */
    public Topodata.Shard setShardPrimary(String keyspace, String shard, TabletAlias primary, Instant termStart) {
        return shards.setPrimary(keyspace, shard, primary, termStart);
    }

    /** Records whether the shard's primary serves; the serving graph follows when it is rebuilt. */
    public Topodata.Shard setShardPrimaryServing(String keyspace, String shard, boolean serving) {
        return locks.holdingKeyspace(
                keyspace,
                "SetShardIsPrimaryServing",
                () -> shards.update(keyspace, shard, record -> record.toBuilder()
                        .setIsPrimaryServing(serving)
                        .build()));
    }

    /**
     * Adds or removes a shard's tablet control for a type of tablet.
     *
     * @param tables that its tablets refuse; names, or regular expressions between slashes
     * @return the shard's record as it now is
     * @throws TopoException OTHER when the control says something else already
     */
    public Topodata.Shard setDeniedTables(
            String keyspace,
            String shard,
            TabletType type,
            Collection<String> inCells,
            List<String> tables,
            boolean remove) {
        return controls.setDeniedTables(keyspace, shard, type, inCells, tables, remove);
    }

    /**
     * Records in the serving graph whether a shard's tablets of a type serve queries; in all cells when none is named.
     *
     * @throws TopoException OTHER when the shard's tablet control for the type denies tables
     */
    public Topodata.Shard setQueryServiceDisabled(
            String keyspace, String shard, TabletType type, Collection<String> inCells, boolean disabled) {
        Topodata.Shard record = controls.setDeniedTables(keyspace, shard, type, inCells, List.of(), false);
        controls.setQueryServiceDisabled(keyspace, shard, type, inCells, disabled);
        return record;
    }

    /**
     * Removes a shard without tablets, and its lists of tablets in the cells.
     *
     * @throws TopoException NODE_NOT_EMPTY when it has tablets
     */
    public void deleteShard(String keyspace, String shard) {
        locks.holdingKeyspace(keyspace, "DeleteShard", () -> {
            for (String cell : getCells()) {
                if (getTablets(cell).stream()
                        .anyMatch(tablet -> tablet.getKeyspace().equals(keyspace)
                                && tablet.getShard().equals(shard))) {
                    throw TopoException.of(
                            Kind.NODE_NOT_EMPTY,
                            "shard " + keyspace + "/" + shard + " still has tablets in cell " + cell);
                }
            }
            for (String cell : getCells()) {
                ignoring(Kind.NO_NODE, () -> cell(cell).delete(RecordPaths.shardReplication(keyspace, shard)));
            }
            global.delete(RecordPaths.shard(keyspace, shard));
            return shard;
        });
    }

    /**
     * Removes a keyspace, its VSchema and its serving graph.
     *
     * @param recursive also its shards, which must have no tablets
     * @throws TopoException NODE_NOT_EMPTY when it has shards
     */
    public void deleteKeyspace(String keyspace, boolean recursive) {
        List<String> names = getShardNames(keyspace);
        if (!names.isEmpty() && !recursive) {
            throw TopoException.of(
                    Kind.NODE_NOT_EMPTY, "keyspace " + keyspace + " still has " + names.size() + " shards");
        }
        names.forEach(shard -> deleteShard(keyspace, shard));
        for (String cell : getCells()) {
            ignoring(Kind.NO_NODE, () -> cell(cell).delete(RecordPaths.srvKeyspace(keyspace)));
        }
        ignoring(Kind.NO_NODE, () -> global.delete(RecordPaths.vschema(keyspace)));
        global.delete(RecordPaths.keyspace(keyspace));
        vschemas.rebuild(List.of());
    }

    /** Writes the SrvKeyspace records of a keyspace from its shards; to all cells when none is named. */
    public void rebuildKeyspaceGraph(String keyspace, Collection<String> inCells) {
        graph.rebuild(keyspace, inCells, false);
    }

    /** What a cell serves of a keyspace; null when it has no record. */
    public Topodata.@Nullable SrvKeyspace findSrvKeyspace(String cell, String keyspace) {
        return graph.find(cell, keyspace);
    }

    // tablets

    public Topodata.Tablet getTablet(TabletAlias alias) {
        return tablets.get(alias);
    }

    /** The tablet's record, or null. */
    public Topodata.@Nullable Tablet findTablet(TabletAlias alias) {
        return tablets.find(alias);
    }

    /** All tablets of a cell, in order of alias. */
    public List<Topodata.Tablet> getTablets(String cell) {
        return tablets.inCell(cell);
    }

    /**
     * Writes the record of a new tablet and enters it in its shard's list.
     *
     * @throws TopoException NODE_EXISTS when there is one of that alias
     */
    public void createTablet(Topodata.Tablet tablet) {
        tablets.create(tablet);
    }

    public Topodata.Tablet updateTablet(TabletAlias alias, UnaryOperator<Topodata.Tablet> change) {
        return tablets.update(alias, change);
    }

    /**
     * Removes a tablet's record and its entry in its shard's list.
     *
     * @param allowPrimary also when the shard's record names it as the primary, which it then no longer does
     * @throws TopoException OTHER when it is the primary
     */
    public void deleteTablet(TabletAlias alias, boolean allowPrimary) {
        Topodata.Tablet tablet = getTablet(alias);
        Topodata.Shard shard = shards.find(tablet.getKeyspace(), tablet.getShard());
        if (shard != null && shard.getPrimaryAlias().equals(tablet.getAlias())) {
            if (!allowPrimary) {
                throw TopoException.of(
                        Kind.OTHER, "cannot delete tablet " + alias + " as it is a primary, use allow-primary flag");
            }
            shards.update(tablet.getKeyspace(), tablet.getShard(), record -> record.toBuilder()
                    .clearPrimaryAlias()
                    .build());
        }
        tablets.delete(alias);
    }

    /**
     * What a tablet does when it starts: makes keyspace and shard where they are missing, writes its record over an older one of the same
     * shard, and has the cell serve the shard.
     *
     * @throws TopoException NODE_EXISTS when the alias belongs to a tablet of another shard
     */
    public void registerTablet(Topodata.Tablet tablet) {
        String keyspace = tablet.getKeyspace();
        ignoring(Kind.NODE_EXISTS, () -> createKeyspace(keyspace, "none"));
        if (shards.find(keyspace, tablet.getShard()) == null) {
            ignoring(Kind.NODE_EXISTS, () -> createShard(keyspace, tablet.getShard()));
        }
        tablets.createOrReplace(tablet);
        String cell = tablet.getAlias().getCell();
        boolean serving = shards.get(keyspace, tablet.getShard()).getIsPrimaryServing();
        if (serving && !serves(graph.find(cell, keyspace), tablet.getShard())) {
            // While shards are still missing nothing can be served; the tablet that brings the last one rebuilds.
            graph.rebuildIfWhole(keyspace, List.of(cell));
        }
        if (vschemas.findSrvVSchema(cell) == null) {
            vschemas.rebuild(List.of(cell));
        }
    }

    private static boolean serves(Topodata.@Nullable SrvKeyspace graph, String shard) {
        return graph != null
                && graph.getPartitionsList().stream()
                        .flatMap(partition -> partition.getShardReferencesList().stream())
                        .anyMatch(reference -> reference.getName().equals(shard));
    }

    private static void ignoring(Kind kind, Runnable work) {
        try {
            work.run();
        } catch (TopoException e) {
            if (e.kind() != kind) {
                throw e;
            }
        }
    }

    // VSchemas and rules

    public Vschema.Keyspace getVSchema(String keyspace) {
        return vschemas.get(keyspace);
    }

    /**
     * Checks a VSchema, saves it, and rebuilds every cell's SrvVSchema.
     *
     * @throws VtException with all faults of the VSchema, one a line, when it has any; then nothing is written
     * @throws TopoException BAD_VERSION when someone else saved one meanwhile
     */
    public void applyVSchema(String keyspace, Vschema.Keyspace vschema, VindexRegistry vindexes) {
        getKeyspace(keyspace);
        checkVSchema(keyspace, vschema, vindexes);
        Records.Versioned<Vschema.Keyspace> before = vschemas.find(keyspace);
        vschemas.save(keyspace, vschema, before == null ? 0 : before.version());
        vschemas.rebuild(List.of());
    }

    /**
     * Looks for faults that a VSchema has by itself; what it says about other keyspaces is not looked at, so that keyspaces which refer to
     * each other can be applied one by one.
     *
     * @throws VtException with all of them
     */
    public static void checkVSchema(String keyspace, Vschema.Keyspace vschema, VindexRegistry vindexes) {
        KeyspaceVSchema built = VSchema.parse(keyspace, vschema, vindexes);
        if (!built.faults().isEmpty()) {
            Code code = built.faults().get(0).code();
            throw VtException.of(
                    code,
                    built.faults().stream()
                            .map(fault -> "BuildKeyspace(" + keyspace + "): " + fault.getMessage())
                            .collect(Collectors.joining("\n")));
        }
    }

    /** Writes the SrvVSchema records from the VSchemas and rules; to all cells when none is named. */
    public void rebuildVSchemaGraph(Collection<String> inCells) {
        vschemas.rebuild(inCells);
    }

    /** A cell's gathered VSchemas and rules; null when it has no record. */
    public Vschema.@Nullable SrvVSchema findSrvVSchema(String cell) {
        return vschemas.findSrvVSchema(cell);
    }

    public Vschema.RoutingRules getRoutingRules() {
        return vschemas.routingRules();
    }

    /** Replaces the table routing rules and rebuilds every cell's SrvVSchema. */
    public void applyRoutingRules(Vschema.RoutingRules rules) {
        vschemas.saveRoutingRules(rules);
        vschemas.rebuild(List.of());
    }

    public Vschema.ShardRoutingRules getShardRoutingRules() {
        return vschemas.shardRoutingRules();
    }

    /** Replaces the shard routing rules and rebuilds every cell's SrvVSchema. */
    public void applyShardRoutingRules(Vschema.ShardRoutingRules rules) {
        vschemas.saveShardRoutingRules(rules);
        vschemas.rebuild(List.of());
    }

    public Vschema.KeyspaceRoutingRules getKeyspaceRoutingRules() {
        return vschemas.keyspaceRoutingRules();
    }

    /** Replaces the keyspace routing rules and rebuilds every cell's SrvVSchema. */
    public void applyKeyspaceRoutingRules(Vschema.KeyspaceRoutingRules rules) {
        vschemas.saveKeyspaceRoutingRules(rules);
        vschemas.rebuild(List.of());
    }

    /** Closes its connections. */
    @Override
    public void close() {
        cells.close();
        global.close();
    }
}
