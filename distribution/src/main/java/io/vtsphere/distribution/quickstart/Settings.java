package io.vtsphere.distribution.quickstart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the user asked of the quickstart.
 *
 * @param dataDirectory absolute; holds everything that the cluster writes
 * @param firstPort the gate's MySQL port; all other ports follow it
 * @param small primaries only
 * @param memoryTopology no etcd: gate and tablets run in one process
 */
record Settings(Path dataDirectory, int firstPort, boolean small, boolean memoryTopology, boolean demo) {
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

    /** The tablets: of each shard a primary and, unless small, a replica. */
    List<TabletSpec> tablets() {
        List<TabletSpec> tablets = new ArrayList<>();
        addShard(tablets, "commerce", "0", 100);
        addShard(tablets, "customer", "-80", 200);
        addShard(tablets, "customer", "80-", 300);
        return List.copyOf(tablets);
    }

    private void addShard(List<TabletSpec> tablets, String keyspace, String shard, int uid) {
        for (int i = 0; i < (small ? 1 : 2); i++) {
            int port = firstPort + FIRST_TABLET_PORT + tablets.size() * PORTS_PER_TABLET;
            tablets.add(new TabletSpec(keyspace, shard, uid + i, i == 0, port, port + 1, port + 2));
        }
    }

    /** Every port that the cluster listens on. */
    List<Integer> ports() {
        List<Integer> ports = new ArrayList<>(List.of(gatePort(), gateHttpPort()));
        if (!memoryTopology) {
            ports.addAll(List.of(etcdClientPort(), etcdPeerPort()));
        }
        for (TabletSpec tablet : tablets()) {
            ports.addAll(List.of(tablet.mysqlPort(), tablet.grpcPort(), tablet.httpPort()));
        }
        return List.copyOf(ports);
    }
}
