package io.vtsphere.testcluster;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.tablet.TabletFlags;
import io.vtsphere.tablet.TabletProcess;
import io.vtsphere.testkit.EtcdProcess;
import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A topology of one cell, {@link #CELL}, and what a test puts into it and starts beside it. Used by one thread. */
public final class TestCluster implements AutoCloseable {
    public static final String CELL = "zone1";

    /** Where the global records are. */
    public static final String ROOT = "/vitess/global";

    private static final List<String> CELLS = List.of(CELL);
    private static final String MEMORY = "memory";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final String address;
    private final TopoConnector connector;
    private final TopoServer topo;

    private final @Nullable EtcdProcess etcd;

    private TestCluster(String address, TopoConnector connector, @Nullable EtcdProcess etcd) {
        if (etcd != null) {
            opened.push(etcd);
        }
        this.etcd = etcd;
        this.address = address;
        opened.push(connector);
        this.connector = connector;
        this.topo = TopoServer.open(connector, address, ROOT);
        opened.push(topo);
        topo.cells()
                .create(
                        CELL,
                        Topodata.CellInfo.newBuilder()
                                .setServerAddress(address)
                                .setRoot("/vitess/" + CELL)
                                .build());
    }

    /** In this process. */
    public static TestCluster inMemory() {
        return new TestCluster(MEMORY, new MemoryTopo(), null);
    }

    /** In an etcd that ends with the cluster. */
    public static TestCluster inEtcd(Path directory) throws IOException {
        EtcdProcess etcd = EtcdProcess.start(directory);
        return new TestCluster(etcd.address(), new EtcdTopo(EtcdConfig.defaults()), etcd);
    }

    /** Takes something that is closed with the cluster, before everything that was opened earlier. */
    public <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** Where the topology is, as {@code topo-global-server-address} has it. */
    public String address() {
        return address;
    }

    /** @throws IllegalStateException for a topology in memory */
    public EtcdProcess etcd() {
        EtcdProcess process = etcd;
        if (process == null) {
            throw new IllegalStateException("the topology is in memory");
        }
        return process;
    }

    public TopoConnector connector() {
        return connector;
    }

    public TopoServer topo() {
        return topo;
    }

    /** A keyspace and its shards, all of which are served; without a VSchema. */
    public void keyspace(String name, List<String> shards) {
        topo.keyspaces().create(name, "none");
        shards.forEach(shard -> topo.shards().create(name, shard));
        topo.servingGraph().rebuild(name, CELLS);
        topo.vschemas().rebuild(CELLS);
    }

    /** A keyspace and its shards, all of which are served. */
    public void keyspace(String name, List<String> shards, Vschema.Keyspace vschema) {
        keyspace(name, shards);
        topo.vschemas().apply(name, vschema, VindexRegistry.load());
        topo.vschemas().rebuild(CELLS);
    }

    /** @param json as {@code vtctldclient ApplyVSchema} takes it */
    public static Vschema.Keyspace vschema(String json) {
        Vschema.Keyspace.Builder vschema = Vschema.Keyspace.newBuilder();
        try {
            JsonFormat.parser().merge(json, vschema);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no VSchema: " + json, e);
        }
        return vschema.build();
    }

    /** Starts a tablet in this process; it is closed with the cluster. */
    public TabletProcess start(TestTablet tablet) throws IOException {
        return opened(startAlone(tablet));
    }

    /** Starts a tablet in this process, which the caller closes. */
    public TabletProcess startAlone(TestTablet tablet) throws IOException {
        return TabletProcess.start(TabletFlags.parse(flags(tablet).toArray(String[]::new)), connector);
    }

    /** The command line of a tablet. */
    public List<String> flags(TestTablet tablet) {
        List<String> flags = new ArrayList<>(List.of(
                "--tablet-path=" + CELL + "-" + tablet.uid(),
                "--init-keyspace=" + tablet.keyspace(),
                "--init-shard=" + tablet.shard(),
                "--init-tablet-type=" + tablet.type(),
                "--tablet-hostname=127.0.0.1",
                "--grpc-port=0",
                "--port=0",
                "--db-host=127.0.0.1",
                "--db-port=" + tablet.mysqlPort(),
                "--db-user=root",
                "--db-name=" + tablet.database(),
                "--health-check-interval=1s",
                "--topo-implementation=etcd2",
                "--topo-global-server-address=" + address,
                "--topo-global-root=" + ROOT));
        for (String flag : tablet.flags()) {
            String name = flag.substring(0, flag.indexOf('=') + 1);
            flags.removeIf(known -> known.startsWith(name));
            flags.add(flag);
        }
        return flags;
    }

    /** Keys of a gate over this topology that waits for primaries, lets root in without a password, and takes free ports on the loopback. */
    public Map<String, Object> gateKeys() {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("topo-implementation", address.equals(MEMORY) ? "memory" : "etcd2");
        keys.put("topo-global-server-address", address);
        keys.put("topo-global-root", ROOT);
        keys.put("cell", CELL);
        keys.put("cells-to-watch", CELL);
        keys.put("tablet-types-to-wait", "PRIMARY");
        keys.put("mysql-server-bind-address", "127.0.0.1");
        keys.put("bind-address", "127.0.0.1");
        keys.put("port", 0);
        keys.put("users", Map.of("root", List.of(Map.of("password", "", "userData", "root"))));
        return keys;
    }

    /** @param target for example {@code commerce/0@replica} */
    public String jdbcUrl(String target) {
        return "jdbc:vitess://" + target + "?topo-global-server-address=" + address + "&topo-global-root=" + ROOT
                + "&cell=" + CELL;
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
