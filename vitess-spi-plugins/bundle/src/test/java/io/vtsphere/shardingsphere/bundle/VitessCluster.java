package io.vtsphere.shardingsphere.bundle;

import io.vitess.proto.Topodata;
import io.vtsphere.tablet.TabletFlags;
import io.vtsphere.tablet.TabletProcess;
import io.vtsphere.testkit.EtcdProcess;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.server.TopoServer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** etcd, MySQL, and the unsharded keyspace commerce, whose tablets are started one by one: each over a database of that MySQL. */
final class VitessCluster implements AutoCloseable {
    static final String KEYSPACE = "commerce";

    private static final String ROOT = "/vitess/global";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final EtcdProcess etcd;
    private final MySqlProcess mysql;
    private final TopoConnector connector;

    /** @param mysql that the caller closes; the databases of tablets are made in it */
    VitessCluster(Path directory, MySqlProcess mysql) throws Exception {
        this.mysql = mysql;
        etcd = opened(EtcdProcess.start(directory.resolve("etcd")));
        connector = opened(new EtcdTopo(EtcdConfig.defaults()));
        TopoServer topo = opened(TopoServer.open(connector, etcd.address(), ROOT));
        topo.cells()
                .create(
                        "zone1",
                        Topodata.CellInfo.newBuilder()
                                .setServerAddress(etcd.address())
                                .setRoot("/vitess/zone1")
                                .build());
        topo.keyspaces().create(KEYSPACE, "none");
        topo.shards().create(KEYSPACE, "0");
        topo.servingGraph().rebuild(KEYSPACE, List.of("zone1"));
        topo.vschemas().rebuild(List.of("zone1"));
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    /** @param type primary or replica; @param database is made when it is not there */
    TabletProcess tablet(int uid, String type, String database) throws Exception {
        mysql.execute("", "CREATE DATABASE IF NOT EXISTS " + database);
        return opened(TabletProcess.start(
                TabletFlags.parse(
                        "--tablet-path=zone1-" + uid,
                        "--init-keyspace=" + KEYSPACE,
                        "--init-shard=0",
                        "--init-tablet-type=" + type,
                        "--tablet-hostname=127.0.0.1",
                        "--grpc-port=0",
                        "--port=0",
                        "--db-host=127.0.0.1",
                        "--db-port=" + mysql.port(),
                        "--db-user=root",
                        "--db-name=" + database,
                        "--health-check-interval=1s",
                        "--topo-implementation=etcd2",
                        "--topo-global-server-address=" + etcd.address(),
                        "--topo-global-root=" + ROOT),
                connector));
    }

    String etcd() {
        return etcd.address();
    }

    /** @param type of tablet */
    String url(String type) {
        return "jdbc:vitess://" + KEYSPACE + "/0@" + type + "?topo-global-server-address=" + etcd.address()
                + "&topo-global-root=" + ROOT + "&cell=zone1";
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
