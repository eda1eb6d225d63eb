package io.vtsphere.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VitessDriverIT {
    private static OneShard shard;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        shard = new OneShard(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        if (shard != null) {
            // its gates would look for their topology for ever
            ((VitessDriver) DriverManager.getDriver("jdbc:vitess://any")).deregister();
            shard.close();
        }
    }

    @Test
    void connection_namesItsUrlAndTheShardsDatabase() throws SQLException {
        String url = shard.url("customer/-80@primary").replace("jdbc:vitess", "jdbc:mysql:vitess");
        try (Connection connection = DriverManager.getConnection(url, "app", "any")) {
            assertThat(connection.getMetaData().getURL()).isEqualTo("jdbc:mysql:vitess://customer/-80@primary");
            assertThat(connection.getMetaData().getUserName()).isEqualTo("app");
            assertThat(connection.getCatalog()).isEqualTo("vt_customer");
            connection.setCatalog("vt_customer");
            try (Statement statement = connection.createStatement()) {
                assertThat(statement.getConnection().getMetaData().getURL())
                        .isEqualTo("jdbc:mysql:vitess://customer/-80@primary");
            }
        }
    }

    @Test
    void connectionToOneTablet_andThePathOfAnotherUrlAsItsCatalog() throws SQLException {
        try (Connection connection = DriverManager.getConnection(shard.url("customer/-80@primary|zone1-100"))) {
            assertThat(connection.getCatalog()).isEqualTo("vt_customer");
            connection.setCatalog("-80@primary");
            assertThat(connection.getCatalog()).isEqualTo("vt_customer");
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1")) {
                assertThat(rows.next()).isTrue();
            }
            connection.setCatalog("-80@replica");
            assertThatThrownBy(() -> connection.createStatement().executeQuery("SELECT 1"))
                    .hasMessageContaining("customer")
                    .hasMessageContaining("no healthy tablet");
            connection.setCatalog("-80@primary|zone1-100");
            assertThat(connection.getCatalog()).isEqualTo("vt_customer");
        }
        refused(shard.url("customer/-80@primary|zone1-101"), "no tablet serves customer:-80@primary|zone1-0000000101");
    }

    @Test
    void pool_manyThreads_transactionsDoNotMix() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(shard.url("customer/-80@primary"));
        config.setUsername("app");
        config.setMaximumPoolSize(4);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE pooled(id INT AUTO_INCREMENT PRIMARY KEY, thread INT)");
            }
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Callable<Void>> work = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    int thread = i;
                    work.add(() -> {
                        for (int j = 0; j < 10; j++) {
                            insertTwo(pool, thread, j % 2 == 0);
                        }
                        return null;
                    });
                }
                for (Future<Void> each : threads.invokeAll(work)) {
                    each.get();
                }
            } finally {
                threads.shutdownNow();
            }
        }
        assertThat(shard.mysql().queryOne("vt_customer", "SELECT count(*) FROM pooled"))
                .isEqualTo("80");
    }

    private static void insertTwo(HikariDataSource pool, int thread, boolean commit) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO pooled(thread) VALUES (" + thread + ")");
            statement.executeUpdate("INSERT INTO pooled(thread) VALUES (" + thread + ")");
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
        }
    }

    @Test
    void schemaChangeSignal_hasMySqlAskedForItsTables() throws Exception {
        shard.mysql().execute("vt_commerce", "CREATE TABLE tracked(n INT)");
        String url = shard.url("commerce@primary");
        assertThat(vschemaTables(url)).doesNotContain("tracked");
        assertThat(vschemaTables(url + "&schema-change-signal=true")).contains("tracked");
    }

    private static List<String> vschemaTables(String url) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW VSCHEMA TABLES")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    @Test
    void mysqlRestarts_readsGoOn() throws Exception {
        try (Connection connection = DriverManager.getConnection(shard.url("customer/-80@primary"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept(n INT)");
            statement.execute("INSERT INTO kept VALUES (5)");
            shard.mysql().restart();
            org.awaitility.Awaitility.await()
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .untilAsserted(() -> {
                        try (ResultSet rows = statement.executeQuery("SELECT n FROM kept")) {
                            assertThat(rows.next()).isTrue();
                            assertThat(rows.getInt(1)).isEqualTo(5);
                        }
                    });
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void mistakes_areConnectionErrors() {
        String url = shard.url("customer/-80@primary");
        refused(url + "&nosuch-key=1", "nosuch-key");
        refused(url + "&bind-address=0.0.0.0", "bind-address is not for a JDBC connection");
        refused("jdbc:vitess://customer/-80@primary", "topo-global-server-address");
        refused(shard.url("nosuch/0@primary"), "no tablet serves nosuch:0@primary within 1 s");
    }

    private static void refused(String url, String text) {
        int before = DriverManager.getLoginTimeout();
        DriverManager.setLoginTimeout(1);
        try {
            assertThatThrownBy(() -> DriverManager.getConnection(url))
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("jdbc:vitess: ")
                    .hasMessageContaining(text)
                    .hasFieldOrPropertyWithValue("SQLState", "08001");
        } finally {
            DriverManager.setLoginTimeout(before);
        }
    }

    @Test
    void deregister_endsTheGatesAndTheirConnections() throws Exception {
        VitessDriver driver = new VitessDriver();
        Connection connection = driver.connect(shard.url("customer/-80@primary"), new Properties());
        assertThat(connection).isNotNull();
        driver.deregister();
        assertThat(connection.isValid(2)).isFalse();
    }
}
