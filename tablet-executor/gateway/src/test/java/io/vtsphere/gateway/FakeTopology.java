package io.vtsphere.gateway;

import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.vindex.VindexRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A topology that says what it is told to: keyspace {@code commerce}, shard {@code 0} unless said otherwise, and the given tablets. */
final class FakeTopology implements ServingStates {
    private static final VindexRegistry VINDEXES = VindexRegistry.load();

    private final List<Consumer<ServingState>> listeners = new CopyOnWriteArrayList<>();
    private List<String> shards = List.of("0");
    private List<Topodata.Tablet> tablets = List.of();
    private volatile ServingState state = build();

    void tablets(FakeTablet... tablets) {
        records(Arrays.stream(tablets).map(FakeTablet::record).toList());
    }

    synchronized void records(List<Topodata.Tablet> now) {
        tablets = now;
        publish();
    }

    synchronized void shards(String... now) {
        shards = List.of(now);
        publish();
    }

    private void publish() {
        state = build();
        listeners.forEach(listener -> listener.accept(state));
    }

    private ServingState build() {
        Topodata.SrvKeyspace.Builder keyspace = Topodata.SrvKeyspace.newBuilder();
        for (Topodata.TabletType type : List.of(Topodata.TabletType.PRIMARY, Topodata.TabletType.REPLICA)) {
            Topodata.SrvKeyspace.KeyspacePartition.Builder partition =
                    Topodata.SrvKeyspace.KeyspacePartition.newBuilder().setServedType(type);
            for (String shard : shards) {
                partition.addShardReferences(
                        Topodata.ShardReference.newBuilder().setName(shard));
            }
            keyspace.addPartitions(partition);
        }
        Vschema.SrvVSchema vschema = Vschema.SrvVSchema.newBuilder()
                .putKeyspaces("commerce", Vschema.Keyspace.getDefaultInstance())
                .build();
        return ServingState.of(vschema, Map.of("commerce", keyspace.build()), tablets, VINDEXES);
    }

    @Override
    public ServingState current() {
        return state;
    }

    @Override
    public AutoCloseable addListener(Consumer<ServingState> listener) {
        listeners.add(listener);
        listener.accept(state);
        return () -> listeners.remove(listener);
    }
}
