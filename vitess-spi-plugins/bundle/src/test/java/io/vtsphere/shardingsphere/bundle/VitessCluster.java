package io.vtsphere.shardingsphere.bundle;

import io.vtsphere.tablet.TabletProcess;
import io.vtsphere.testcluster.TestCluster;
import io.vtsphere.testcluster.TestTablet;
import io.vtsphere.testkit.MySqlProcess;
import java.nio.file.Path;
import java.util.List;

/** etcd, MySQL, and the unsharded keyspace commerce, whose tablets are started one by one: each over a database of that MySQL. */
final class VitessCluster implements AutoCloseable {
    static final String KEYSPACE = "commerce";

    private final TestCluster cluster;
    private final MySqlProcess mysql;

    /** @param mysql that the caller closes; the databases of tablets are made in it */
    VitessCluster(Path directory, MySqlProcess mysql) throws Exception {
        this.mysql = mysql;
        this.cluster = TestCluster.inEtcd(directory.resolve("etcd"));
        cluster.keyspace(KEYSPACE, List.of("0"));
    }

    /** @param type primary or replica; @param database is made when it is not there */
    TabletProcess tablet(int uid, String type, String database) throws Exception {
        mysql.execute("", "CREATE DATABASE IF NOT EXISTS " + database);
        return cluster.start(TestTablet.of(KEYSPACE, "0", uid, mysql, database).ofType(type));
    }

    String etcd() {
        return cluster.address();
    }

    /** @param type of tablet */
    String url(String type) {
        return cluster.jdbcUrl(KEYSPACE + "/0@" + type);
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
