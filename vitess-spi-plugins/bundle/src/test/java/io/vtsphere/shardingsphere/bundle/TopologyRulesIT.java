package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Hosts whose databases are the keyspaces of a real topology, which changes under load; with the samples. */
class TopologyRulesIT {
    private static final String WHOLE = """
            schemaName: whole
            dataSources:
              ds_0:
                url: jdbc:mysql://127.0.0.1:3306/whole?useSSL=false&allowPublicKeyRetrieval=true
                username: root
                password:
                connectionTimeoutMilliseconds: 30000
                maxPoolSize: 10
            rules: []
            """;

    private static Keyspaces keyspaces;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        keyspaces = new Keyspaces(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        if (keyspaces != null) {
            keyspaces.close();
        }
    }

    @Test
    void proxy510_followsTheTopology(@TempDir Path home) throws Exception {
        proxy("proxy-5.1.0", home);
    }

    /** Behind -Plong; that the jar links in 5.1.1 is always checked. */
    @Test
    @EnabledIfSystemProperty(named = "bundle.long", matches = "true")
    void proxy511_followsTheTopology(@TempDir Path home) throws Exception {
        proxy("proxy-5.1.1", home);
    }

    private static void proxy(String host, Path home) throws Exception {
        keyspaces.reset();
        Map<String, String> conf = Map.of(
                "server.yaml",
                sample("topology-5.1/server.yaml"),
                "config-whole.yaml",
                WHOLE.replace("127.0.0.1:3306", "127.0.0.1:" + keyspaces.mysql().port()));
        try (StockProxy proxy = StockProxy.start(host, home, conf)) {
            try (Connection whole = proxy.connect("whole");
                    Connection commerce = proxy.connect("commerce")) {
                assertThat(Answers.rows(whole, "SELECT name FROM thing WHERE id = 1"))
                        .containsExactly("one");
                assertThat(Answers.rows(commerce, "SELECT * FROM product")).containsExactly("a|1", "b|2");
                new TopologyCheck(keyspaces, () -> proxy.connect("customer")).run();
                assertThat(Answers.rows(whole, "SELECT name FROM thing WHERE id = 1"))
                        .containsExactly("one");
                assertThat(Answers.update(commerce, "INSERT INTO product VALUES ('c', 3)"))
                        .isEqualTo(1);
            }
            withoutEtcd(() -> proxy.connect("customer"));
            keyspaces.breakVSchema();
            await().atMost(Duration.ofSeconds(10)).until(() -> proxy.log().contains("no_such_vindex"));
            try (Connection customer = proxy.connect("customer")) {
                assertThat(Answers.rows(customer, "SELECT name FROM customer WHERE customer_id = 3"))
                        .containsExactly("name3");
            }
        }
    }

    /** Longer than a watch may be silent. */
    private static void withoutEtcd(Load.Clients clients) throws Exception {
        keyspaces.etcd().process().freeze();
        try (Load load = new Load()) {
            long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
            load.client(clients, false, (connection, number) -> {
                List<String> rows = Answers.rows(connection, "SELECT name FROM customer WHERE customer_id = 3");
                return rows.equals(List.of("name3")) ? "" : "was " + rows;
            });
            await().until(() -> System.nanoTime() > end || !load.faults().isEmpty());
            load.end();
            assertThat(load.faults()).isEmpty();
            assertThat(load.rounds()).isPositive();
        } finally {
            keyspaces.etcd().process().thaw();
        }
    }

    @Test
    void jdbc_followsTheTopology(@TempDir Path home) throws Exception {
        keyspaces.reset();
        try (JdbcHost host = new JdbcHost(home, sample("topology-5.5/customer.yaml")).start()) {
            new TopologyCheck(keyspaces, host::connect).run();
            if (Boolean.getBoolean("bundle.long")) {
                withoutEtcd(host::connect);
            }
            keyspaces.breakVSchema();
            try (Connection customer = host.connect()) {
                // until it has been seen, and the tables were read again
                await().during(Duration.ofSeconds(2))
                        .until(() -> Answers.rows(customer, "SELECT name FROM customer WHERE customer_id = 3")
                                .equals(List.of("name3")));
            }
        }
    }

    @Test
    void withoutATopology_noHostStarts_andSaysWhy(@TempDir Path home) throws Exception {
        List<CompletableFuture<Throwable>> proxies = new ArrayList<>();
        for (String host : List.of("proxy-5.1.0", "proxy-5.1.1")) {
            proxies.add(CompletableFuture.supplyAsync(() -> catchThrowable(() -> StockProxy.start(
                            host, home.resolve(host), Map.of("server.yaml", nowhere("topology-5.1/server.yaml")))
                    .close())));
        }
        try (JdbcHost host = new JdbcHost(home.resolve("jdbc"), nowhere("topology-5.5/customer.yaml"))) {
            assertThatThrownBy(host::start).rootCause().hasMessageContaining("the topology was not loaded within");
        }
        for (CompletableFuture<Throwable> proxy : proxies) {
            assertThat(proxy.get(90, TimeUnit.SECONDS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("!VITESS: ")
                    .hasMessageContaining("the topology was not loaded within");
        }
    }

    private static String nowhere(String file) throws IOException {
        return Files.readString(Bundle.SAMPLES.resolve(file))
                .replace("127.0.0.1:2379", "127.0.0.1:1\n    topo-start-timeout: 2s");
    }

    private static String sample(String file) throws IOException {
        return Files.readString(Bundle.SAMPLES.resolve(file))
                .replace("127.0.0.1:2379", keyspaces.etcd().address())
                .replace("database-drain-time: 30s", "database-drain-time: 1s")
                .replace("database-schema-interval: 30s", "database-schema-interval: 1s");
    }
}
