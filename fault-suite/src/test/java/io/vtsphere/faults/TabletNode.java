package io.vtsphere.faults;

import io.vtsphere.testcluster.TestCluster;
import io.vtsphere.testcluster.TestTablet;
import io.vtsphere.testkit.ChildProcess;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.testkit.Ports;
import io.vtsphere.topo.TabletAlias;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One tablet server process, the MySQL below it, and where wanted a proxy before it. Not thread-safe. */
final class TabletNode implements AutoCloseable {
    /** Where proxied tablets say that they are; the proxies listen there. */
    private static final String PROXY_ADDRESS = "127.0.0.2";

    /** The suite kills processes, never the machine: what MySQL has handed to the system is safe. */
    private static final List<String> MYSQL =
            List.of("--log-error-verbosity=2", "--sync-binlog=0", "--innodb-flush-log-at-trx-commit=2");

    private final Path directory;
    private final TestCluster cluster;
    final int uid;
    final String shard;
    private final boolean proxied;
    final MySqlProcess mysql;
    private final int httpPort = Ports.free();
    private int grpcPort = Ports.free();
    private @Nullable FaultProxy proxy;
    private @Nullable ChildProcess process;

    TabletNode(Path directory, TestCluster cluster, int uid, String shard, boolean proxied) throws IOException {
        this.directory = directory;
        this.cluster = cluster;
        this.uid = uid;
        this.shard = shard;
        this.proxied = proxied;
        int port = Ports.free();
        this.mysql = MySqlProcess.start(new MySqlProcess.Options(directory.resolve("mysql-" + uid), port, uid, MYSQL));
    }

    TabletAlias alias() {
        return new TabletAlias("zone1", uid);
    }

    int grpcPort() {
        return grpcPort;
    }

    FaultProxy proxy() {
        if (proxy == null) {
            throw new IllegalStateException("tablet " + uid + " has no proxy");
        }
        return proxy;
    }

    ChildProcess process() {
        if (process == null) {
            throw new IllegalStateException("tablet " + uid + " was not started");
        }
        return process;
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", grpcPort);
    }

    void start(boolean primary) throws IOException {
        if (proxied && proxy == null) {
            proxy = new FaultProxy(PROXY_ADDRESS, grpcPort, address());
        }
        TestTablet tablet = TestTablet.of(FaultCluster.KEYSPACE, shard, uid, mysql, "vt_" + FaultCluster.KEYSPACE)
                .ofType(primary ? "primary" : "replica")
                .withFlags(
                        "--tablet-hostname=" + (proxied ? PROXY_ADDRESS : "127.0.0.1"),
                        "--bind-address=127.0.0.1",
                        "--grpc-port=" + grpcPort,
                        "--port=" + httpPort,
                        "--event-loops=2",
                        // what was held during an outage comes all at once afterwards
                        "--queryserver-config-transaction-cap=100",
                        "--queryserver-config-txpool-timeout=5s");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-Dlogback.configurationFile=logback-tablet.xml",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.vtsphere.tablet.TabletServerMain"));
        command.addAll(cluster.flags(tablet));
        process = ChildProcess.start(
                "tablet-" + uid, Scenario.REPORT.resolve("tablet-" + uid + ".log"), Map.of(), command);
    }

    /** Starts it again, as after a crash. */
    void restart() throws IOException {
        process().close();
        start(false);
    }

    /** Kills it and starts another in its place: the same alias, another address. */
    void replace() throws IOException {
        process().kill();
        grpcPort = Ports.free();
        start(false);
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        mysql.close();
    }
}
