package io.vtsphere.topo.server;

import io.vitess.proto.Topodata;
import io.vitess.proto.Topodata.SrvKeyspace.KeyspacePartition;
import io.vtsphere.topo.KeyRanges;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.ShardIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The SrvKeyspace records, made from the shard records. Source: Vitess' {@code go/vt/topotools/rebuild_keyspace.go}. Thread-safe. */
public final class ServingGraph {
    private static final List<Topodata.TabletType> SERVED_TYPES =
            List.of(Topodata.TabletType.PRIMARY, Topodata.TabletType.REPLICA, Topodata.TabletType.RDONLY);

    private final TopoConnection global;
    private final Cells cells;
    private final Shards shards;
    private final Locks locks;

    ServingGraph(TopoConnection global, Cells cells, Shards shards, Locks locks) {
        this.global = global;
        this.cells = cells;
        this.shards = shards;
        this.locks = locks;
    }

    /** What a cell serves of a keyspace; null when it has no record. */
    public Topodata.@Nullable SrvKeyspace find(String cell, String keyspace) {
        return Records.find(cells.connection(cell), RecordPaths.srvKeyspace(keyspace), Topodata.SrvKeyspace.parser());
    }

    /** The names of the keyspaces that a cell serves, sorted. */
    public List<String> keyspaces(String cell) {
        return Records.directories(cells.connection(cell), RecordPaths.KEYSPACES);
    }

    /** As {@link #rebuild(String, Collection, boolean)}; no keyspace may leave holes. */
    public void rebuild(String keyspace, Collection<String> inCells) {
        rebuild(keyspace, inCells, false);
    }

    /**
     * Writes the SrvKeyspace records of a keyspace from its shards.
     *
     * @param inCells empty for all
     * @param allowPartial whether the shards of a SNAPSHOT keyspace may leave holes
     * @throws TopoException OTHER when the shards do not hold every keyspace id once, or while traffic is being switched
     */
    public void rebuild(String keyspace, Collection<String> inCells, boolean allowPartial) {
        locks.holdingKeyspace(keyspace, "RebuildKeyspace", () -> {
            rebuildLocked(keyspace, inCells, allowPartial);
            return keyspace;
        });
    }

    /** As {@link #rebuild}, but leaves the records as they are while the shards do not hold every keyspace id once. */
    void rebuildIfWhole(String keyspace, Collection<String> inCells) {
        locks.holdingKeyspace(keyspace, "RebuildKeyspace", () -> {
            Topodata.Keyspace record = keyspaceRecord(keyspace);
            boolean whole = graph(record, shards.all(keyspace)).getPartitionsList().stream()
                    .allMatch(partition -> fault(partition).isEmpty());
            if (whole) {
                rebuildLocked(keyspace, inCells, false);
            }
            return keyspace;
        });
    }

    /** Whether a cell's graph names a shard. */
    static boolean serves(Topodata.@Nullable SrvKeyspace graph, String shard) {
        return graph != null
                && graph.getPartitionsList().stream()
                        .flatMap(partition -> partition.getShardReferencesList().stream())
                        .anyMatch(reference -> reference.getName().equals(shard));
    }

    private Topodata.Keyspace keyspaceRecord(String keyspace) {
        return Records.get(global, RecordPaths.keyspace(keyspace), Topodata.Keyspace.parser());
    }

    private void rebuildLocked(String keyspace, Collection<String> inCells, boolean allowPartial) {
        Topodata.Keyspace record = keyspaceRecord(keyspace);
        Collection<String> targets = inCells.isEmpty() ? cells.names() : inCells;
        for (String cell : targets) {
            refuseDuringMigration(find(cell, keyspace));
        }
        Topodata.SrvKeyspace graph = graph(record, shards.all(keyspace));
        boolean mayLeaveHoles = allowPartial && record.getKeyspaceType() == Topodata.KeyspaceType.SNAPSHOT;
        if (!mayLeaveHoles) {
            for (KeyspacePartition partition : graph.getPartitionsList()) {
                check(keyspace, partition);
            }
        }
        for (String cell : targets) {
            cells.connection(cell).put(RecordPaths.srvKeyspace(keyspace), graph.toByteString());
        }
    }

    private static Topodata.SrvKeyspace graph(Topodata.Keyspace keyspace, Map<String, Topodata.Shard> shards) {
        List<Topodata.ShardReference> references = new ArrayList<>();
        shards.forEach((name, shard) -> {
            if (shard.getIsPrimaryServing()) {
                Topodata.ShardReference.Builder reference =
                        Topodata.ShardReference.newBuilder().setName(name);
                if (shard.hasKeyRange()) {
                    reference.setKeyRange(shard.getKeyRange());
                }
                references.add(reference.build());
            }
        });
        references.sort((left, right) -> KeyRanges.compareStarts(left.getKeyRange(), right.getKeyRange()));
        Topodata.SrvKeyspace.Builder graph = Topodata.SrvKeyspace.newBuilder();
        if (keyspace.hasThrottlerConfig()) {
            graph.setThrottlerConfig(keyspace.getThrottlerConfig());
        }
        if (keyspace.hasQueryThrottlerConfig()) {
            graph.setQueryThrottlerConfig(keyspace.getQueryThrottlerConfig());
        }
        if (!references.isEmpty()) {
            for (Topodata.TabletType type : SERVED_TYPES) {
                graph.addPartitions(
                        KeyspacePartition.newBuilder().setServedType(type).addAllShardReferences(references));
            }
        }
        return graph.build();
    }

    private static void check(String keyspace, KeyspacePartition partition) {
        fault(partition).ifPresent(fault -> {
            throw TopoException.of(
                    Kind.OTHER,
                    "keyspace partition for " + partition.getServedType() + " of keyspace " + keyspace
                            + " does not hold every keyspace id once: " + fault);
        });
    }

    private static Optional<String> fault(KeyspacePartition partition) {
        List<KeyRange> ranges = partition.getShardReferencesList().stream()
                .map(reference -> reference.hasKeyRange() ? KeyRanges.of(reference.getKeyRange()) : KeyRange.complete())
                .toList();
        return ShardIndex.of(ranges).fault();
    }

    private static void refuseDuringMigration(Topodata.@Nullable SrvKeyspace graph) {
        if (graph == null) {
            return;
        }
        for (KeyspacePartition partition : graph.getPartitionsList()) {
            if (partition.getShardTabletControlsList().stream()
                    .anyMatch(Topodata.ShardTabletControl::getQueryServiceDisabled)) {
                throw TopoException.of(
                        Kind.OTHER,
                        "can't rebuild serving keyspace while a migration is on going. TabletControls is set for partition "
                                + partition.getServedType());
            }
        }
    }
}
