package io.vtsphere.distribution.quickstart;

import io.vtsphere.testkit.ChildProcess;
import io.vtsphere.testkit.EtcdProcess;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.testkit.StartFailure;
import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The commerce example on this machine: topology, MySQLs, tablet servers and gate, each a process of its own.
 *
 * <p>Its methods are called by one thread at a time; {@link #close} may come from another.
 */
final class CommerceCluster implements AutoCloseable {
    private static final long SERVE_SECONDS = 90;
    private static final long POLL_MILLIS = 100;

    private final Settings settings;
    private final MySqlFleet mysqls;
    private final HttpProbe probe = new HttpProbe();
    private final Map<TabletSpec, Program> tablets = new LinkedHashMap<>();
    private @Nullable EtcdProcess etcd;
    private @Nullable Program gate;
    private @Nullable TopoConnector connector;
    private volatile boolean closing;

    CommerceCluster(Settings settings) {
        this.settings = settings;
        this.mysqls = new MySqlFleet(settings);
    }

    /** Starts all and returns when the gate serves every shard and the rows are loaded. */
    void start(Steps steps) throws Exception {
        Files.createDirectories(settings.logDirectory());
        GateConfiguration.write(settings);
        if (settings.memoryTopology()) {
            connector = new MemoryTopo();
        } else {
            steps.run(
                    "etcd on port " + settings.etcdClientPort(),
                    () -> etcd = EtcdProcess.start(
                            settings.dataDirectory().resolve("etcd"),
                            settings.etcdClientPort(),
                            settings.etcdPeerPort()));
            connector = new EtcdTopo(EtcdConfig.defaults());
        }
        TopoConnector topology = connector;
        Programs programs =
                settings.memoryTopology() ? new InProcessPrograms(settings, topology) : new ProcessPrograms(settings);
        steps.run(settings.tablets().size() + " MySQL 8.0.15", () -> {
            mysqls.start();
            return null;
        });
        steps.run("databases, schema, replication", () -> {
            mysqls.prepare();
            return null;
        });
        steps.run("topology: cell zone1, keyspaces commerce and customer, VSchema", () -> {
            CommerceTopology.write(topology, settings.topologyAddress(), settings.tablets());
            return null;
        });
        steps.run("tablet servers", () -> {
            for (TabletSpec tablet : settings.tablets()) {
                tablets.put(tablet, programs.tablet(tablet));
            }
            return null;
        });
        steps.run("gate on port " + settings.gatePort(), () -> {
            gate = programs.gate();
            awaitReady();
            return null;
        });
        steps.run("rows of the example", () -> {
            CommerceRows.load(settings);
            return null;
        });
    }

    private void awaitReady() throws InterruptedException {
        String reason = "";
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SERVE_SECONDS);
        while (System.nanoTime() < deadline) {
            reason = readiness();
            if (reason.equals("ready")) {
                return;
            }
            failWhenDead();
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        throw new StartFailure("the cluster does not serve after " + SERVE_SECONDS + " s: " + reason
                + "; the logs are in " + settings.logDirectory());
    }

    /** "ready" when the gate and all tablets are. */
    private String readiness() throws InterruptedException {
        for (TabletSpec tablet : tablets.keySet()) {
            String state = probe.readiness(tablet.httpPort());
            if (!state.equals("ready")) {
                return tablet + ": " + state;
            }
        }
        String state = probe.readiness(settings.gateHttpPort());
        return state.equals("ready") ? state : "gate: " + state;
    }

    private void failWhenDead() {
        if (gate != null && !gate.isAlive()) {
            throw new StartFailure("the gate ended, see " + gate.log());
        }
        tablets.forEach((tablet, process) -> {
            if (!process.isAlive()) {
                throw new StartFailure("the tablet server " + tablet + " ended, see " + process.log());
            }
        });
    }

    /** Starts again every process that ended by itself; returns their names. */
    List<String> reviveDead() throws IOException {
        List<String> revived = new ArrayList<>();
        if (etcd != null && isDead(etcd.process())) {
            etcd.restart();
            revived.add("etcd");
        }
        for (Map.Entry<TabletSpec, MySqlProcess> entry : mysqls.processes().entrySet()) {
            if (isDead(entry.getValue().process())) {
                entry.getValue().restart();
                revived.add("MySQL of " + entry.getKey());
            }
        }
        for (Map.Entry<TabletSpec, Program> entry : tablets.entrySet()) {
            if (isDead(entry.getValue())) {
                entry.getValue().restart();
                revived.add("tablet server " + entry.getKey());
            }
        }
        if (gate != null && isDead(gate)) {
            gate.restart();
            revived.add("gate");
        }
        return revived;
    }

    private boolean isDead(ChildProcess process) {
        return !closing && !process.isAlive();
    }

    private boolean isDead(Program program) {
        return !closing && !program.isAlive();
    }

    EtcdProcess etcd() {
        return started(etcd, "etcd");
    }

    Program gate() {
        return started(gate, "the gate");
    }

    Program tablet(int uid) {
        return byUid(tablets, uid);
    }

    MySqlProcess mysql(int uid) {
        return byUid(mysqls.processes(), uid);
    }

    private static <T> T byUid(Map<TabletSpec, T> map, int uid) {
        return map.entrySet().stream()
                .filter(entry -> entry.getKey().uid() == uid)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tablet " + uid));
    }

    private static <T> T started(@Nullable T part, String name) {
        if (part == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return part;
    }

    /** Stops gate, tablet servers, MySQLs and etcd, in this order. */
    @Override
    public void close() {
        closing = true;
        if (gate != null) {
            gate.close();
        }
        Together.stop(
                tablets.values().stream().<Runnable>map(tablet -> tablet::close).toList());
        mysqls.close();
        if (connector != null) {
            connector.close();
        }
        if (etcd != null) {
            etcd.close();
        }
    }
}
