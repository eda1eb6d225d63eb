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

/** A topology that says what it is told to: keyspace {@code commerce}, one shard, and the given tablets. */
final class FakeTopology implements ServingStates {
    private static final VindexRegistry VINDEXES = VindexRegistry.load();

    private final List<Consumer<ServingState>> listeners = new CopyOnWriteArrayList<>();
    private volatile ServingState state = state(List.of());

    void tablets(FakeTablet... tablets) {
        records(Arrays.stream(tablets).map(FakeTablet::record).toList());
    }

    void records(List<Topodata.Tablet> tablets) {
        state = state(tablets);
        listeners.forEach(listener -> listener.accept(state));
    }

    private static ServingState state(List<Topodata.Tablet> tablets) {
        Topodata.SrvKeyspace.Builder keyspace = Topodata.SrvKeyspace.newBuilder();
        for (Topodata.TabletType type : List.of(Topodata.TabletType.PRIMARY, Topodata.TabletType.REPLICA)) {
            keyspace.addPartitions(Topodata.SrvKeyspace.KeyspacePartition.newBuilder()
                    .setServedType(type)
                    .addShardReferences(Topodata.ShardReference.newBuilder().setName("0")));
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
