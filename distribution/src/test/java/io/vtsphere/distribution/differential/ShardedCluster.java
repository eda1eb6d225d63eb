package io.vtsphere.distribution.differential;

import io.vtsphere.frontend.MySqlListener;
import io.vtsphere.frontend.server.GateServer;
import io.vtsphere.frontend.server.GateServerConfig;
import io.vtsphere.testcluster.TestCluster;
import io.vtsphere.testcluster.TestTablet;
import io.vtsphere.testkit.MySqlProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One MySQL with a database for each shard and one, {@code whole}, for all rows; a tablet server for each shard and a gate, all in this
 * process.
 */
final class ShardedCluster implements AutoCloseable {
    private final TestCluster cluster = TestCluster.inMemory();
    private final MySqlProcess mysql;
    private final GateServer gate;
    private final Map<String, String> databases = new LinkedHashMap<>();

    /** A keyspace: its shards, its VSchema as JSON and its tables. */
    record Keyspace(String name, List<String> shards, String vschema, List<String> tables) {}

    ShardedCluster(Path directory, List<Keyspace> keyspaces) throws Exception {
        this(directory, keyspaces, false);
    }

    /** @param apart whether the one MySQL has a database for each keyspace, named like it, and not one for all */
    ShardedCluster(Path directory, List<Keyspace> keyspaces, boolean apart) throws Exception {
        mysql = cluster.opened(MySqlProcess.start(MySqlProcess.Options.in(directory)));
        boolean started = false;
        try {
            mysql.execute("", "create database whole");
            int uid = 100;
            for (Keyspace keyspace : keyspaces) {
                cluster.keyspace(keyspace.name(), keyspace.shards(), TestCluster.vschema(keyspace.vschema()));
                String whole = apart ? keyspace.name() : "whole";
                mysql.execute("", "create database if not exists " + whole);
                for (String table : keyspace.tables()) {
                    mysql.execute(whole, table);
                }
                for (String shard : keyspace.shards()) {
                    startTablet(keyspace, shard, uid++);
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

    private void startTablet(Keyspace keyspace, String shard, int uid) throws SQLException, IOException {
        String database = "vt_" + keyspace.name() + "_" + uid;
        databases.put(shard, database);
        mysql.execute("", "create database " + database);
        for (String table : keyspace.tables()) {
            mysql.execute(database, table);
        }
        cluster.start(TestTablet.of(keyspace.name(), shard, uid, mysql, database));
    }

    private GateServer openGate(Map<String, ?> more) throws Exception {
        Map<String, Object> keys = cluster.gateKeys();
        keys.putAll(more);
        return cluster.opened(GateServer.open(
                GateServerConfig.of(keys), cluster.connector().borrowed(), 0, MySqlListener::initializer));
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
        cluster.close();
    }
}
