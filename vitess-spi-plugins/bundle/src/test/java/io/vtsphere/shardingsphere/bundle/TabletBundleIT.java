package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitess.proto.Topodata;
import io.vtsphere.tablet.TabletFlags;
import io.vtsphere.tablet.TabletProcess;
import io.vtsphere.testkit.EtcdProcess;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoConnector;
import io.vtsphere.topo.server.TopoServer;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverAction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relocated gRPC, Netty, protobuf and jetcd of the jar beside those of the hosts: jdbc:vitess, and sequences through it. */
class TabletBundleIT {
    private static final String ROOT = "/vitess/global";
    private static final Deque<AutoCloseable> OPENED = new ArrayDeque<>();
    private static String url;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        EtcdProcess etcd = opened(EtcdProcess.start(directory.resolve("etcd")));
        MySqlProcess mysql = opened(MySqlProcess.start(MySqlProcess.Options.in(directory.resolve("mysql"))));
        mysql.execute("", "CREATE DATABASE vt_commerce");
        TopoConnector connector = opened(new EtcdTopo(EtcdConfig.defaults()));
        TopoServer topo = opened(TopoServer.open(connector, etcd.address(), ROOT));
        topo.cells()
                .create(
                        "zone1",
                        Topodata.CellInfo.newBuilder()
                                .setServerAddress(etcd.address())
                                .setRoot("/vitess/zone1")
                                .build());
        topo.keyspaces().create("commerce", "none");
        topo.shards().create("commerce", "0");
        topo.servingGraph().rebuild("commerce", List.of("zone1"));
        topo.vschemas().rebuild(List.of("zone1"));
        opened(TabletProcess.start(
                TabletFlags.parse(
                        "--tablet-path=zone1-100",
                        "--init-keyspace=commerce",
                        "--init-shard=0",
                        "--init-tablet-type=primary",
                        "--tablet-hostname=127.0.0.1",
                        "--grpc-port=0",
                        "--port=0",
                        "--db-host=127.0.0.1",
                        "--db-port=" + mysql.port(),
                        "--db-user=root",
                        "--db-name=vt_commerce",
                        "--health-check-interval=1s",
                        "--topo-implementation=etcd2",
                        "--topo-global-server-address=" + etcd.address(),
                        "--topo-global-root=" + ROOT),
                connector));
        url = "jdbc:vitess://commerce/0@primary?topo-global-server-address=" + etcd.address() + "&topo-global-root="
                + ROOT + "&cell=zone1";
    }

    private static <T extends AutoCloseable> T opened(T part) {
        OPENED.push(part);
        return part;
    }

    @AfterAll
    static void stop() throws Exception {
        while (!OPENED.isEmpty()) {
            OPENED.pop().close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy-5.1.0", "jdbc-5.5.2"})
    void driverAndSequence_insideTheHostsClassPath(String host) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            // never closed: the driver that registers itself keeps the gate that the sequence goes through
            URLClassLoader application = Bundle.classLoader(host);
            thread.setContextClassLoader(application);
            Driver driver = (Driver) Class.forName("io.vtsphere.jdbc.VitessDriver", true, application)
                    .getConstructor()
                    .newInstance();
            try (Connection connection = driver.connect(url, new Properties())) {
                assertThat(connection).isNotNull();
                Answers.update(connection, "DROP TABLE IF EXISTS product, product_seq");
                Answers.update(connection, "CREATE TABLE product(sku VARCHAR(20) PRIMARY KEY, price INT)");
                Answers.update(connection, "INSERT INTO product VALUES (?, ?), ('b', 2)", "a", 1);
                assertThat(Answers.rows(connection, "SELECT * FROM product WHERE price < ?", 5))
                        .containsExactly("a|1", "b|2");
                Answers.update(
                        connection,
                        "CREATE TABLE product_seq(id INT, next_id BIGINT, cache BIGINT, PRIMARY KEY(id)) "
                                + "COMMENT 'vitess_sequence'");
                Answers.update(connection, "INSERT INTO product_seq VALUES (0, 7, 3)");
                assertThat(sequence(application)).containsExactly(7L, 8L, 9L, 10L);
                assertThat(Answers.rows(connection, "SELECT next_id FROM product_seq"))
                        .containsExactly("13");
            } finally {
                ((DriverAction) driver).deregister();
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Four ids of a block size of three, by what both lines' key generators are made of. */
    @SuppressWarnings("unchecked")
    private static List<Long> sequence(ClassLoader application) throws Exception {
        Properties props = new Properties();
        props.put("url", url);
        props.put("sequence", "product_seq");
        Class<?> type = application.loadClass("io.vtsphere.shardingsphere.sequence.SequenceIds");
        Object ids = type.getMethod("of", Properties.class).invoke(null, props);
        return (List<Long>) type.getMethod("next", int.class).invoke(ids, 4);
    }
}
