package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.testkit.MySqlProcess;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverAction;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relocated gRPC, Netty, protobuf and jetcd of the jar beside those of the hosts: jdbc:vitess, and sequences through it. */
class TabletBundleIT {
    private static MySqlProcess mysql;
    private static VitessCluster cluster;
    private static String url;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        mysql = MySqlProcess.start(MySqlProcess.Options.in(directory.resolve("mysql")));
        cluster = new VitessCluster(directory, mysql);
        cluster.tablet(100, "primary", "vt_commerce");
        url = cluster.url("primary");
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        if (mysql != null) {
            mysql.close();
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
