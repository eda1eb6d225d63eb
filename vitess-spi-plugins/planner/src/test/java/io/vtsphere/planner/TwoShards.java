package io.vtsphere.planner;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.KeyRanges;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ShardMap;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vindex.Destination;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.SingleColumnVindex;
import io.vtsphere.vindex.VindexRegistry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keyspace {@code k} of {@link RandomQueries}: two shards, of which each is one database. */
final class TwoShards {
    static final List<String> DATABASES = List.of("shard0", "shard1");

    private static final String VSCHEMA = """
            {"sharded": true, "vindexes": {"hash": {"type": "hash"}}, "tables": {
              "a": {"column_vindexes": [{"column": "v", "name": "hash"}]},
              "b": {"column_vindexes": [{"column": "v", "name": "hash"}]},
              "c": {"column_vindexes": [{"column": "v", "name": "hash"}]},
              "r": {"type": "reference"}}}""";

    private final VindexRegistry registry = VindexRegistry.load();
    private final SingleColumnVindex hash = (SingleColumnVindex) registry.create("hash", "hash", Map.of());
    private final ServingState state;
    private final ShardMap shards;

    TwoShards() throws InvalidProtocolBufferException {
        this(VSCHEMA);
    }

    /** The same keyspace with other tables. */
    TwoShards(String vschema) throws InvalidProtocolBufferException {
        Vschema.Keyspace.Builder keyspace = Vschema.Keyspace.newBuilder();
        JsonFormat.parser().merge(vschema, keyspace);
        Topodata.SrvKeyspace.KeyspacePartition.Builder partition =
                Topodata.SrvKeyspace.KeyspacePartition.newBuilder().setServedType(TabletType.PRIMARY.proto());
        for (String shard : List.of("-80", "80-")) {
            partition.addShardReferences(Topodata.ShardReference.newBuilder()
                    .setName(shard)
                    .setKeyRange(KeyRanges.proto(KeyRange.parse(shard))));
        }
        state = ServingState.of(
                Vschema.SrvVSchema.newBuilder()
                        .putKeyspaces("k", keyspace.build())
                        .build(),
                Map.of(
                        "k",
                        Topodata.SrvKeyspace.newBuilder()
                                .addPartitions(partition)
                                .build()),
                List.of(),
                registry);
        shards = state.keyspace("k").shards(TabletType.PRIMARY);
    }

    Planner planner() {
        return new Planner(registry);
    }

    ServingState state() {
        return state;
    }

    /** The database that holds rows with that value; null when none does. */
    @Nullable
    String databaseOf(SqlValue value) {
        Destination destination = hash.map(value);
        if (!(destination instanceof KeyspaceId id)) {
            return null;
        }
        return DATABASES.get(shards.shards().indexOf(shards.shardFor(id)));
    }
}
