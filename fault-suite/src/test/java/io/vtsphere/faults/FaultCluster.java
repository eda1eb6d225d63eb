package io.vtsphere.faults;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.executor.Gate;
import io.vtsphere.executor.GateConfig;
import io.vtsphere.gateway.DefaultTabletGateway;
import io.vtsphere.gateway.GatewayConfig;
import io.vtsphere.gateway.TabletHealth;
import io.vtsphere.testcluster.TestCluster;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.topo.watch.TopologyConfig;
import io.vtsphere.topo.watch.TopologyWatcher;
import io.vtsphere.vindex.VindexRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A gate in this process over two shards of real tablet servers: {@code -80} with a primary and two replicas, {@code 80-} with a primary. A
 * reshard may put others in the place of that one.
 *
 * <p>Tablets 202 and 300 are behind a {@link FaultProxy}. Not thread-safe.
 */
final class FaultCluster implements AutoCloseable {
    static final String KEYSPACE = "ks";
    static final String A = "-80";
    static final String B = "80-";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Where this differs from the defaults, the outages of the suite demand it. */
    private static final Map<String, String> GATEWAY = Map.of(
            "enable-buffer", "true",
            "buffer-unplanned", "true",
            "buffer-window", "65s",
            "buffer-max-failover-duration", "70s",
            "buffer-min-time-between-failovers", "1s",
            "buffer-size", "20000",
            "buffer-drain-concurrency", "16",
            "min-number-serving-vttablets", "1");

    private final Path directory;
    private final TestCluster cluster;
    final TopoServer topo;
    final TabletNode a1;
    final TabletNode a2;
    final TabletNode a3;
    final TabletNode b1;
    private final List<TabletNode> nodes;
    private final TopologyWatcher watcher;
    final EventLoopGroup loops = new NioEventLoopGroup(2);
    final DefaultTabletGateway gateway;
    final Gate gate;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    FaultCluster(Path directory) throws Exception {
        this.directory = directory;
        cluster = TestCluster.inEtcd(directory.resolve("etcd"));
        topo = cluster.topo();
        a1 = new TabletNode(directory, cluster, 200, A, false);
        a2 = new TabletNode(directory, cluster, 201, A, false);
        a3 = new TabletNode(directory, cluster, 202, A, true);
        b1 = new TabletNode(directory, cluster, 300, B, true);
        nodes = new ArrayList<>(List.of(a1, a2, a3, b1));
        prepareDatabases();
        seed();
        prepareTopology();
        a1.start(true);
        b1.start(true);
        a2.start(false);
        a3.start(false);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> topo.tablets().inCell("zone1").size() == 4);
        watcher =
                TopologyWatcher.open(TopologyConfig.of("zone1", List.of("zone1")), topo, VindexRegistry.load(), meters);
        gateway = DefaultTabletGateway.open(GatewayConfig.of("zone1", GATEWAY), watcher, loops, meters);
        gate = Gate.open(GateConfig.of(Map.of()), watcher, gateway, meters);
        awaitWhole();
    }

    /** Where the topology is. */
    String etcd() {
        return cluster.address();
    }

    /** A MySQL that replicates from another node's, for a tablet of a new shard; the tablet is not started. */
    TabletNode addNode(int uid, String shard, TabletNode source) throws Exception {
        TabletNode node = new TabletNode(directory, cluster, uid, shard, false);
        nodes.add(node);
        attach(node, source);
        return node;
    }

    /** Stops a node for good and takes it out of the topology. */
    void remove(TabletNode node) {
        nodes.remove(node);
        node.close();
        topo.tablets().delete(node.alias(), true);
    }

    private void seed() throws SQLException {
        for (TabletNode primary : List.of(a1, b1)) {
            for (long id = 1; id <= Math.max(Load.SEEDS, Load.COUNTERS); id++) {
                if (Load.shard(id).equals(primary.shard)) {
                    if (id <= Load.SEEDS) {
                        primary.mysql.execute("vt_ks", "insert into seed values (" + id + ", " + id * 7 + ")");
                    }
                    if (id <= Load.COUNTERS) {
                        primary.mysql.execute("vt_ks", "insert into counter values (" + id + ", 0)");
                    }
                }
            }
        }
    }

    private void prepareDatabases() throws SQLException {
        for (TabletNode primary : List.of(a1, b1)) {
            primary.mysql.execute(
                    "",
                    "set global super_read_only = 0, global read_only = 0",
                    "create database vt_ks character set utf8mb4",
                    "create table vt_ks.t(id bigint primary key, v bigint not null)",
                    "create table vt_ks.seed(id bigint primary key, v bigint not null)",
                    "create table vt_ks.counter(id bigint primary key, n bigint not null)");
        }
        for (TabletNode replica : List.of(a2, a3)) {
            attach(replica, a1);
        }
    }

    private void prepareTopology() {
        Vschema.Keyspace.Builder vschema = Vschema.Keyspace.newBuilder()
                .setSharded(true)
                .putVindexes("hash", Vschema.Vindex.newBuilder().setType("hash").build());
        for (String table : List.of("t", "seed", "counter")) {
            vschema.putTables(
                    table,
                    Vschema.Table.newBuilder()
                            .addColumnVindexes(Vschema.ColumnVindex.newBuilder()
                                    .setName("hash")
                                    .addColumns("id"))
                            .build());
        }
        cluster.keyspace(KEYSPACE, List.of(A, B), vschema.build());
    }

    static void attach(TabletNode replica, TabletNode primary) throws SQLException {
        replica.mysql.execute(
                "",
                "stop slave",
                "change master to master_host='127.0.0.1', master_port=" + primary.mysql.port()
                        + ", master_user='root', master_auto_position=1, master_connect_retry=1,"
                        + " master_retry_count=1000000, master_heartbeat_period=1",
                "start slave");
    }

    /** Who is primary of shard A by the topology. */
    TabletNode primaryOfA() {
        return primaryOf(A);
    }

    TabletNode primaryOf(String shard) {
        TabletAlias alias = TabletAlias.of(topo.shards().get(KEYSPACE, shard).getPrimaryAlias());
        return nodes.stream()
                .filter(node -> node.alias().equals(alias))
                .findFirst()
                .orElseThrow();
    }

    /** The primaries of the shards that serve. */
    List<TabletNode> primaries() {
        Topodata.SrvKeyspace graph = topo.servingGraph().find("zone1", KEYSPACE);
        if (graph == null) {
            throw new IllegalStateException("nothing is served");
        }
        return graph.getPartitionsList().stream()
                .filter(partition -> partition.getServedType() == Topodata.TabletType.PRIMARY)
                .flatMap(partition -> partition.getShardReferencesList().stream())
                .map(shard -> primaryOf(shard.getName()))
                .toList();
    }

    List<TabletNode> replicasOfA() {
        TabletNode primary = primaryOfA();
        List<TabletNode> replicas = new ArrayList<>(List.of(a1, a2, a3));
        replicas.remove(primary);
        return replicas;
    }

    /** A planned reparent as an operator does it: stop writes, catch up, promote, tell the topology, attach the others. */
    void reparent(TabletNode to) throws SQLException {
        TabletNode from = primaryOfA();
        from.mysql.execute("", "set global super_read_only = on");
        String executed = String.valueOf(from.mysql.queryOne("", "select @@global.gtid_executed"));
        String reached = to.mysql.queryOne("", "select wait_for_executed_gtid_set('" + executed + "', 20)");
        if (!"0".equals(reached)) {
            throw new IllegalStateException("replica " + to.uid + " did not catch up: " + reached);
        }
        promote(to);
        for (TabletNode node : List.of(a1, a2, a3)) {
            if (node != to) {
                attach(node, to);
            }
        }
    }

    private void promote(TabletNode to) throws SQLException {
        to.mysql.execute("", "stop slave", "reset slave all");
        long before = topo.shards().get(KEYSPACE, A).getPrimaryTermStartTime().getSeconds();
        long term = Math.max(Instant.now().getEpochSecond(), before + 1);
        topo.shards().setPrimary(KEYSPACE, A, to.alias(), Instant.ofEpochSecond(term));
    }

    /**
     * A reparent that cannot ask the old primary, as EmergencyReparentShard does it: replicas stop to fetch, apply what they have, and the one
     * that has most is promoted. The old primary, and its MySQL, are not told anything.
     *
     * @return the new primary
     */
    TabletNode emergencyReparent() throws SQLException {
        List<TabletNode> replicas = replicasOfA();
        TabletNode best = null;
        for (TabletNode replica : replicas) {
            replica.mysql.execute("", "stop slave io_thread");
            String fetched = replica.mysql.queryOne(
                    "", "select received_transaction_set from performance_schema.replication_connection_status");
            replica.mysql.queryOne("", "select wait_for_executed_gtid_set('" + fetched + "', 20)");
            if (best == null || has(replica, executed(best))) {
                best = replica;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no replicas");
        }
        promote(best);
        for (TabletNode replica : replicas) {
            if (replica != best) {
                attach(replica, best);
            }
        }
        return best;
    }

    static String executed(TabletNode node) throws SQLException {
        return String.valueOf(node.mysql.queryOne("", "select @@global.gtid_executed"));
    }

    /** Whether a node's MySQL has all these transactions. */
    static boolean has(TabletNode node, String gtids) throws SQLException {
        return "1".equals(node.mysql.queryOne("", "select gtid_subset('" + gtids + "', @@global.gtid_executed)"));
    }

    /** Waits until every tablet serves as what the topology says it is. */
    void awaitWhole() {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                // a shard whose first primary has not registered yet names none
                .ignoreException(NoSuchElementException.class)
                .untilAsserted(() -> {
                    Set<TabletAlias> primaries =
                            primaries().stream().map(TabletNode::alias).collect(Collectors.toSet());
                    List<TabletHealth> tablets = gateway.tablets();
                    if (tablets.size() != nodes.size()) {
                        throw new AssertionError("tablets: " + tablets.size());
                    }
                    for (TabletHealth tablet : tablets) {
                        TabletType expected =
                                primaries.contains(tablet.tablet().alias()) ? TabletType.PRIMARY : TabletType.REPLICA;
                        if (!tablet.serving()
                                || tablet.target().type() != expected
                                || tablet.replicationLagSeconds() > 5) {
                            throw new AssertionError("not whole: " + tablet);
                        }
                    }
                });
        try {
            if (!gateway.awaitServing(Set.of(TabletType.PRIMARY), PATIENCE)) {
                throw new IllegalStateException("no primaries");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        gate.close();
        gateway.close();
        watcher.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        nodes.forEach(TabletNode::close);
        cluster.close();
    }
}
