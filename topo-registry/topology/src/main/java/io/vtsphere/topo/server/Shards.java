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

/** Shard records. Source of the rules: Vitess' {@code go/vt/topo/shard.go}. */
final class Shards {
    private final TopoConnection global;
    private final Locks locks;

    Shards(TopoConnection global, Locks locks) {
        this.global = global;
        this.locks = locks;
    }

    Topodata.Shard get(String keyspace, String shard) {
        return Records.get(global, RecordPaths.shard(keyspace, shard), Topodata.Shard.parser());
    }

    Topodata.@Nullable Shard find(String keyspace, String shard) {
        return Records.find(global, RecordPaths.shard(keyspace, shard), Topodata.Shard.parser());
    }

    Map<String, Topodata.Shard> all(String keyspace) {
        Map<String, Topodata.Shard> shards = new TreeMap<>();
        for (String shard : names(keyspace)) {
            Topodata.Shard record = find(keyspace, shard);
            if (record != null) {
                shards.put(shard, record);
            }
        }
        return shards;
    }

    List<String> names(String keyspace) {
        return Records.directories(global, RecordPaths.keyspaceDirectory(keyspace) + "/" + RecordPaths.SHARDS);
    }

    /** Its primary serves unless another shard already has a part of the range. */
    Topodata.Shard create(String keyspace, String name) {
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

    Topodata.Shard update(String keyspace, String shard, UnaryOperator<Topodata.Shard> change) {
        return Records.update(global, RecordPaths.shard(keyspace, shard), Topodata.Shard.parser(), change);
    }

    Topodata.Shard setPrimary(String keyspace, String shard, TabletAlias primary, Instant termStart) {
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

    private static boolean overlap(@Nullable KeyRange range, Topodata.Shard other) {
        return range == null || !other.hasKeyRange() || range.intersects(KeyRanges.of(other.getKeyRange()));
    }
}
