package io.vtsphere.topo.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.KeyRanges;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.VSchemaJson;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.VindexRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A hundred keyspaces, a thousand shards, ten thousand tablets. */
class LargeTopologyTest {
    private static final int KEYSPACES = 100;
    private static final int SHARDS = 10;
    private static final int TABLETS_PER_SHARD = 10;
    private static final int TABLES = 50;
    private static final TabletAlias CHANGED = new TabletAlias("zone1", 1234);

    private final MemoryTopo topo = new MemoryTopo();

    @Test
    void loadsFast_andOneChangeIsCheap() throws Exception {
        fill();
        long before = usedHeap();
        long start = System.nanoTime();
        try (TopoServer server = TopoServer.open(topo, "", "/global");
                TopologyWatcher watcher = TopologyWatcher.open(
                        TopologyConfig.of("zone1", List.of("zone1")),
                        server,
                        VindexRegistry.load(),
                        new SimpleMeterRegistry())) {
            long loadMillis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            long heap = usedHeap() - before;
            ServingState loaded = watcher.current();
            assertThat(loaded.keyspaces()).hasSize(KEYSPACES);
            assertThat(loaded.tablets()).hasSize(KEYSPACES * SHARDS * TABLETS_PER_SHARD);
            assertThat(loadMillis).isLessThan(10_000);
            assertThat(heap).isLessThan(300L << 20);

            LinkedBlockingQueue<ServingState> states = new LinkedBlockingQueue<>();
            watcher.addListener(states::add);
            states.take();
            long tabletChange = changeTablets(server, states, loaded);
            long vschemaChange = changeVSchema(server, states, loaded);
            System.out.printf(
                    "load %d ms, heap %d MiB, tablet change %d us, VSchema change %d us%n",
                    loadMillis,
                    heap >> 20,
                    TimeUnit.NANOSECONDS.toMicros(tabletChange),
                    TimeUnit.NANOSECONDS.toMicros(vschemaChange));
            assertThat(Duration.ofNanos(tabletChange)).isLessThan(Duration.ofMillis(5));
        }
    }

    /** The fastest of many: what a change costs, not what else the machine does. */
    private static long changeTablets(TopoServer server, LinkedBlockingQueue<ServingState> states, ServingState loaded)
            throws InterruptedException {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            String hostname = "host-" + i;
            long start = System.nanoTime();
            server.tablets().update(CHANGED, tablet -> tablet.toBuilder()
                    .setHostname(hostname)
                    .build());
            ServingState state = states.take();
            fastest = Math.min(fastest, System.nanoTime() - start);
            assertThat(state.tablets().get(CHANGED).hostname()).isEqualTo(hostname);
            assertThat(state.epoch()).isEqualTo(loaded.epoch());
            assertThat(state.keyspaces()).isSameAs(loaded.keyspaces());
            assertThat(state.vschema()).isSameAs(loaded.vschema());
        }
        return fastest;
    }

    private static long changeVSchema(TopoServer server, LinkedBlockingQueue<ServingState> states, ServingState loaded)
            throws InterruptedException {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            Vschema.SrvVSchema changed =
                    vschema().putKeyspaces("ks7", keyspace(TABLES + 1 + i)).build();
            long start = System.nanoTime();
            server.cells().connection("zone1").put(RecordPaths.SRV_VSCHEMA, changed.toByteString());
            ServingState state = states.take();
            fastest = Math.min(fastest, System.nanoTime() - start);
            assertThat(state.keyspace("ks7").vschema().tables()).hasSize(TABLES + 1 + i);
            assertThat(state.epoch()).isGreaterThan(loaded.epoch());
            for (KeyspaceState keyspace : loaded.keyspaces().values()) {
                if (!keyspace.name().equals("ks7")) {
                    assertThat(state.keyspace(keyspace.name())).isSameAs(keyspace);
                }
            }
        }
        return fastest;
    }

    private void fill() {
        TopoConnection cell = topo.connect("", "/zone1");
        TopoConnection global = topo.connect("", "/global");
        global.put(
                RecordPaths.cellInfo("zone1"),
                Topodata.CellInfo.newBuilder().setRoot("/zone1").build().toByteString());
        cell.put(RecordPaths.SRV_VSCHEMA, vschema().build().toByteString());
        int uid = 0;
        for (int k = 0; k < KEYSPACES; k++) {
            Topodata.SrvKeyspace.KeyspacePartition.Builder partition =
                    Topodata.SrvKeyspace.KeyspacePartition.newBuilder().setServedType(Topodata.TabletType.PRIMARY);
            for (int s = 0; s < SHARDS; s++) {
                String shard = shard(s);
                partition.addShardReferences(Topodata.ShardReference.newBuilder()
                        .setName(shard)
                        .setKeyRange(KeyRanges.proto(KeyRange.parse(shard))));
                for (int t = 0; t < TABLETS_PER_SHARD; t++) {
                    TabletAlias alias = new TabletAlias("zone1", ++uid);
                    Topodata.Tablet tablet = Topodata.Tablet.newBuilder()
                            .setAlias(alias.proto())
                            .setHostname("host")
                            .putPortMap("grpc", 15999)
                            .putPortMap("vt", 15000)
                            .setKeyspace("ks" + k)
                            .setShard(shard)
                            .setType(t == 0 ? Topodata.TabletType.PRIMARY : Topodata.TabletType.REPLICA)
                            .build();
                    cell.put(RecordPaths.tablet(alias), tablet.toByteString());
                }
            }
            cell.put(
                    RecordPaths.srvKeyspace("ks" + k),
                    Topodata.SrvKeyspace.newBuilder()
                            .addPartitions(partition)
                            .build()
                            .toByteString());
        }
    }

    private static String shard(int number) {
        int width = 256 / SHARDS;
        String start = number == 0 ? "" : String.format("%02x", number * width);
        String end = number == SHARDS - 1 ? "" : String.format("%02x", (number + 1) * width);
        return start + "-" + end;
    }

    private static Vschema.SrvVSchema.Builder vschema() {
        Vschema.SrvVSchema.Builder vschema = Vschema.SrvVSchema.newBuilder();
        for (int k = 0; k < KEYSPACES; k++) {
            vschema.putKeyspaces("ks" + k, keyspace(TABLES));
        }
        return vschema;
    }

    private static Vschema.Keyspace keyspace(int tables) {
        Vschema.Keyspace.Builder keyspace =
                VSchemaJson.parse("{\"sharded\": true, \"vindexes\": {\"hash\": {\"type\": \"hash\"}}}").toBuilder();
        for (int t = 0; t < tables; t++) {
            keyspace.putTables(
                    "table" + t,
                    Vschema.Table.newBuilder()
                            .addColumnVindexes(Vschema.ColumnVindex.newBuilder()
                                    .setColumn("id")
                                    .setName("hash"))
                            .build());
        }
        return keyspace.build();
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
