package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.testkit.Ports;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The sample of the Vitess front end in stock proxies: a keyspace and a database of YAML on one port. */
class VitessFrontendIT {
    private static Commerce commerce;
    private static VitessCluster cluster;
    private static int metricsPort;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        commerce = new Commerce(directory.resolve("mysql"));
        cluster = new VitessCluster(directory, commerce.mysql());
        cluster.tablet(100, "primary", "vt_commerce");
        commerce.mysql()
                .execute(
                        "vt_commerce",
                        "CREATE TABLE product(sku VARCHAR(20) PRIMARY KEY, price INT)",
                        "INSERT INTO product VALUES ('a', 1), ('b', 2)");
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
        if (commerce != null) {
            commerce.close();
        }
    }

    private static StockProxy proxy(String host, Path home, String... jvm) throws Exception {
        commerce.reset();
        metricsPort = Ports.free();
        return StockProxy.start(
                host,
                home,
                Map.of(
                        "server.yaml",
                                Bundle.sample("vitess-frontend-5.1/server.yaml", commerce.port(), metricsPort)
                                        .replace("127.0.0.1:2379", cluster.etcd()),
                        "config-legacy.yaml", Bundle.sample("vitess-frontend-5.1/config-legacy.yaml", commerce.port())),
                jvm);
    }

    @Test
    void proxy510_onEpoll(@TempDir Path home) throws Exception {
        try (StockProxy proxy = proxy("proxy-5.1.0", home)) {
            check(proxy);
            assertThat(proxy.log()).doesNotContain("ERROR", "cannot be taken over");
        }
    }

    /** The same with the JDK's sockets. */
    @Test
    void proxy511_onNio(@TempDir Path home) throws Exception {
        try (StockProxy proxy = proxy("proxy-5.1.1", home, "-Dio.netty.transport.noNative=true")) {
            check(proxy);
            assertThat(proxy.log()).doesNotContain("ERROR", "cannot be taken over");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "bundle.long", matches = "true")
    void proxy511_onEpoll(@TempDir Path home) throws Exception {
        try (StockProxy proxy = proxy("proxy-5.1.1", home)) {
            check(proxy);
        }
    }

    private static void check(StockProxy proxy) throws Exception {
        logIn(proxy);
        switching(proxy);
        statements(proxy);
        errors(proxy);
        transactions(proxy);
        manyConnections(proxy);
        assertThat(Metrics.scrape(metricsPort))
                .contains(
                        "hikaricp_connections_total{database=\"legacy\",pool=\"ds_0\"}",
                        "vtsphere_sharding_algorithm_routings_total{reach=\"some\",type=\"VITESS_HASH\"}",
                        "vtgate_mysql_server_conn_accepted_total",
                        "vtgate_tablets",
                        "vtgate_healthcheck_connections",
                        "schema_tracking_failures_total 0");
    }

    private static void refused(int errno, String state, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).as(e.getMessage()).isEqualTo(errno);
            assertThat(e.getSQLState()).isEqualTo(state);
        });
    }

    private static void logIn(StockProxy proxy) throws SQLException {
        refused(1045, "28000", () -> DriverManager.getConnection(proxy.url("commerce"), "root", "wrong"));
        refused(1049, "42000", () -> proxy.connect("nosuch"));
        try (Connection connection = proxy.connect("")) {
            assertThat(connection.getMetaData().getDatabaseProductVersion()).contains("Vitess");
            assertThat(Answers.rows(connection, "SHOW DATABASES")).contains("commerce", "legacy");
        }
    }

    private static void switching(StockProxy proxy) throws SQLException {
        try (Connection connection = proxy.connect("commerce");
                Statement statement = connection.createStatement()) {
            assertThat(Answers.rows(connection, "SELECT sku FROM product")).containsExactly("a", "b");
            assertThat(Answers.rows(connection, "SELECT count(*) FROM legacy.customer"))
                    .containsExactly("0");
            assertThat(Answers.rows(connection, "SELECT price FROM product p WHERE p.sku = 'legacy.x'"))
                    .isEmpty();
            statement.execute("USE legacy");
            assertThat(Answers.rows(connection, "SELECT count(*) FROM customer"))
                    .containsExactly("0");
            assertThat(Answers.rows(connection, "SELECT sku FROM commerce.product WHERE price = 2"))
                    .containsExactly("b");
            refused(1235, "42000", () -> Answers.rows(connection, "SELECT 1 FROM commerce.product, legacy.customer"));
            refused(1049, "42000", () -> statement.execute("USE nosuch"));
            connection.setCatalog("commerce");
            assertThat(Answers.rows(connection, "SELECT price FROM product WHERE sku = 'a'"))
                    .containsExactly("1");
            connection.setCatalog("legacy");
            assertThat(Answers.rows(connection, "SELECT count(*) FROM customer"))
                    .containsExactly("0");
        }
    }

    private static void statements(StockProxy proxy) throws SQLException {
        try (Connection text = proxy.connect("legacy");
                Connection prepared =
                        proxy.connect("legacy", "useServerPrepStmts=true", "emulateUnsupportedPstmts=false")) {
            assertThat(Answers.update(text, "INSERT INTO customer VALUES (1, 'één'), (2, 'two'), (3, 'drie')"))
                    .isEqualTo(3);
            assertThat(Answers.update(prepared, "INSERT INTO customer VALUES (?, ?)", 4L, "四"))
                    .isEqualTo(1);
            assertThat(Answers.rows(text, "SELECT * FROM customer WHERE customer_id = 1"))
                    .containsExactly("1|één");
            assertThat(Answers.rows(prepared, "SELECT name FROM customer WHERE customer_id IN (?, ?)", 2L, 4L))
                    .containsExactly("two", "四");
            assertThat(Answers.rows(text, "SELECT count(*), max(customer_id) FROM customer"))
                    .containsExactly("4|4");
            assertThat(commerce.mysql().queryOne("commerce_0", "SELECT count(*) FROM customer"))
                    .isNotEqualTo("4");
            BigInteger large = new BigInteger("18446744073709551613");
            assertThat(Answers.update(prepared, "INSERT INTO session VALUES (?, ?)", new BigDecimal(large), "x"))
                    .isEqualTo(1);
            assertThat(Answers.rows(prepared, "SELECT * FROM session WHERE session_id = ?", new BigDecimal(large)))
                    .containsExactly(large + "|x");
            assertThat(Answers.update(text, "UPDATE customer SET name = NULL WHERE customer_id > 2"))
                    .isEqualTo(2);
            try (PreparedStatement nothing = prepared.prepareStatement("SELECT name FROM customer WHERE name IS NULL");
                    ResultSet rows = nothing.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isNull();
            }
        }
    }

    private static void errors(StockProxy proxy) throws SQLException {
        try (Connection connection = proxy.connect("legacy")) {
            refused(1062, "23000", () -> Answers.update(connection, "INSERT INTO customer VALUES (1, 'again')"));
            refused(1054, "42S22", () -> Answers.rows(connection, "SELECT nosuch FROM customer WHERE customer_id = 1"));
            refused(1305, "42000", () -> Answers.rows(connection, "SELECT nosuch_function(1)"));
            commerce.mysql().execute("commerce_1", "RENAME TABLE customer TO away");
            refused(1146, "42S02", () -> Answers.rows(connection, "SELECT count(*) FROM customer"));
            refused(1146, "42S02", () -> Answers.update(connection, "UPDATE customer SET name = 'half'"));
            commerce.mysql().execute("commerce_1", "RENAME TABLE away TO customer");
            assertThat(Answers.rows(connection, "SELECT count(*) FROM customer WHERE name = 'half'"))
                    .containsExactly("0");
            assertThat(Answers.rows(connection, "SELECT count(*) FROM customer"))
                    .containsExactly("4");
        }
    }

    private static void transactions(StockProxy proxy) throws SQLException {
        try (Connection connection = proxy.connect("legacy");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO customer VALUES (11, 'x'), (12, 'x'), (13, 'x')");
            connection.rollback();
            statement.execute("INSERT INTO customer VALUES (21, 'kept')");
            refused(1235, "42000", () -> statement.execute("SELECT * FROM commerce.product"));
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("INSERT INTO customer VALUES (22, 'kept')");
        }
        try (Connection connection = proxy.connect("commerce")) {
            connection.setAutoCommit(false);
            Answers.update(connection, "UPDATE product SET price = price");
            refused(1235, "42000", () -> Answers.rows(connection, "SELECT * FROM legacy.customer"));
            connection.rollback();
            assertThat(Answers.rows(connection, "SELECT customer_id FROM legacy.customer WHERE customer_id > 10"))
                    .containsExactly("21", "22");
        }
    }

    /** Sockets go from one loop to another and back to the system. */
    private static void manyConnections(StockProxy proxy) throws SQLException {
        for (int i = 0; i < 30; i++) {
            try (Connection connection = proxy.connect(i % 2 == 0 ? "commerce" : "legacy")) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
        try (Connection connection = proxy.connect("legacy")) {
            StringBuilder values = new StringBuilder("(100, 'x')");
            for (int i = 101; i < 2100; i++) {
                values.append(", (")
                        .append(i)
                        .append(", '")
                        .append("row".repeat(20))
                        .append("')");
            }
            assertThat(Answers.update(connection, "INSERT INTO customer VALUES " + values))
                    .isEqualTo(2000);
            assertThat(Answers.rows(connection, "SELECT * FROM customer WHERE customer_id >= 100"))
                    .hasSize(2000);
        }
    }
}
