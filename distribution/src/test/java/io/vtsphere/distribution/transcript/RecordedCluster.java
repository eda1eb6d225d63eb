package io.vtsphere.distribution.transcript;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.server.GateServer;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.tablet.TabletProcess;
import io.vtsphere.testcluster.TestCluster;
import io.vtsphere.testcluster.TestTablet;
import io.vtsphere.testkit.MySqlProcess;
import java.io.IOException;
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
    private static final Pattern TABLE = Pattern.compile("CREATE TABLE `(\\w+)`.*", Pattern.DOTALL);

    private final JsonObject keyspaces;
    private final Map<String, MySqlProcess> mysqls = new LinkedHashMap<>();
    private final Map<String, TabletProcess> tablets = new LinkedHashMap<>();
    private final TestCluster cluster = TestCluster.inMemory();
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
        Map<String, Object> keys = cluster.gateKeys();
        keys.put("schema-tracking-interval", "1s");
        keys.put("users", Map.of("root", List.of(Map.of("password", "", "userData", "userData1"))));
        keys.putAll(more);
        this.gate = GateServer.open(
                GateServerConfig.of(keys), cluster.connector().borrowed(), 0, MySqlListener::initializer);
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
    void startTablet(String name) throws IOException {
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

    private void writeTopology() {
        for (String keyspace : keyspaces.keySet()) {
            JsonObject records = keyspaces.getAsJsonObject(keyspace);
            List<String> shards = new ArrayList<>();
            records.getAsJsonArray("shards").forEach(shard -> shards.add(shard.getAsString()));
            cluster.keyspace(
                    keyspace, shards, TestCluster.vschema(records.get("vschema").toString()));
        }
    }

    private TabletProcess tablet(String name, int uid) throws IOException {
        int slash = name.indexOf('/');
        String keyspace = name.substring(0, slash);
        String database = keyspaces.getAsJsonObject(keyspace).get("database").getAsString();
        return cluster.startAlone(TestTablet.of(keyspace, name.substring(slash + 1), uid, mysql(name), database));
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
    public void close() throws Exception {
        gate.close();
        tablets.values().forEach(TabletProcess::close);
        mysqls.values().forEach(MySqlProcess::close);
        cluster.close();
    }
}
