package io.vtsphere.topo.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.testkit.EtcdProcess;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.VSchemaJson;
import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.server.RecordPaths;
import io.vtsphere.topo.server.Recording;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.VindexRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random changes of the topology, held against a model, while the line to etcd is cut, swallows and is mended, and readers look up tables and
 * shards all the time. Takes {@code -Dsoak.seconds=600} for the long form.
 */
class TopologySoakIT {
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("soak.seconds", 8));
    private static final String GOOD = """
            {"sharded": true, "vindexes": {"hash": {"type": "hash"}},
             "tables": {"t": {"column_vindexes": [{"column": "c%d", "name": "hash"}]}}}
            """;
    private static final String BAD = "{\"sharded\": true, \"vindexes\": {\"hash\": {\"type\": \"no_such_vindex\"}}}";

    private final long seed = Long.getLong("soak.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<TabletAlias, String> tablets = new TreeMap<>();
    private final Map<String, Vschema.Keyspace> vschemas = new TreeMap<>();
    /** The column of t in the last good VSchema of each keyspace. */
    private final Map<String, String> columns = new TreeMap<>();

    @Test
    void randomChangesAndFaults_stateEqualsModelAtTheEnd_readersNeverFail(@TempDir Path directory) throws Exception {
        System.out.println("seed " + seed);
        try (EtcdProcess etcd = EtcdProcess.start(directory);
                CuttableProxy proxy = new CuttableProxy(etcd.address());
                EtcdTopo writerTopo = new EtcdTopo(EtcdConfig.defaults());
                EtcdTopo watcherTopo = new EtcdTopo(EtcdConfig.defaults())) {
            TopoConnection cell = writerTopo.connect(etcd.address(), "/vitess/zone1");
            writerTopo
                    .connect(etcd.address(), Recording.GLOBAL_ROOT)
                    .put(
                            RecordPaths.cellInfo("zone1"),
                            Topodata.CellInfo.newBuilder()
                                    .setServerAddress(proxy.address())
                                    .setRoot("/vitess/zone1")
                                    .build()
                                    .toByteString());
            for (String keyspace : List.of("a", "b", "c")) {
                changeVSchema(keyspace, GOOD.formatted(0), "c0");
                cell.put(RecordPaths.srvKeyspace(keyspace), srvKeyspace(-1).toByteString());
            }
            writeVSchema(cell);
            try (TopoServer server = TopoServer.open(watcherTopo, proxy.address(), Recording.GLOBAL_ROOT);
                    TopologyWatcher watcher = TopologyWatcher.open(
                            TopologyConfig.of("zone1", List.of("zone1"))
                                    .withIntervals(
                                            Duration.ofMillis(200), Duration.ofSeconds(3), Duration.ofSeconds(7)),
                            server,
                            VindexRegistry.load(),
                            new SimpleMeterRegistry())) {
                run(cell, proxy, watcher);
                await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertEqualsModel(watcher.current()));
            }
        }
    }

    private void run(TopoConnection cell, CuttableProxy proxy, TopologyWatcher watcher) throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong reads = new AtomicLong();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread reader = new Thread(() -> {
                try {
                    while (!stop.get()) {
                        read(watcher.current());
                        reads.incrementAndGet();
                        LockSupport.parkNanos(100_000);
                    }
                } catch (RuntimeException | AssertionError e) {
                    failure.set(e);
                }
            });
            reader.start();
            readers.add(reader);
        }
        long end = System.nanoTime() + LENGTH.toNanos();
        int changes = 0;
        while (System.nanoTime() < end && failure.get() == null) {
            change(cell, ++changes);
            fault(proxy);
            LockSupport.parkNanos(1_000_000);
        }
        proxy.mend();
        stop.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        System.out.printf(
                "%d changes, %d reads, version %d%n",
                changes, reads.get(), watcher.current().version());
        assertThat(failure.get()).isNull();
        assertThat(reads.get()).isPositive();
    }

    private static void read(ServingState state) {
        for (String keyspace : List.of("a", "b", "c")) {
            state.vschema().findTable(keyspace, "t", TabletType.PRIMARY);
            assertThat(state.keyspace(keyspace).shards(TabletType.PRIMARY).allShards())
                    .hasSize(2);
        }
    }

    private void change(TopoConnection cell, int number) {
        switch (random.nextInt(4)) {
            case 0 -> {
                TabletAlias alias = new TabletAlias("zone1", random.nextInt(50));
                String hostname = "host-" + number;
                tablets.put(alias, hostname);
                cell.put(RecordPaths.tablet(alias), tablet(alias, hostname).toByteString());
            }
            case 1 -> {
                TabletAlias alias = new TabletAlias("zone1", random.nextInt(50));
                if (tablets.remove(alias) != null) {
                    cell.delete(RecordPaths.tablet(alias));
                }
            }
            case 2 -> {
                String keyspace = List.of("a", "b", "c").get(random.nextInt(3));
                boolean bad = random.nextInt(3) == 0;
                changeVSchema(keyspace, bad ? BAD : GOOD.formatted(number), bad ? columns.get(keyspace) : "c" + number);
                writeVSchema(cell);
            }
            default ->
                cell.put(
                        RecordPaths.srvKeyspace(List.of("a", "b", "c").get(random.nextInt(3))),
                        srvKeyspace(number).toByteString());
        }
    }

    private void fault(CuttableProxy proxy) {
        switch (random.nextInt(2000)) {
            case 0 -> proxy.cut();
            case 1 -> proxy.swallow();
            case 2, 3, 4, 5 -> proxy.mend();
            default -> {
                // Most changes happen on a line that stays as it is.
            }
        }
    }

    private void changeVSchema(String keyspace, String json, String column) {
        vschemas.put(keyspace, VSchemaJson.parse(json));
        columns.put(keyspace, column);
    }

    private void writeVSchema(TopoConnection cell) {
        cell.put(
                RecordPaths.SRV_VSCHEMA,
                Vschema.SrvVSchema.newBuilder()
                        .putAllKeyspaces(vschemas)
                        .build()
                        .toByteString());
    }

    private static Topodata.Tablet tablet(TabletAlias alias, String hostname) {
        return Topodata.Tablet.newBuilder()
                .setAlias(alias.proto())
                .setHostname(hostname)
                .setKeyspace("a")
                .setShard("-80")
                .build();
    }

    private static Topodata.SrvKeyspace srvKeyspace(int number) {
        Topodata.SrvKeyspace.KeyspacePartition.Builder partition =
                Topodata.SrvKeyspace.KeyspacePartition.newBuilder().setServedType(Topodata.TabletType.PRIMARY);
        for (String shard : number % 2 == 0 ? List.of("-40", "40-") : List.of("-80", "80-")) {
            partition.addShardReferences(Topodata.ShardReference.newBuilder()
                    .setName(shard)
                    .setKeyRange(io.vtsphere.topo.KeyRanges.proto(io.vtsphere.vindex.KeyRange.parse(shard))));
        }
        return Topodata.SrvKeyspace.newBuilder().addPartitions(partition).build();
    }

    private void assertEqualsModel(ServingState state) {
        Map<TabletAlias, String> hostnames = new TreeMap<>();
        state.tablets().forEach((alias, tablet) -> hostnames.put(alias, tablet.hostname()));
        assertThat(hostnames).isEqualTo(tablets);
        vschemas.forEach((keyspace, record) -> {
            boolean bad = record.getTablesCount() == 0;
            assertThat(state.keyspace(keyspace).error() != null).as(keyspace).isEqualTo(bad);
            if (!bad) {
                assertThat(state.vschema()
                                .findTable(keyspace, "t", TabletType.PRIMARY)
                                .table()
                                .columnVindexes()
                                .get(0)
                                .columns())
                        .containsExactly(columns.get(keyspace));
            }
        });
    }
}
