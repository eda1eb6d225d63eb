package io.vtsphere.jdbc;

import io.vtsphere.testcluster.TestCluster;
import io.vtsphere.testcluster.TestTablet;
import io.vtsphere.testkit.MySqlProcess;
import java.nio.file.Path;
import java.util.List;

/** etcd, MySQL, a tablet for customer/-80 over its database vt_customer, one for commerce/0; beside them the database direct. */
final class OneShard implements AutoCloseable {
    private final TestCluster cluster;
    private final MySqlProcess mysql;

    OneShard(Path directory) throws Exception {
        cluster = TestCluster.inEtcd(directory.resolve("etcd"));
        mysql = cluster.opened(MySqlProcess.start(MySqlProcess.Options.in(directory.resolve("mysql"))));
        mysql.execute("", "CREATE DATABASE vt_customer", "CREATE DATABASE vt_commerce", "CREATE DATABASE direct");
        cluster.keyspace("customer", List.of("-80", "80-"));
        cluster.start(TestTablet.of("customer", "-80", 100, mysql, "vt_customer"));
        cluster.keyspace("commerce", List.of("0"));
        cluster.start(TestTablet.of("commerce", "0", 200, mysql, "vt_commerce"));
    }

    MySqlProcess mysql() {
        return mysql;
    }

    /** @param target after {@code jdbc:vitess://} */
    String url(String target) {
        return cluster.jdbcUrl(target);
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
