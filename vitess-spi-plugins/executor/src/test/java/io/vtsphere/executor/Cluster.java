package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.VindexRegistry;
import java.util.List;
import java.util.Map;

/** The commerce example as a serving snapshot: commerce (one shard) and customer (-80, 80-), for primaries and replicas. */
final class Cluster {
    private Cluster() {}

    static ServingState commerce() {
        return ServingState.of(
                vschema(),
                Map.of("commerce", keyspace("0"), "customer", keyspace("-80", "80-")),
                List.of(),
                VindexRegistry.load());
    }

    /** A gate over it. */
    static Gate gate(FakeTablets tablets, Map<String, String> flags) {
        return Gate.open(GateConfig.of(flags), ServingStates.fixed(commerce()), tablets, new SimpleMeterRegistry());
    }

    static Vschema.SrvVSchema vschema() {
        Vschema.Keyspace commerce = Vschema.Keyspace.newBuilder()
                .putTables("product", Vschema.Table.getDefaultInstance())
                .putTables(
                        "customer_seq",
                        Vschema.Table.newBuilder().setType("sequence").build())
                .build();
        Vschema.Keyspace customer = Vschema.Keyspace.newBuilder()
                .setSharded(true)
                .putVindexes("hash", Vschema.Vindex.newBuilder().setType("hash").build())
                .putTables(
                        "customer",
                        Vschema.Table.newBuilder()
                                .addColumnVindexes(Vschema.ColumnVindex.newBuilder()
                                        .setName("hash")
                                        .addColumns("customer_id"))
                                .setAutoIncrement(Vschema.AutoIncrement.newBuilder()
                                        .setColumn("customer_id")
                                        .setSequence("customer_seq"))
                                .build())
                .build();
        return Vschema.SrvVSchema.newBuilder()
                .putKeyspaces("commerce", commerce)
                .putKeyspaces("customer", customer)
                .build();
    }

    static Topodata.SrvKeyspace keyspace(String... shards) {
        Topodata.SrvKeyspace.Builder record = Topodata.SrvKeyspace.newBuilder();
        for (Topodata.TabletType type : List.of(Topodata.TabletType.PRIMARY, Topodata.TabletType.REPLICA)) {
            Topodata.SrvKeyspace.KeyspacePartition.Builder partition =
                    Topodata.SrvKeyspace.KeyspacePartition.newBuilder().setServedType(type);
            for (String shard : shards) {
                Topodata.ShardReference.Builder reference =
                        Topodata.ShardReference.newBuilder().setName(shard);
                KeyRange range = KeyRange.ofShardName(shard);
                if (range != null) {
                    reference.setKeyRange(Topodata.KeyRange.newBuilder()
                            .setStart(ByteString.copyFrom(range.start()))
                            .setEnd(ByteString.copyFrom(range.end())));
                }
                partition.addShardReferences(reference);
            }
            record.addPartitions(partition);
        }
        return record.build();
    }
}
