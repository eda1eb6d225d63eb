package io.vtsphere.jdbc;

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

/** etcd, MySQL, and one tablet for customer/-80 over its database vt_customer; beside it the database direct. */
final class OneShard implements AutoCloseable {
    private static final String ROOT = "/vitess/global";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final EtcdProcess etcd;
    private final MySqlProcess mysql;

    OneShard(Path directory) throws Exception {
        etcd = opened(EtcdProcess.start(directory.resolve("etcd")));
        mysql = opened(MySqlProcess.start(MySqlProcess.Options.in(directory.resolve("mysql"))));
        mysql.execute("", "CREATE DATABASE vt_customer", "CREATE DATABASE direct");
        TopoConnector connector = opened(new EtcdTopo(EtcdConfig.defaults()));
        TopoServer topo = opened(TopoServer.open(connector, etcd.address(), ROOT));
        topo.cells()
                .create(
                        "zone1",
                        Topodata.CellInfo.newBuilder()
                                .setServerAddress(etcd.address())
                                .setRoot("/vitess/zone1")
                                .build());
        topo.keyspaces().create("customer", "none");
        topo.shards().create("customer", "-80");
        topo.shards().create("customer", "80-");
        topo.servingGraph().rebuild("customer", List.of("zone1"));
        topo.vschemas().rebuild(List.of("zone1"));
        opened(TabletProcess.start(
                TabletFlags.parse(
                        "--tablet-path=zone1-100",
                        "--init-keyspace=customer",
                        "--init-shard=-80",
                        "--init-tablet-type=primary",
                        "--tablet-hostname=127.0.0.1",
                        "--grpc-port=0",
                        "--port=0",
                        "--db-host=127.0.0.1",
                        "--db-port=" + mysql.port(),
                        "--db-user=root",
                        "--db-name=vt_customer",
                        "--health-check-interval=1s",
                        "--topo-implementation=etcd2",
                        "--topo-global-server-address=" + etcd.address(),
                        "--topo-global-root=" + ROOT),
                connector));
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    MySqlProcess mysql() {
        return mysql;
    }

    /** @param target after {@code jdbc:vitess://} */
    String url(String target) {
        return "jdbc:vitess://" + target + "?topo-global-server-address=" + etcd.address() + "&topo-global-root=" + ROOT
                + "&cell=zone1";
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
