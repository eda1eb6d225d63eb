package io.vtsphere.tablet.registration;

import io.vitess.proto.Topodata;
import io.vitess.proto.Topodata.Shard.TabletControl;
import io.vitess.proto.Topodata.ShardTabletControl;
import io.vitess.proto.Topodata.SrvKeyspace.KeyspacePartition;
import io.vtsphere.tablet.query.DeniedTables;
import io.vtsphere.topo.TabletType;
import org.jspecify.annotations.Nullable;

/**
 * What the topology forbids a tablet while traffic is switched. Source: Vitess' {@code go/vt/vttablet/tabletmanager/tm_state.go}.
 *
 * @param disabled why it serves no queries at all; null when it may
 */
record Controls(@Nullable String disabled, DeniedTables denied) {
    /**
     * @param graph what the tablet's cell serves; null when it has no record
     * @throws IllegalArgumentException when a denied table is a broken regular expression
     */
    static Controls of(
            String cell, String name, TabletType type, Topodata.Shard shard, Topodata.@Nullable SrvKeyspace graph) {
        return new Controls(disabled(name, type, shard, graph), denied(cell, type, shard));
    }

    private static @Nullable String disabled(
            String name, TabletType type, Topodata.Shard shard, Topodata.@Nullable SrvKeyspace graph) {
        if (graph != null && isDisabled(name, type, shard, graph)) {
            return "TabletControl.DisableQueryService set";
        }
        if (type == TabletType.PRIMARY && shard.getSourceShardsCount() > 0) {
            return "primary tablet with filtered replication on";
        }
        return null;
    }

    private static boolean isDisabled(String name, TabletType type, Topodata.Shard shard, Topodata.SrvKeyspace graph) {
        for (KeyspacePartition partition : graph.getPartitionsList()) {
            if (partition.getServedType() == type.proto()) {
                for (ShardTabletControl control : partition.getShardTabletControlsList()) {
                    if (control.getQueryServiceDisabled() && isFor(control, name, shard)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** By key range, as Vitess; by name where the shard has none. */
    private static boolean isFor(ShardTabletControl control, String name, Topodata.Shard shard) {
        return shard.hasKeyRange() && control.hasKeyRange()
                ? control.getKeyRange().equals(shard.getKeyRange())
                : control.getName().equals(name);
    }

    private static DeniedTables denied(String cell, TabletType type, Topodata.Shard shard) {
        for (TabletControl control : shard.getTabletControlsList()) {
            boolean here =
                    control.getCellsCount() == 0 || control.getCellsList().contains(cell);
            if (control.getTabletType() == type.proto() && here && control.getDeniedTablesCount() > 0) {
                return DeniedTables.of(control.getDeniedTablesList(), control.getAllowReads());
            }
        }
        return DeniedTables.NONE;
    }
}
