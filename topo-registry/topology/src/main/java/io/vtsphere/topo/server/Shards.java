package io.vtsphere.topo.server;

import io.vitess.proto.Topodata;
import io.vtsphere.topo.KeyRanges;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import io.vtsphere.vindex.KeyRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Shard records. Source of the rules: Vitess' {@code go/vt/topo/shard.go}. Thread-safe. */
public final class Shards {
    private final TopoConnection global;
    private final Cells cells;
    private final Locks locks;

    Shards(TopoConnection global, Cells cells, Locks locks) {
        this.global = global;
        this.cells = cells;
        this.locks = locks;
    }

    /** @throws TopoException NO_NODE when there is none of that name */
    public Topodata.Shard get(String keyspace, String shard) {
        return Records.get(global, RecordPaths.shard(keyspace, shard), Topodata.Shard.parser());
    }

    /** The shard's record, or null. */
    public Topodata.@Nullable Shard find(String keyspace, String shard) {
        return Records.find(global, RecordPaths.shard(keyspace, shard), Topodata.Shard.parser());
    }

    /** A keyspace's shards by name. */
    public Map<String, Topodata.Shard> all(String keyspace) {
        Map<String, Topodata.Shard> shards = new TreeMap<>();
        for (String shard : names(keyspace)) {
            Topodata.Shard record = find(keyspace, shard);
            if (record != null) {
                shards.put(shard, record);
            }
        }
        return shards;
    }

    /** The names of a keyspace's shards, sorted. */
    public List<String> names(String keyspace) {
        return Records.directories(global, RecordPaths.keyspaceDirectory(keyspace) + "/" + RecordPaths.SHARDS);
    }

    /**
     * Creates a shard of a keyspace. Its name is its key range, or has no dash; its primary serves unless another shard already has a part of
     * the range.
     *
     * @throws TopoException NODE_EXISTS when it is there, NO_NODE when the keyspace is not
     */
    public Topodata.Shard create(String keyspace, String name) {
        String shard = KeyRange.canonicalShardName(name);
        Names.check(shard);
        KeyRange range = KeyRange.ofShardName(shard);
        return locks.holdingKeyspace(keyspace, "CreateShard", () -> {
            boolean overlaps = all(keyspace).values().stream().anyMatch(other -> overlap(range, other));
            Topodata.Shard.Builder record = Topodata.Shard.newBuilder().setIsPrimaryServing(!overlaps);
            if (range != null) {
                record.setKeyRange(KeyRanges.proto(range));
            }
            Topodata.Shard built = record.build();
            global.create(RecordPaths.shard(keyspace, shard), built.toByteString());
            return built;
        });
    }

    /**
     * Changes a shard's record, again when someone else was faster.
     *
     * @param change must have no effect of its own
     */
    public Topodata.Shard update(String keyspace, String shard, UnaryOperator<Topodata.Shard> change) {
        return Records.update(global, RecordPaths.shard(keyspace, shard), Topodata.Shard.parser(), change);
    }

    /**
     * Records which tablet is the shard's primary and since when.
     *
     * @throws TopoException NO_UPDATE_NEEDED when the record names a primary with a later term
     */
    public Topodata.Shard setPrimary(String keyspace, String shard, TabletAlias primary, Instant termStart) {
        return update(keyspace, shard, record -> {
            if (record.hasPrimaryTermStartTime()
                    && Times.instant(record.getPrimaryTermStartTime()).isAfter(termStart)) {
                throw TopoException.of(
                        Kind.NO_UPDATE_NEEDED,
                        keyspace + "/" + shard + ": its primary "
                                + TabletAlias.of(record.getPrimaryAlias()) + " has a later term than "
                                + primary);
            }
            return record.toBuilder()
                    .setPrimaryAlias(primary.proto())
                    .setPrimaryTermStartTime(Times.proto(termStart))
                    .build();
        });
    }

    /** Records whether the shard's primary serves; the serving graph follows when it is rebuilt. */
    public Topodata.Shard setPrimaryServing(String keyspace, String shard, boolean serving) {
        return locks.holdingKeyspace(
                keyspace,
                "SetShardIsPrimaryServing",
                () -> update(keyspace, shard, record -> record.toBuilder()
                        .setIsPrimaryServing(serving)
                        .build()));
    }

    /**
     * Removes a shard and its lists of tablets in the cells.
     *
     * @param recursive also the records of its tablets
     * @param evenIfServing also while a cell's serving graph names it
     * @throws TopoException NODE_NOT_EMPTY when it has tablets, OTHER when it is serving
     */
    public void delete(String keyspace, String shard, boolean recursive, boolean evenIfServing) {
        locks.holdingKeyspace(keyspace, "DeleteShard", () -> {
            List<String> known = cells.names();
            if (!evenIfServing && known.stream().anyMatch(cell -> serves(cell, keyspace, shard))) {
                throw TopoException.of(
                        Kind.OTHER,
                        "shard " + keyspace + "/" + shard
                                + " is still serving; use --even-if-serving to force deletion");
            }
            for (String cell : known) {
                deleteTablets(cell, keyspace, shard, recursive);
            }
            for (String cell : known) {
                Records.ignoring(Kind.NO_NODE, () -> cells.connection(cell)
                        .delete(RecordPaths.shardReplication(keyspace, shard)));
            }
            global.delete(RecordPaths.shard(keyspace, shard));
            return shard;
        });
    }

    private boolean serves(String cell, String keyspace, String shard) {
        Topodata.SrvKeyspace graph =
                Records.find(cells.connection(cell), RecordPaths.srvKeyspace(keyspace), Topodata.SrvKeyspace.parser());
        return ServingGraph.serves(graph, shard);
    }

    private void deleteTablets(String cell, String keyspace, String shard, boolean recursive) {
        TopoConnection connection = cells.connection(cell);
        List<Topodata.Tablet> tablets = Tablets.read(connection).stream()
                .filter(tablet -> tablet.getKeyspace().equals(keyspace)
                        && tablet.getShard().equals(shard))
                .toList();
        if (!tablets.isEmpty() && !recursive) {
            throw TopoException.of(
                    Kind.NODE_NOT_EMPTY,
                    "shard " + keyspace + "/" + shard + " still has " + tablets.size() + " tablets in cell " + cell
                            + "; use --recursive or remove them first");
        }
        for (Topodata.Tablet tablet : tablets) {
            connection.delete(RecordPaths.tablet(TabletAlias.of(tablet.getAlias())));
        }
    }

    private static boolean overlap(@Nullable KeyRange range, Topodata.Shard other) {
        return range == null || !other.hasKeyRange() || range.intersects(KeyRanges.of(other.getKeyRange()));
    }
}
