package io.vtsphere.distribution.transcript;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.protobuf.util.JsonFormat;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vschema;
import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.server.GateServer;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.tablet.TabletFlags;
import io.vtsphere.tablet.TabletProcess;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.testkit.Ports;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.VindexRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The cluster of the recording: a real MySQL below each primary, tablets and gate in this process over a topology in memory.
 *
 * <p>Not thread-safe.
 */
final class RecordedCluster implements AutoCloseable {
    private static final String ROOT = "/vitess/global";
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE `(\\w+)`.*", Pattern.DOTALL);

    private final JsonObject keyspaces;
    private final Map<String, MySqlProcess> mysqls = new LinkedHashMap<>();
    private final Map<String, TabletProcess> tablets = new LinkedHashMap<>();
    private final TopoConnector topology = new MemoryTopo();
    private final GateServer gate;

    /** @param directory for MySQL's data */
    RecordedCluster(Path directory, JsonObject setUp) throws Exception {
        this(directory, setUp, Map.of());
    }

    /** @param more keys of the gate's configuration */
    RecordedCluster(Path directory, JsonObject setUp, Map<String, Object> more) throws Exception {
        this.keyspaces = setUp.getAsJsonObject("keyspaces");
        startMySqls(directory);
        writeTopology();
        for (String name : mysqls.keySet()) {
            startTablet(name);
        }
        this.gate = GateServer.open(
                GateServerConfig.of(gateKeys(more)), topology.borrowed(), Ports.free(), MySqlListener::initializer);
    }

    int port() {
        return gate.mysqlPort();
    }

    /** The operator's port of the gate. */
    int opsPort() {
        return gate.opsPort();
    }

    /** The MySQL of a shard, {@code keyspace/shard}. */
    MySqlProcess mysql(String name) {
        MySqlProcess mysql = mysqls.get(name);
        if (mysql == null) {
            throw new IllegalArgumentException("no shard " + name + " among " + mysqls.keySet());
        }
        return mysql;
    }

    /** Ends the tablet of a shard, and with it what it is doing. */
    void stopTablet(String name) {
        Objects.requireNonNull(tablets.remove(name), name).close();
    }

    /** Starts the tablet of a shard that has none. */
    final void startTablet(String name) throws Exception {
        int number = List.copyOf(mysqls.keySet()).indexOf(name) + 1;
        tablets.put(name, tablet(name, 100 * number));
    }

    private void startMySqls(Path directory) {
        Map<String, CompletableFuture<MySqlProcess>> starts = new LinkedHashMap<>();
        for (String keyspace : keyspaces.keySet()) {
            JsonObject records = keyspaces.getAsJsonObject(keyspace);
            for (JsonElement shard : records.getAsJsonArray("shards")) {
                String name = keyspace + "/" + shard.getAsString();
                Path data = directory.resolve(name.replace('/', '_'));
                starts.put(name, CompletableFuture.supplyAsync(() -> mysql(data, records)));
            }
        }
        starts.forEach((name, start) -> mysqls.put(name, start.join()));
    }

    private static MySqlProcess mysql(Path data, JsonObject keyspace) {
        try {
            MySqlProcess.Options options = MySqlProcess.Options.in(data);
            MySqlProcess mysql = MySqlProcess.start(new MySqlProcess.Options(
                    data, options.port(), options.serverId(), List.of("--default-time-zone=SYSTEM")));
            String database = keyspace.get("database").getAsString();
            mysql.execute("", "create database " + database);
            for (JsonElement table : keyspace.getAsJsonArray("tables_ddl")) {
                mysql.execute(database, table.getAsString());
            }
            return mysql;
        } catch (Exception e) {
            throw new IllegalStateException("MySQL in " + data, e);
        }
    }

    private void writeTopology() throws Exception {
        try (TopoServer topo = TopoServer.open(topology, "memory", ROOT)) {
            topo.cells()
                    .create(
                            "zone1",
                            Topodata.CellInfo.newBuilder()
                                    .setServerAddress("memory")
                                    .setRoot("/vitess/zone1")
                                    .build());
            for (String keyspace : keyspaces.keySet()) {
                JsonObject records = keyspaces.getAsJsonObject(keyspace);
                topo.keyspaces().create(keyspace, "none");
                for (JsonElement shard : records.getAsJsonArray("shards")) {
                    topo.shards().create(keyspace, shard.getAsString());
                }
                topo.servingGraph().rebuild(keyspace, List.of("zone1"));
                Vschema.Keyspace.Builder vschema = Vschema.Keyspace.newBuilder();
                JsonFormat.parser().merge(records.get("vschema").toString(), vschema);
                topo.vschemas().apply(keyspace, vschema.build(), VindexRegistry.load());
            }
            topo.vschemas().rebuild(List.of("zone1"));
        }
    }

    private TabletProcess tablet(String name, int uid) throws Exception {
        String keyspace = name.substring(0, name.indexOf('/'));
        MySqlProcess mysql = mysqls.get(name);
        return TabletProcess.start(
                TabletFlags.parse(
                        "--tablet-path=zone1-" + uid,
                        "--init-keyspace=" + keyspace,
                        "--init-shard=" + name.substring(name.indexOf('/') + 1),
                        "--init-tablet-type=primary",
                        "--tablet-hostname=127.0.0.1",
                        "--grpc-port=" + Ports.free(),
                        "--port=" + Ports.free(),
                        "--db-host=127.0.0.1",
                        "--db-port=" + mysql.port(),
                        "--db-user=root",
                        "--db-name="
                                + keyspaces
                                        .getAsJsonObject(keyspace)
                                        .get("database")
                                        .getAsString(),
                        "--health-check-interval=1s",
                        "--topo-implementation=etcd2",
                        "--topo-global-server-address=memory",
                        "--topo-global-root=" + ROOT),
                topology);
    }

    private static Map<String, Object> gateKeys(Map<String, Object> more) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("topo-implementation", "memory");
        keys.put("topo-global-server-address", "memory");
        keys.put("topo-global-root", ROOT);
        keys.put("cell", "zone1");
        keys.put("cells-to-watch", "zone1");
        keys.put("tablet-types-to-wait", "PRIMARY");
        keys.put("schema-change-signal", true);
        keys.put("schema-tracking-interval", "1s");
        keys.put("mysql-server-bind-address", "127.0.0.1");
        keys.put("port", Ports.free());
        keys.put("bind-address", "127.0.0.1");
        keys.put("users", Map.of("root", List.of(Map.of("password", "", "userData", "userData1"))));
        keys.putAll(more);
        return keys;
    }

    /** Brings back the rows with which every section of the recording began, and lets the tablets forget their sequences. */
    void reset() {
        List<CompletableFuture<Void>> resets = new ArrayList<>();
        mysqls.forEach((name, mysql) -> resets.add(CompletableFuture.runAsync(() -> reset(name, mysql))));
        resets.forEach(CompletableFuture::join);
        tablets.values().forEach(tablet -> tablet.server().resetSequences());
    }

    private void reset(String name, MySqlProcess mysql) {
        JsonObject keyspace = keyspaces.getAsJsonObject(name.substring(0, name.indexOf('/')));
        String shard = name.substring(name.indexOf('/') + 1);
        try (Connection connection = mysql.connect(keyspace.get("database").getAsString());
                Statement statement = connection.createStatement()) {
            statement.execute("set foreign_key_checks = 0");
            for (JsonElement table : keyspace.getAsJsonArray("tables_ddl")) {
                Matcher matcher = TABLE.matcher(table.getAsString());
                if (matcher.matches()) {
                    statement.execute("truncate table `" + matcher.group(1) + "`");
                }
            }
            statement.execute("drop view if exists vw1");
            statement.execute("drop table if exists ddl1, ddl2, ddl3, ddl5");
            for (JsonElement rows : keyspace.getAsJsonObject("rows_by_shard").getAsJsonArray(shard)) {
                statement.execute(rows.getAsString());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("rows of " + name, e);
        }
    }

    @Override
    public void close() {
        gate.close();
        tablets.values().forEach(TabletProcess::close);
        mysqls.values().forEach(MySqlProcess::close);
        topology.close();
    }
}
