package io.vtsphere.topo.server;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vitess.proto.Topodata;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoEntry;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tablet records and the list of tablets per shard. Source: Vitess' {@code go/vt/topo/tablet.go} and {@code replication.go}. Thread-safe. */
public final class Tablets {
    private final Cells cells;
    private final Keyspaces keyspaces;
    private final Shards shards;
    private final ServingGraph graph;
    private final VSchemas vschemas;
    private final Clock clock;

    Tablets(Cells cells, Keyspaces keyspaces, Shards shards, ServingGraph graph, VSchemas vschemas, Clock clock) {
        this.cells = cells;
        this.keyspaces = keyspaces;
        this.shards = shards;
        this.graph = graph;
        this.vschemas = vschemas;
        this.clock = clock;
    }

    /** @throws TopoException NO_NODE when there is none of that alias */
    public Topodata.Tablet get(TabletAlias alias) {
        return Records.get(cells.connection(alias.cell()), RecordPaths.tablet(alias), Topodata.Tablet.parser());
    }

    /** The tablet's record, or null. */
    public Topodata.@Nullable Tablet find(TabletAlias alias) {
        return Records.find(cells.connection(alias.cell()), RecordPaths.tablet(alias), Topodata.Tablet.parser());
    }

    /** All tablets of a cell, in order of alias. */
    public List<Topodata.Tablet> inCell(String cell) {
        return read(cells.connection(cell));
    }

    static List<Topodata.Tablet> read(TopoConnection cell) {
        List<Topodata.Tablet> tablets = new ArrayList<>();
        List<TopoEntry> entries;
        try {
            entries = cell.list(RecordPaths.TABLETS + "/");
        } catch (TopoException e) {
            if (e.kind() == Kind.NO_NODE) {
                return tablets;
            }
            throw e;
        }
        for (TopoEntry entry : entries) {
            if (entry.path().endsWith("/Tablet")) {
                try {
                    tablets.add(Topodata.Tablet.parseFrom(entry.contents()));
                } catch (InvalidProtocolBufferException e) {
                    throw TopoException.of(Kind.OTHER, entry.path() + " is no tablet record: " + e.getMessage(), e);
                }
            }
        }
        return tablets;
    }

    /**
     * Writes the record of a new tablet and enters it in its shard's list.
     *
     * @throws TopoException NODE_EXISTS when there is one of that alias
     */
    public void create(Topodata.Tablet tablet) {
        TabletAlias alias = TabletAlias.of(tablet.getAlias());
        cells.connection(alias.cell()).create(RecordPaths.tablet(alias), tablet.toByteString());
        addToShard(tablet);
    }

    /**
     * What a tablet does when it starts: makes keyspace and shard where they are missing, writes its record over an older one of the same
     * shard, and has the cell serve the shard.
     *
     * @throws TopoException NODE_EXISTS when the alias belongs to a tablet of another shard
     */
    public void register(Topodata.Tablet tablet) {
        String keyspace = tablet.getKeyspace();
        Records.ignoring(Kind.NODE_EXISTS, () -> keyspaces.create(keyspace, "none"));
        if (shards.find(keyspace, tablet.getShard()) == null) {
            Records.ignoring(Kind.NODE_EXISTS, () -> shards.create(keyspace, tablet.getShard()));
        }
        createOrReplace(tablet);
        String cell = tablet.getAlias().getCell();
        boolean serving = shards.get(keyspace, tablet.getShard()).getIsPrimaryServing();
        if (serving && !ServingGraph.serves(graph.find(cell, keyspace), tablet.getShard())) {
            // While shards are still missing nothing can be served; the tablet that brings the last one rebuilds.
            graph.rebuildIfWhole(keyspace, List.of(cell));
        }
        if (vschemas.findSrvVSchema(cell) == null) {
            vschemas.rebuild(List.of(cell));
        }
    }

    private void createOrReplace(Topodata.Tablet tablet) {
        TabletAlias alias = TabletAlias.of(tablet.getAlias());
        TopoConnection cell = cells.connection(alias.cell());
        Records.createOrUpdate(cell, RecordPaths.tablet(alias), Topodata.Tablet.parser(), tablet, before -> {
            if (!before.getKeyspace().equals(tablet.getKeyspace())
                    || !before.getShard().equals(tablet.getShard())) {
                throw TopoException.of(
                        Kind.NODE_EXISTS,
                        "tablet " + alias + " belongs to " + before.getKeyspace() + "/" + before.getShard()
                                + ", not to " + tablet.getKeyspace() + "/" + tablet.getShard()
                                + ": delete its record first or use another number");
            }
            return tablet;
        });
        addToShard(tablet);
    }

    /**
     * Changes a tablet's record, again when someone else was faster.
     *
     * @param change must have no effect of its own
     */
    public Topodata.Tablet update(TabletAlias alias, UnaryOperator<Topodata.Tablet> change) {
        return Records.update(
                cells.connection(alias.cell()), RecordPaths.tablet(alias), Topodata.Tablet.parser(), change);
    }

    /**
     * Records that a tablet is now its shard's primary: in its own record, in the shard's, and in that of the primary before, which becomes a
     * replica. Nothing is written when it is the primary already.
     *
     * @return the primary before; null when the shard had none
     */
    public @Nullable TabletAlias makePrimary(TabletAlias alias) {
        Topodata.Tablet tablet = get(alias);
        Topodata.Shard shard = shards.get(tablet.getKeyspace(), tablet.getShard());
        TabletAlias before = shard.hasPrimaryAlias() ? TabletAlias.of(shard.getPrimaryAlias()) : null;
        if (alias.equals(before) && tablet.getType() == Topodata.TabletType.PRIMARY) {
            return before;
        }
        Instant term = clock.instant();
        update(alias, record -> record.toBuilder()
                .setType(Topodata.TabletType.PRIMARY)
                .setPrimaryTermStartTime(Times.proto(term))
                .build());
        shards.setPrimary(tablet.getKeyspace(), tablet.getShard(), alias, term);
        if (before != null && !before.equals(alias)) {
            Records.ignoring(
                    Kind.NO_NODE,
                    () -> update(
                            before,
                            record -> record.getType() == Topodata.TabletType.PRIMARY
                                    ? record.toBuilder()
                                            .setType(Topodata.TabletType.REPLICA)
                                            .clearPrimaryTermStartTime()
                                            .build()
                                    : record));
        }
        return before;
    }

    /**
     * Removes a tablet's record and its entry in its shard's list.
     *
     * @param allowPrimary also when the shard's record names it as the primary, which it then no longer does
     * @throws TopoException OTHER when it is the primary
     */
    public void delete(TabletAlias alias, boolean allowPrimary) {
        Topodata.Tablet tablet = get(alias);
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
        TopoConnection cell = cells.connection(alias.cell());
        cell.delete(RecordPaths.tablet(alias));
        removeFromShard(cell, tablet);
    }

    private void addToShard(Topodata.Tablet tablet) {
        Topodata.ShardReplication.Node node = Topodata.ShardReplication.Node.newBuilder()
                .setTabletAlias(tablet.getAlias())
                .build();
        Records.createOrUpdate(
                cells.connection(tablet.getAlias().getCell()),
                RecordPaths.shardReplication(tablet.getKeyspace(), tablet.getShard()),
                Topodata.ShardReplication.parser(),
                Topodata.ShardReplication.getDefaultInstance(),
                record -> record.getNodesList().contains(node)
                        ? record
                        : record.toBuilder().addNodes(node).build());
    }

    private static void removeFromShard(TopoConnection cell, Topodata.Tablet tablet) {
        String path = RecordPaths.shardReplication(tablet.getKeyspace(), tablet.getShard());
        if (Records.find(cell, path, Topodata.ShardReplication.parser()) == null) {
            return;
        }
        Records.update(cell, path, Topodata.ShardReplication.parser(), record -> {
            Topodata.ShardReplication.Builder kept = record.toBuilder().clearNodes();
            record.getNodesList().stream()
                    .filter(node -> !node.getTabletAlias().equals(tablet.getAlias()))
                    .forEach(kept::addNodes);
            return kept.build();
        });
    }
}
