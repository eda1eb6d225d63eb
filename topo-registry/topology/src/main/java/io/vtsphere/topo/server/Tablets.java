package io.vtsphere.topo.server;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vitess.proto.Topodata;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoEntry;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tablet records and the list of tablets per shard. Source: Vitess' {@code go/vt/topo/tablet.go} and {@code replication.go}. */
final class Tablets {
    private final Cells cells;

    Tablets(Cells cells) {
        this.cells = cells;
    }

    Topodata.Tablet get(TabletAlias alias) {
        return Records.get(cells.connection(alias.cell()), RecordPaths.tablet(alias), Topodata.Tablet.parser());
    }

    Topodata.@Nullable Tablet find(TabletAlias alias) {
        return Records.find(cells.connection(alias.cell()), RecordPaths.tablet(alias), Topodata.Tablet.parser());
    }

    List<Topodata.Tablet> inCell(String cell) {
        List<Topodata.Tablet> tablets = new ArrayList<>();
        List<TopoEntry> entries;
        try {
            entries = cells.connection(cell).list(RecordPaths.TABLETS + "/");
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

    void create(Topodata.Tablet tablet) {
        TabletAlias alias = TabletAlias.of(tablet.getAlias());
        cells.connection(alias.cell()).create(RecordPaths.tablet(alias), tablet.toByteString());
        addToShard(tablet);
    }

    /** As Vitess' tablet at its start: a record of the same keyspace and shard is replaced. */
    void createOrReplace(Topodata.Tablet tablet) {
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

    Topodata.Tablet update(TabletAlias alias, UnaryOperator<Topodata.Tablet> change) {
        return Records.update(
                cells.connection(alias.cell()), RecordPaths.tablet(alias), Topodata.Tablet.parser(), change);
    }

    void delete(TabletAlias alias) {
        TopoConnection cell = cells.connection(alias.cell());
        Topodata.Tablet tablet = find(alias);
        cell.delete(RecordPaths.tablet(alias));
        if (tablet != null) {
            removeFromShard(cell, tablet);
        }
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
