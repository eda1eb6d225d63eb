package io.vtsphere.distribution.differential;

import com.google.protobuf.util.JsonFormat;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.server.GateServer;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.tablet.TabletFlags;
import io.vtsphere.tablet.TabletProcess;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One MySQL with a database for each shard and one, {@code whole}, for all rows; a tablet server for each shard and a gate, all in this
 * process.
 */
final class ShardedCluster implements AutoCloseable {
    private static final String CELL = "zone1";
    private static final String ADDRESS = "memory";
    private static final String ROOT = "/vitess/global";

    private final List<AutoCloseable> parts = new ArrayList<>();
    private final MySqlProcess mysql;
    private final GateServer gate;
    private final MemoryTopo topology;
    private final Map<String, String> databases = new LinkedHashMap<>();

    /** A keyspace: its shards, its VSchema as JSON and its tables. */
    record Keyspace(String name, List<String> shards, String vschema, List<String> tables) {}

    ShardedCluster(Path directory, List<Keyspace> keyspaces) throws Exception {
        this(directory, keyspaces, false);
    }

    /** @param apart whether the one MySQL has a database for each keyspace, named like it, and not one for all */
    ShardedCluster(Path directory, List<Keyspace> keyspaces, boolean apart) throws Exception {
        mysql = MySqlProcess.start(MySqlProcess.Options.in(directory));
        parts.add(mysql);
        boolean started = false;
        try {
            topology = new MemoryTopo();
            parts.add(topology);
            write(topology, keyspaces);
            mysql.execute("", "create database whole");
            int uid = 100;
            for (Keyspace keyspace : keyspaces) {
                String whole = apart ? keyspace.name() : "whole";
                mysql.execute("", "create database if not exists " + whole);
                for (String table : keyspace.tables()) {
                    mysql.execute(whole, table);
                }
                for (String shard : keyspace.shards()) {
                    startTablet(topology, keyspace, shard, uid++);
                }
            }
            gate = openGate(Map.of());
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private static void write(MemoryTopo topology, List<Keyspace> keyspaces) throws IOException {
        try (TopoServer topo = TopoServer.open(topology, ADDRESS, ROOT)) {
            topo.cells()
                    .create(
                            CELL,
                            Topodata.CellInfo.newBuilder()
                                    .setServerAddress(ADDRESS)
                                    .setRoot("/vitess/" + CELL)
                                    .build());
            VindexRegistry vindexes = VindexRegistry.load();
            for (Keyspace keyspace : keyspaces) {
                topo.keyspaces().create(keyspace.name(), "none");
                for (String shard : keyspace.shards()) {
                    topo.shards().create(keyspace.name(), shard);
                }
                topo.servingGraph().rebuild(keyspace.name(), List.of(CELL));
                Vschema.Keyspace.Builder vschema = Vschema.Keyspace.newBuilder();
                JsonFormat.parser().merge(keyspace.vschema(), vschema);
                topo.vschemas().apply(keyspace.name(), vschema.build(), vindexes);
            }
            topo.vschemas().rebuild(List.of(CELL));
        }
    }

    private void startTablet(MemoryTopo topology, Keyspace keyspace, String shard, int uid)
            throws SQLException, IOException {
        String database = "vt_" + keyspace.name() + "_" + uid;
        databases.put(shard, database);
        mysql.execute("", "create database " + database);
        for (String table : keyspace.tables()) {
            mysql.execute(database, table);
        }
        String[] flags = {
            "--tablet-path=" + CELL + "-" + uid,
            "--init-keyspace=" + keyspace.name(),
            "--init-shard=" + shard,
            "--init-tablet-type=primary",
            "--tablet-hostname=127.0.0.1",
            "--grpc-port=0",
            "--port=0",
            "--db-host=127.0.0.1",
            "--db-port=" + mysql.port(),
            "--db-user=root",
            "--db-name=" + database,
            "--health-check-interval=1s",
            "--topo-implementation=etcd2",
            "--topo-global-server-address=" + ADDRESS,
            "--topo-global-root=" + ROOT
        };
        parts.add(TabletProcess.start(TabletFlags.parse(flags), topology));
    }

    private GateServer openGate(Map<String, ?> more) throws Exception {
        GateServer opened = GateServer.open(config(more), topology.borrowed(), 0, MySqlListener::initializer);
        parts.add(opened);
        return opened;
    }

    private static GateServerConfig config(Map<String, ?> more) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("topo-implementation", "memory");
        keys.put("topo-global-server-address", ADDRESS);
        keys.put("topo-global-root", ROOT);
        keys.put("cell", CELL);
        keys.put("cells-to-watch", CELL);
        keys.put("tablet-types-to-wait", "PRIMARY");
        keys.put("mysql-server-bind-address", "127.0.0.1");
        keys.put("port", 0);
        keys.put("bind-address", "127.0.0.1");
        keys.put("users", Map.of("root", List.of(Map.of("password", "", "userData", "root"))));
        keys.putAll(more);
        return GateServerConfig.of(keys);
    }

    /** A connection to the gate. */
    Connection gate(String keyspace) throws SQLException {
        return gate(keyspace, "useAffectedRows=false");
    }

    /** @param property of Connector/J, as {@code name=value} */
    Connection gate(String keyspace, String property) throws SQLException {
        return connect(gate, keyspace, property);
    }

    /** A connection to another gate, with these keys. */
    Connection gateWith(Map<String, ?> keys) throws Exception {
        return connect(openGate(keys), "", "useAffectedRows=false");
    }

    private static Connection connect(GateServer to, String keyspace, String property) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + to.mysqlPort() + "/" + keyspace
                        + "?sslMode=DISABLED&allowPublicKeyRetrieval=true&" + property,
                "root",
                "");
    }

    /** Changes the database of a shard behind the gate's back. */
    void onShard(String shard, String sql) throws SQLException {
        mysql.execute(databases.get(shard), sql);
    }

    /** A connection to the one MySQL with all rows. */
    Connection whole() throws SQLException {
        return mysql.connect("whole");
    }

    /** A connection to the one MySQL with all rows, with a property of Connector/J, as {@code name=value}. */
    Connection wholeWith(String property) throws SQLException {
        return mysql.connect("whole", property);
    }

    /** A connection to a keyspace's rows in the one MySQL, where these are apart. */
    Connection whole(String keyspace) throws SQLException {
        return mysql.connect(keyspace);
    }

    @Override
    public void close() throws Exception {
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }
}
