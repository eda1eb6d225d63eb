package io.vtsphere.shardingsphere.bundle;

import static org.awaitility.Awaitility.await;

import io.vtsphere.testcluster.TestCluster;
import io.vtsphere.testcluster.TestTablet;
import io.vtsphere.testkit.ChildProcess;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.testkit.Ports;
import io.vtsphere.topo.TabletAlias;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keyspace commerce with one shard: a primary tablet over one MySQL, two replicas over another that replicates from it. Each tablet is a process
 * and has a database of its own, in which the row of table origin says who it is.
 */
final class ReplicatedCommerce implements AutoCloseable {
    static final int PRIMARY = 100;
    static final int REPLICA_1 = 101;
    static final int REPLICA_2 = 102;

    private final Path directory;
    private final TestCluster cluster;
    private final MySqlProcess source;
    private final MySqlProcess replica;
    private final Map<Integer, ChildProcess> tablets = new HashMap<>();

    ReplicatedCommerce(Path directory) throws Exception {
        this.directory = directory;
        this.cluster = TestCluster.inEtcd(directory.resolve("etcd"));
        boolean started = false;
        try {
            source = cluster.opened(mysql(1));
            replica = cluster.opened(mysql(2));
            replicate(replica, source);
            tables();
            cluster.keyspace("commerce", List.of("0"));
            start(PRIMARY);
            start(REPLICA_1);
            start(REPLICA_2);
            awaitRegistered();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private MySqlProcess mysql(int id) throws IOException {
        return MySqlProcess.start(new MySqlProcess.Options(
                directory.resolve("mysql-" + id),
                Ports.free(),
                id,
                // processes are killed here, never the machine
                List.of("--sync-binlog=0", "--innodb-flush-log-at-trx-commit=2")));
    }

    private static void replicate(MySqlProcess to, MySqlProcess from) throws SQLException {
        to.execute(
                "",
                "STOP SLAVE",
                "CHANGE MASTER TO master_host='127.0.0.1', master_port=" + from.port()
                        + ", master_user='root', master_auto_position=1, master_connect_retry=1",
                "START SLAVE");
    }

    private void tables() throws SQLException {
        for (int uid : List.of(PRIMARY, REPLICA_1, REPLICA_2)) {
            String database = database(uid);
            source.execute("", "CREATE DATABASE " + database);
            source.execute(
                    database,
                    "CREATE TABLE origin(id INT PRIMARY KEY, name VARCHAR(10))",
                    "INSERT INTO origin VALUES (1, '" + uid + "')",
                    "CREATE TABLE product(id BIGINT PRIMARY KEY, name VARCHAR(20))",
                    "CREATE TABLE product_seq(id INT, next_id BIGINT, cache BIGINT, PRIMARY KEY(id)) "
                            + "COMMENT 'vitess_sequence'",
                    "INSERT INTO product_seq VALUES (0, 1, 10)");
        }
        caughtUp(replica, source);
    }

    private static void caughtUp(MySqlProcess to, MySqlProcess from) throws SQLException {
        String executed = from.queryOne("", "SELECT @@global.gtid_executed");
        String reached = to.queryOne("", "SELECT wait_for_executed_gtid_set('" + executed + "', 20)");
        if (!"0".equals(reached)) {
            throw new IllegalStateException("the replica did not catch up: " + reached);
        }
    }

    private static String database(int uid) {
        return "vt_" + uid;
    }

    /** Starts a tablet, also again after it was killed; on another port then. */
    void start(int uid) throws IOException {
        TestTablet tablet = TestTablet.of("commerce", "0", uid, uid == PRIMARY ? source : replica, database(uid))
                .ofType(uid == PRIMARY ? "primary" : "replica")
                // two tablets share a MySQL
                .withFlags(
                        "--grpc-port=" + Ports.free(),
                        "--port=" + Ports.free(),
                        "--use-super-read-only=false",
                        "--event-loops=2");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.vtsphere.tablet.TabletServerMain"));
        command.addAll(cluster.flags(tablet));
        ChildProcess process =
                ChildProcess.start("tablet-" + uid, directory.resolve("tablet-" + uid + ".log"), Map.of(), command);
        tablets.put(uid, cluster.opened(process));
    }

    private void awaitRegistered() throws IOException {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> cluster.topo().tablets().inCell("zone1").size() == tablets.size()
                        || tablets.values().stream().anyMatch(tablet -> !tablet.isAlive()));
        for (ChildProcess tablet : tablets.values()) {
            if (!tablet.isAlive()) {
                throw new IOException(tablet.name() + " has ended:\n" + Files.readString(tablet.log()));
            }
        }
    }

    ChildProcess tablet(int uid) {
        ChildProcess tablet = tablets.get(uid);
        if (tablet == null) {
            throw new IllegalArgumentException("no tablet " + uid);
        }
        return tablet;
    }

    /** A planned reparent as an operator does it: stop writes, catch up, promote, tell the topology, attach the old primary. */
    void reparent() throws SQLException {
        source.execute("", "SET GLOBAL super_read_only = 1");
        caughtUp(replica, source);
        replica.execute("", "STOP SLAVE", "RESET SLAVE ALL");
        cluster.topo().shards().setPrimary("commerce", "0", new TabletAlias("zone1", REPLICA_1), Instant.now());
        replicate(source, replica);
    }

    /** What MySQL has in the database of a tablet. */
    String queryOne(int uid, String sql) throws SQLException {
        return String.valueOf((uid == PRIMARY ? source : replica).queryOne(database(uid), sql));
    }

    String etcd() {
        return cluster.address();
    }

    /** @param target for example {@code commerce/0@replica} */
    String url(String target) {
        return cluster.jdbcUrl(target);
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
