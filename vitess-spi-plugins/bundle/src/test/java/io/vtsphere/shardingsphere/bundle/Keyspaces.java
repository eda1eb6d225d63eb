package io.vtsphere.shardingsphere.bundle;

import io.vitess.proto.Vschema;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.testcluster.TestCluster;
import io.vtsphere.testcluster.TestTablet;
import io.vtsphere.testkit.EtcdProcess;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.SingleColumnVindex;
import io.vtsphere.vindex.VindexRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Keyspace commerce with one shard and the sequence, keyspace customer sharded by hash, with tablets for two shards and for the four that a
 * resharding makes of them. All in one MySQL, which also has a database whole that is no keyspace.
 */
final class Keyspaces implements AutoCloseable {
    static final List<String> TWO = List.of("-80", "80-");
    static final List<String> FOUR = List.of("-40", "40-80", "80-c0", "c0-");
    private static final List<String> CELLS = List.of(TestCluster.CELL);
    private static final VindexRegistry VINDEXES = VindexRegistry.load();

    private final TestCluster cluster;
    private final MySqlProcess mysql;
    private final TopoServer topo;

    Keyspaces(Path directory) throws Exception {
        cluster = TestCluster.inEtcd(directory.resolve("etcd"));
        mysql = cluster.opened(MySqlProcess.start(MySqlProcess.Options.in(directory.resolve("mysql"))));
        topo = cluster.topo();
        topo.keyspaces().create("commerce", "none");
        topo.keyspaces().create("customer", "none");
        int uid = 100;
        shard("commerce", "0", uid++);
        for (String shard : TWO) {
            shard("customer", shard, uid++);
        }
        for (String shard : FOUR) {
            shard("customer", shard, uid++);
        }
    }

    private void shard(String keyspace, String shard, int uid) throws Exception {
        topo.shards().create(keyspace, shard);
        mysql.execute("", "CREATE DATABASE `" + database(keyspace, shard) + "`");
        cluster.start(TestTablet.of(keyspace, shard, uid, mysql, database(keyspace, shard)));
    }

    static String database(String keyspace, String shard) {
        return "vt_" + keyspace + "_" + shard;
    }

    EtcdProcess etcd() {
        return cluster.etcd();
    }

    MySqlProcess mysql() {
        return mysql;
    }

    /** Empty tables in two shards, and the VSchemas without the table note. */
    void reset() throws SQLException {
        for (String shard : List.of("-80", "80-", "-40", "40-80", "80-c0", "c0-")) {
            mysql.execute(
                    database("customer", shard),
                    "DROP TABLE IF EXISTS customer, corder, region, note",
                    "CREATE TABLE customer(customer_id BIGINT NOT NULL PRIMARY KEY, name VARCHAR(64))",
                    "CREATE TABLE corder(order_id BIGINT NOT NULL AUTO_INCREMENT, customer_id BIGINT NOT NULL, sku VARCHAR(64), "
                            + "PRIMARY KEY(order_id))",
                    "CREATE TABLE region(id INT NOT NULL PRIMARY KEY, name VARCHAR(64))");
        }
        mysql.execute(
                database("commerce", "0"),
                "DROP TABLE IF EXISTS product, order_seq",
                "CREATE TABLE product(sku VARCHAR(64) NOT NULL PRIMARY KEY, price INT)",
                "INSERT INTO product VALUES ('a', 1), ('b', 2)",
                "CREATE TABLE order_seq(id INT, next_id BIGINT, cache BIGINT, PRIMARY KEY(id)) COMMENT 'vitess_sequence'",
                "INSERT INTO order_seq VALUES (0, 1000, 5)");
        mysql.execute(
                "",
                "DROP DATABASE IF EXISTS whole",
                "CREATE DATABASE whole",
                "CREATE TABLE whole.thing(id INT NOT NULL PRIMARY KEY, name VARCHAR(64))",
                "INSERT INTO whole.thing VALUES (1, 'one')");
        serve(TWO, FOUR);
        topo.vschemas()
                .apply(
                        "commerce",
                        Vschema.Keyspace.newBuilder()
                                .putTables("product", Vschema.Table.getDefaultInstance())
                                .putTables(
                                        "order_seq",
                                        Vschema.Table.newBuilder()
                                                .setType("sequence")
                                                .build())
                                .build(),
                        VINDEXES);
        topo.vschemas().apply("customer", customer().build(), VINDEXES);
        topo.servingGraph().rebuild("commerce", CELLS);
        topo.vschemas().rebuild(CELLS);
    }

    private static Vschema.Keyspace.Builder customer() {
        return Vschema.Keyspace.newBuilder()
                .setSharded(true)
                .putVindexes("hash", Vschema.Vindex.newBuilder().setType("hash").build())
                .putTables("customer", byCustomer().build())
                .putTables(
                        "corder",
                        byCustomer()
                                .setAutoIncrement(Vschema.AutoIncrement.newBuilder()
                                        .setColumn("order_id")
                                        .setSequence("order_seq"))
                                .build())
                .putTables(
                        "region",
                        Vschema.Table.newBuilder().setType("reference").build());
    }

    private static Vschema.Table.Builder byCustomer() {
        return Vschema.Table.newBuilder()
                .addColumnVindexes(Vschema.ColumnVindex.newBuilder()
                        .setColumn("customer_id")
                        .setName("hash"));
    }

    /** A table that is in every MySQL first, then in the VSchema. */
    void addNote() throws SQLException {
        for (List<String> shards : List.of(TWO, FOUR)) {
            for (String shard : shards) {
                mysql.execute(
                        database("customer", shard),
                        "CREATE TABLE note(customer_id BIGINT NOT NULL PRIMARY KEY, text VARCHAR(64))");
            }
        }
        topo.vschemas()
                .apply(
                        "customer",
                        customer().putTables("note", byCustomer().build()).build(),
                        VINDEXES);
        topo.vschemas().rebuild(CELLS);
    }

    /** A VSchema that cannot be: it names a vindex that there is not. As a tool without checks would write it. */
    void breakVSchema() {
        Vschema.SrvVSchema good = topo.vschemas().findSrvVSchema("zone1");
        Vschema.Keyspace bad = good.getKeyspacesOrThrow("customer").toBuilder()
                .putVindexes(
                        "hash",
                        Vschema.Vindex.newBuilder().setType("no_such_vindex").build())
                .build();
        try (TopoConnection cell = cluster.connector().connect(cluster.address(), "/vitess/zone1")) {
            cell.put(
                    "SrvVSchema",
                    good.toBuilder().putKeyspaces("customer", bad).build().toByteString());
        }
    }

    /** Moves the rows of the two shards into the four, then sends the traffic there. */
    void reshard() throws SQLException {
        SingleColumnVindex hash = (SingleColumnVindex) VINDEXES.create("hash", "hash", Map.of());
        for (String table : List.of("customer", "corder", "note")) {
            for (String from : TWO) {
                try (Connection connection = mysql.connect(database("customer", from))) {
                    for (String id : Answers.rows(connection, "SELECT DISTINCT customer_id FROM " + table)) {
                        KeyspaceId keyspaceId = (KeyspaceId)
                                hash.map(SqlValue.of(SqlType.INT64, id.getBytes(StandardCharsets.US_ASCII)));
                        String to = FOUR.stream()
                                .filter(shard -> KeyRange.parse(shard).contains(keyspaceId))
                                .findFirst()
                                .orElseThrow();
                        Answers.update(
                                connection,
                                "INSERT INTO `" + database("customer", to) + "`." + table + " SELECT * FROM " + table
                                        + " WHERE customer_id = " + id);
                    }
                }
            }
        }
        for (String to : FOUR) {
            mysql.execute(database("customer", to), "INSERT INTO region SELECT * FROM `vt_customer_-80`.region");
        }
        serve(FOUR, TWO);
    }

    private void serve(List<String> serving, List<String> not) {
        serving.forEach(shard -> topo.shards().setPrimaryServing("customer", shard, true));
        not.forEach(shard -> topo.shards().setPrimaryServing("customer", shard, false));
        topo.servingGraph().rebuild("customer", CELLS);
    }

    /** What a tool does when the old shards are not needed any more, so that whoever reads them is found out. */
    void empty(List<String> shards) throws SQLException {
        for (String shard : shards) {
            mysql.execute(
                    database("customer", shard),
                    "DELETE FROM customer",
                    "DELETE FROM corder",
                    "DELETE FROM note",
                    "DELETE FROM region");
        }
    }

    long rows(List<String> shards, String table) throws SQLException {
        long rows = 0;
        for (String shard : shards) {
            rows += Long.parseLong(mysql.queryOne(database("customer", shard), "SELECT COUNT(*) FROM " + table));
        }
        return rows;
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
