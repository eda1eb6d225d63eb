package io.vtsphere.shardingsphere.bundle;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vtsphere.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The samples whose data sources are tablets, in all hosts at once over one shard whose tablets come and go: who answers, and what fails. Beside
 * them the driver without a host. The tests are steps.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TabletsIT {
    /** After so long nobody asks a tablet that says nothing. */
    private static final Duration NOTICED = Duration.ofSeconds(5);

    private static final String ANY_REPLICA = """
            schemaName: any
            dataSources:
              any_replica:
                url: jdbc:mysql:vitess://commerce/0@replica?topo-global-server-address=127.0.0.1:2379&topo-global-root=/vitess/global&cell=zone1
                username: vitess
                password:
                connectionTimeoutMilliseconds: 30000
                maxPoolSize: 10
            rules: []
            """;

    private static final String P = "100";
    private static final String A = "101";
    private static final String B = "102";

    private static ReplicatedCommerce commerce;
    private static StockProxy proxy510;
    private static StockProxy proxy511;
    private static JdbcHost jdbc;
    private static Driver driver;
    private static int metricsPort;
    /** By host: where each replica is a data source. */
    private static final List<Reads> SPLIT = new ArrayList<>();
    /** A data source is any replica, and the driver goes from one to the other. */
    private static final List<Reads> ANY = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        commerce = new ReplicatedCommerce(directory);
        metricsPort = Ports.free();
        CompletableFuture<StockProxy> first =
                CompletableFuture.supplyAsync(() -> proxy("proxy-5.1.0", directory, metricsPort));
        CompletableFuture<StockProxy> second =
                CompletableFuture.supplyAsync(() -> proxy("proxy-5.1.1", directory, Ports.free()));
        jdbc = new JdbcHost(directory.resolve("jdbc"), sample("tablets-5.5/commerce.yaml", Ports.free())).start();
        proxy510 = first.get(90, SECONDS);
        proxy511 = second.get(90, SECONDS);
        driver = (Driver) Class.forName("io.vtsphere.jdbc.VitessDriver", true, jdbc.application())
                .getConstructor()
                .newInstance();
        SPLIT.add(new Reads("5.1.0", 2, () -> proxy510.connect("commerce")));
        SPLIT.add(new Reads("5.1.1", 2, () -> proxy511.connect("commerce")));
        SPLIT.add(new Reads("5.5.2", 2, () -> jdbc.connect()));
        ANY.add(new Reads("5.1.0, any replica", 1, () -> proxy510.connect("any")));
        ANY.add(new Reads("driver, any replica", 2, () -> vitess("commerce/0@replica")));
    }

    private static StockProxy proxy(String host, Path directory, int metricsPort) {
        try {
            return StockProxy.start(
                    host,
                    directory.resolve(host),
                    Map.of(
                            "server.yaml", sample("tablets-5.1/server.yaml", metricsPort),
                            "config-commerce.yaml", sample("tablets-5.1/config-commerce.yaml", metricsPort),
                            "config-any.yaml", ANY_REPLICA.replace("127.0.0.1:2379", commerce.etcd())));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String sample(String file, int metricsPort) throws IOException {
        return Files.readString(Bundle.SAMPLES.resolve(file))
                .replace("127.0.0.1:2379", commerce.etcd())
                .replace("port: 15001", "port: " + metricsPort);
    }

    private static Connection vitess(String target) throws SQLException {
        return Objects.requireNonNull(
                driver.connect(commerce.url(target) + "&enable-buffer=true&buffer-unplanned=true", new Properties()));
    }

    @AfterAll
    static void stop() throws Exception {
        List<AutoCloseable> all = new ArrayList<>(SPLIT);
        all.addAll(ANY);
        all.add(proxy510);
        all.add(proxy511);
        if (driver != null) {
            all.add(((java.sql.DriverAction) driver)::deregister);
        }
        all.add(jdbc);
        all.add(commerce);
        for (AutoCloseable each : all) {
            if (each != null) {
                each.close();
            }
        }
    }

    private static void answered(List<Reads> by, String... tablets) {
        for (Reads reads : by) {
            assertThat(reads.next(20)).as(reads.toString()).containsOnlyKeys(tablets);
        }
    }

    /** All of these before long, and nobody else; not by turns, since the faster one gets more. */
    private static void shared(List<Reads> by, String... tablets) {
        by.forEach(Reads::mark);
        for (Reads reads : by) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(reads.answers()).as(reads.toString()).containsOnlyKeys(tablets));
        }
    }

    @Test
    @Order(1)
    void allWell_replicasShareTheReads_andWritesReachThePrimary() throws Exception {
        shared(SPLIT, A, B);
        shared(ANY, A, B);
        int rows = 0;
        for (Load.Clients host : List.<Load.Clients>of(
                () -> proxy510.connect("commerce"), () -> proxy511.connect("commerce"), () -> jdbc.connect())) {
            try (Connection connection = host.open()) {
                for (int i = 0; i < 4; i++) {
                    assertThat(Answers.update(connection, "INSERT INTO product(name) VALUES ('written')"))
                            .isEqualTo(1);
                    rows++;
                }
            }
        }
        assertThat(commerce.queryOne(ReplicatedCommerce.PRIMARY, "SELECT COUNT(DISTINCT id) FROM product"))
                .as("each id of the sequence once")
                .isEqualTo(Integer.toString(rows));
        assertThat(commerce.queryOne(ReplicatedCommerce.PRIMARY, "SELECT next_id FROM product_seq"))
                .as("a block of ten for each host")
                .isEqualTo("31");
        assertThat(Metrics.scrape(metricsPort))
                .contains("vtsphere_load_balancer_choices_total{data_source=\"replica_1\"}", "vtgate_tablets");
    }

    @Test
    @Order(2)
    void frozenReplica_isNotAskedAnyMore_andWhoMayGoElsewhereSeesNoFailure() throws Exception {
        ANY.forEach(Reads::mark);
        commerce.tablet(ReplicatedCommerce.REPLICA_1).freeze();
        try {
            await().pollDelay(NOTICED).until(() -> true);
            answered(SPLIT, B);
            for (Reads reads : ANY) {
                assertThat(reads.answers().keySet()).as(reads.toString()).isSubsetOf(A, B);
            }
            answered(ANY, B);
        } finally {
            commerce.tablet(ReplicatedCommerce.REPLICA_1).thaw();
        }
        shared(SPLIT, A, B);
    }

    @Test
    @Order(3)
    void killedReplica_isNotAskedAnyMore_andWhoMayGoElsewhereSeesNoFailure() {
        ANY.forEach(Reads::mark);
        commerce.tablet(ReplicatedCommerce.REPLICA_2).kill();
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        answered(SPLIT, A);
        for (Reads reads : ANY) {
            assertThat(reads.answers().keySet()).as(reads.toString()).isSubsetOf(A, B);
        }
        answered(ANY, A);
    }

    @Test
    @Order(4)
    void noReplica_thePrimaryAnswers_untilThereIsOneAgain() throws Exception {
        commerce.tablet(ReplicatedCommerce.REPLICA_1).kill();
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        answered(SPLIT, P);
        commerce.start(ReplicatedCommerce.REPLICA_1);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> answered(SPLIT, A));
    }

    @Test
    @Order(5)
    void reparent_readsOfAnOpenConnectionToThePrimaryDoNotFail() throws Exception {
        try (Reads primary = new Reads("driver, primary", 2, () -> vitess("commerce/0@primary"))) {
            answered(List.of(primary), P);
            primary.mark();
            commerce.reparent();
            await().atMost(Duration.ofSeconds(20)).until(() -> primary.answers().containsKey(A));
            assertThat(primary.answers()).containsOnlyKeys(P, A);
            answered(List.of(primary), A);
            try (Connection connection = proxy510.connect("commerce")) {
                assertThat(Answers.update(connection, "UPDATE origin SET name = 'new' WHERE id = 1"))
                        .isEqualTo(1);
            }
            assertThat(commerce.queryOne(ReplicatedCommerce.REPLICA_1, "SELECT name FROM origin"))
                    .isEqualTo("new");
        }
    }
}
