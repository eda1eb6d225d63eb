package io.vtsphere.topo.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.VindexRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A hundred keyspaces, a thousand shards, ten thousand tablets. */
class LargeTopologyTest {
    private static final int TABLES = LargeTopology.TABLES;
    private static final int READS = 100_000;
    private static final TabletAlias CHANGED = new TabletAlias("zone1", 1234);

    private final MemoryTopo topo = new MemoryTopo();

    @Test
    void loadsFast_andOneChangeIsCheap() throws Exception {
        LargeTopology.fill(topo);
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
            assertThat(loaded.keyspaces()).hasSize(LargeTopology.KEYSPACES);
            assertThat(loaded.tablets()).hasSize(LargeTopology.TABLETS);
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
            Vschema.SrvVSchema changed = LargeTopology.vschema()
                    .putKeyspaces("ks7", LargeTopology.keyspace(TABLES + 1 + i))
                    .build();
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

    @Test
    void readingTheSnapshot_allocatesNothing() {
        try (LargeTopology cluster = LargeTopology.open()) {
            ServingStates states = cluster.watcher();
            KeyspaceId id = KeyspaceId.of(new byte[] {(byte) 0xc7, (byte) 0xa1});
            com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long bytes = Long.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                int found = 0;
                for (int i = 0; i < READS; i++) {
                    ShardRef shard = states.current()
                            .keyspace("ks42")
                            .shards(TabletType.PRIMARY)
                            .shardFor(id);
                    found += shard.name().equals("af-c8") ? 1 : 0;
                }
                bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - before);
                assertThat(found).isEqualTo(READS);
            }
            assertThat(bytes).isLessThan(READS / 100);
        }
    }

    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
