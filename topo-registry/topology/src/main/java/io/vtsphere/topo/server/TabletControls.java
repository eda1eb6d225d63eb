package io.vtsphere.topo.server;

import io.vitess.proto.Topodata;
import io.vitess.proto.Topodata.Shard.TabletControl;
import io.vitess.proto.Topodata.ShardTabletControl;
import io.vitess.proto.Topodata.SrvKeyspace;
import io.vitess.proto.Topodata.SrvKeyspace.KeyspacePartition;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tables a shard's tablets refuse, and whether they serve queries at all while traffic is switched.
 *
 * <p>Source of the rules: Vitess' {@code go/vt/topo/shard.go} ({@code UpdateDeniedTables}) and {@code srv_keyspace.go}. Thread-safe.
 */
public final class TabletControls {
    private final Cells cells;
    private final Shards shards;
    private final Locks locks;

    TabletControls(Cells cells, Shards shards, Locks locks) {
        this.cells = cells;
        this.shards = shards;
        this.locks = locks;
    }

    /**
     * Adds a shard's tablet control for a type of tablet, or takes it away.
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
        if (type == TabletType.PRIMARY && !inCells.isEmpty()) {
            throw refused("you cannot specify cells for a primary's tablet control");
        }
        return locks.holdingKeyspace(
                keyspace,
                "SetShardTabletControl",
                () -> shards.update(
                        keyspace,
                        shard,
                        record -> change(keyspace + "/" + shard, record, type, inCells, tables, remove)));
    }

    private static Topodata.Shard change(
            String name,
            Topodata.Shard record,
            TabletType type,
            Collection<String> inCells,
            List<String> tables,
            boolean remove) {
        List<TabletControl> controls = new ArrayList<>(record.getTabletControlsList());
        int at = indexOf(controls, type);
        if (at < 0) {
            if (!remove) {
                controls.add(TabletControl.newBuilder()
                        .setTabletType(type.proto())
                        .addAllCells(new TreeSet<>(inCells))
                        .addAllDeniedTables(tables)
                        .build());
            }
        } else {
            TabletControl control = controls.get(at);
            if (control.getFrozen()) {
                throw refused("cannot update the frozen tablet control of " + name + " for " + type.lower());
            }
            TabletControl changed = type == TabletType.PRIMARY
                    ? changeTables(control, tables, remove)
                    : changeCells(name, control, inCells, tables, remove);
            boolean nothingLeft = remove
                    && (inCells.isEmpty() || changed.getCellsCount() == 0)
                    && (type != TabletType.PRIMARY || changed.getDeniedTablesCount() == 0);
            if (nothingLeft) {
                controls.remove(at);
            } else {
                controls.set(at, changed);
            }
        }
        return record.toBuilder()
                .clearTabletControls()
                .addAllTabletControls(controls)
                .build();
    }

    /** A primary's tables are added and taken away one by one; without any named, all go. */
    private static TabletControl changeTables(TabletControl control, List<String> tables, boolean remove) {
        List<String> denied = new ArrayList<>(control.getDeniedTablesList());
        if (!remove) {
            tables.stream().filter(table -> !denied.contains(table)).forEach(denied::add);
        } else if (tables.isEmpty()) {
            denied.clear();
        } else {
            denied.removeAll(tables);
        }
        return control.toBuilder()
                .clearDeniedTables()
                .addAllDeniedTables(denied)
                .build();
    }

    private static TabletControl changeCells(
            String name, TabletControl control, Collection<String> inCells, List<String> tables, boolean remove) {
        Set<String> covered = new TreeSet<>(control.getCellsList());
        if (remove) {
            covered.removeAll(inCells);
        } else {
            if (!control.getDeniedTablesList().equals(tables)) {
                throw refused("trying to use two different sets of denied tables for shard " + name + ": "
                        + goList(control.getDeniedTablesList()) + " and " + goList(tables));
            }
            covered.addAll(inCells);
        }
        return control.toBuilder().clearCells().addAllCells(covered).build();
    }

    /**
     * Records in the serving graph whether a shard's tablets of a type serve queries; in all cells when none is named.
     *
     * @return the shard's record as it now is
     * @throws TopoException OTHER when the shard's tablet control for the type denies tables
     */
    public Topodata.Shard setQueryServiceDisabled(
            String keyspace, String shard, TabletType type, Collection<String> inCells, boolean disabled) {
        Topodata.Shard record = setDeniedTables(keyspace, shard, type, inCells, List.of(), false);
        mark(keyspace, shard, record, type, inCells, disabled);
        return record;
    }

    private void mark(
            String keyspace,
            String shard,
            Topodata.Shard record,
            TabletType type,
            Collection<String> inCells,
            boolean disabled) {
        locks.holdingKeyspace(keyspace, "UpdateDisableQueryService", () -> {
            String path = RecordPaths.srvKeyspace(keyspace);
            for (String cell : inCells.isEmpty() ? cells.names() : inCells) {
                if (Records.find(cells.connection(cell), path, SrvKeyspace.parser()) != null) {
                    Records.update(
                            cells.connection(cell),
                            path,
                            SrvKeyspace.parser(),
                            graph -> mark(graph, shard, record, type, disabled));
                }
            }
            return keyspace;
        });
    }

    private static SrvKeyspace mark(
            SrvKeyspace graph, String shard, Topodata.Shard record, TabletType type, boolean disabled) {
        SrvKeyspace.Builder changed = graph.toBuilder();
        for (KeyspacePartition.Builder partition : changed.getPartitionsBuilderList()) {
            if (partition.getServedType() != type.proto()) {
                continue;
            }
            boolean found = false;
            for (ShardTabletControl.Builder control : partition.getShardTabletControlsBuilderList()) {
                if (control.getName().equals(shard)) {
                    control.setQueryServiceDisabled(disabled);
                    found = true;
                }
            }
            if (!found) {
                ShardTabletControl.Builder control =
                        partition.addShardTabletControlsBuilder().setName(shard).setQueryServiceDisabled(disabled);
                if (record.hasKeyRange()) {
                    control.setKeyRange(record.getKeyRange());
                }
            }
        }
        return changed.build();
    }

    private static int indexOf(List<TabletControl> controls, TabletType type) {
        for (int i = 0; i < controls.size(); i++) {
            if (controls.get(i).getTabletType() == type.proto()) {
                return i;
            }
        }
        return -1;
    }

    private static String goList(List<String> list) {
        return "[" + String.join(" ", list) + "]";
    }

    private static TopoException refused(String text) {
        return TopoException.of(Kind.OTHER, text);
    }
}
