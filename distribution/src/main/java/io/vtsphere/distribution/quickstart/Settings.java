package io.vtsphere.distribution.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the user asked of the quickstart.
 *
 * @param dataDirectory absolute; holds everything that the cluster writes
 * @param firstPort the gate's MySQL port; all other ports follow it
 * @param memoryTopology no etcd: gate and tablets run in one process
 * @param tablets a primary of each shard, and replicas
 */
record Settings(Path dataDirectory, int firstPort, boolean memoryTopology, boolean demo, List<TabletSpec> tablets) {
    /** Ports of one tablet: MySQL, gRPC, HTTP. */
    private static final int PORTS_PER_TABLET = 3;

    private static final int FIRST_TABLET_PORT = 10;

    int gatePort() {
        return firstPort;
    }

    int gateHttpPort() {
        return firstPort + 1;
    }

    int etcdClientPort() {
        return firstPort + 2;
    }

    int etcdPeerPort() {
        return firstPort + 3;
    }

    /** Where the topology is: etcd's client address, or a name for the store in memory. */
    String topologyAddress() {
        return memoryTopology ? "memory" : "127.0.0.1:" + etcdClientPort();
    }

    Path confDirectory() {
        return dataDirectory.resolve("conf");
    }

    Path logDirectory() {
        return dataDirectory.resolve("log");
    }

    Path pidFile() {
        return dataDirectory.resolve("quickstart.pid");
    }

    /** Written when the cluster serves: the text that says how to connect. */
    Path readyFile() {
        return dataDirectory.resolve("quickstart.ready");
    }

    /** The commerce example: of each shard a primary and, unless small, a replica; customer has two shards. */
    static Settings of(Path dataDirectory, int firstPort, boolean small, boolean memoryTopology, boolean demo) {
        return of(dataDirectory, firstPort, small, memoryTopology, demo, 2);
    }

    /** @param shards of customer, a power of two from 2 to 16 */
    static Settings of(
            Path dataDirectory, int firstPort, boolean small, boolean memoryTopology, boolean demo, int shards) {
        Settings settings = new Settings(dataDirectory, firstPort, memoryTopology, demo, List.of());
        for (int replica = 0; replica < (small ? 1 : 2); replica++) {
            settings = settings.withTablet("commerce", "0", 100 + replica, replica == 0);
            for (int i = 0; i < shards; i++) {
                settings = settings.withTablet("customer", shard(i, shards), 200 + 100 * i + replica, replica == 0);
            }
        }
        return settings;
    }

    /** The name of the {@code i}-th of so many shards of equal size. */
    private static String shard(int i, int shards) {
        int size = 256 / shards;
        String start = i == 0 ? "" : String.format(Locale.ROOT, "%02x", i * size);
        String end = i == shards - 1 ? "" : String.format(Locale.ROOT, "%02x", (i + 1) * size);
        return start + "-" + end;
    }

    /** Shards of customer. */
    int shards() {
        return (int) tablets.stream()
                .filter(tablet -> tablet.primary() && tablet.keyspace().equals("customer"))
                .count();
    }

    /** The same with one more tablet, on the next free ports. */
    Settings withTablet(String keyspace, String shard, int uid, boolean primary) {
        int port = firstPort + FIRST_TABLET_PORT + tablets.size() * PORTS_PER_TABLET;
        List<TabletSpec> more = new ArrayList<>(tablets);
        more.add(new TabletSpec(keyspace, shard, uid, primary, port, port + 1, port + 2));
        return new Settings(dataDirectory, firstPort, memoryTopology, demo, List.copyOf(more));
    }

    boolean hasReplicas() {
        return tablets.stream().anyMatch(tablet -> !tablet.primary());
    }

    /** Every port that the cluster listens on. */
    List<Integer> ports() {
        List<Integer> ports = new ArrayList<>(List.of(gatePort(), gateHttpPort()));
        if (!memoryTopology) {
            ports.addAll(List.of(etcdClientPort(), etcdPeerPort()));
        }
        for (TabletSpec tablet : tablets) {
            ports.addAll(List.of(tablet.mysqlPort(), tablet.grpcPort(), tablet.httpPort()));
        }
        return List.copyOf(ports);
    }
}
