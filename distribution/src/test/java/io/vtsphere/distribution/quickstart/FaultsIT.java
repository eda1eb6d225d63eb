package io.vtsphere.distribution.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.distribution.quickstart.RunningCluster.Cluster;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Parts of the cluster are killed while clients work. */
@ExtendWith(RunningCluster.class)
class FaultsIT {
    /** The tablets report every second. */
    private static final Duration TWO_HEALTH_INTERVALS = Duration.ofSeconds(2);

    private static final Duration ETCD_OUTAGE = Duration.ofSeconds(30);

    @Test
    void etcd_killedFor30Seconds_noQueryFails(Cluster cluster) throws Exception {
        try (Load load = new Load(cluster, "customer")) {
            load.awaitAnswers(50);
            cluster.processes().etcd().process().kill();
            Awaitility.await()
                    .pollDelay(ETCD_OUTAGE)
                    .atMost(ETCD_OUTAGE.plusSeconds(5))
                    .until(() -> true);
            cluster.processes().etcd().restart();
            load.awaitAnswers(50);
            assertThat(load.failures).isEmpty();
        }
    }

    @Test
    void replicaTablet_killed_readsFailOverToTheOtherReplica(Cluster cluster) throws Exception {
        try (Load load = new Load(cluster, "customer@replica")) {
            load.awaitAnswers(50);
            cluster.tablet(201).process().kill();
            load.awaitAnswers(100);
            cluster.processes().tablet(201).restart();
            load.awaitAnswers(100);
            assertThat(load.failures).isEmpty();
        }
    }

    @Test
    void primaryTablet_killedAndRestarted_gateRecoversByItself(Cluster cluster) throws Exception {
        try (Connection connection = cluster.connect("customer")) {
            cluster.tablet(300).process().kill();
            assertThat(ConnectorJIT.rows(connection, "select email from customer where customer_id = 1"))
                    .containsExactly("alice@domain.com");
            cluster.processes().tablet(300).restart();
            HttpProbe probe = new HttpProbe();
            int port = httpPort(cluster, 300);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> probe.readiness(port).equals("ready"));
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(TWO_HEALTH_INTERVALS)
                    .until(() -> ConnectorJIT.rows(connection, "show vitess_tablets").stream()
                            .anyMatch(row -> row.contains("SERVING,zone1-0000000300") && !row.contains("NOT_SERVING")));
            // from here on the first try has to succeed, however cold the new process is
            assertThat(ConnectorJIT.rows(connection, "select email from customer where customer_id = 4"))
                    .containsExactly("dan@domain.com");
            ConnectorJIT.execute(connection, "update customer set email = 'dan@domain.com' where customer_id = 4");
        }
    }

    @Test
    void everyProcess_killedAndStartedAgain_noAcknowledgedRowIsLost(Cluster cluster) throws Exception {
        List<Long> acknowledged = new ArrayList<>();
        try (Connection connection = cluster.connect("customer");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into customer(email) values('durable')", PreparedStatement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 50; i++) {
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    keys.next();
                    acknowledged.add(keys.getLong(1));
                }
            }
        }
        cluster.gate().process().kill();
        for (int uid : new int[] {100, 101, 200, 201, 202, 300, 301}) {
            cluster.tablet(uid).process().kill();
            cluster.processes().mysql(uid).process().kill();
        }
        cluster.processes().etcd().process().kill();
        assertThat(cluster.processes().reviveDead()).hasSize(16);
        Awaitility.await().atMost(Duration.ofSeconds(90)).ignoreExceptions().untilAsserted(() -> {
            try (Connection connection = cluster.connect("customer")) {
                List<String> found =
                        ConnectorJIT.rows(connection, "select customer_id from customer where email = 'durable'");
                assertThat(found)
                        .containsAll(acknowledged.stream().map(String::valueOf).toList());
            }
        });
        try (Connection connection = cluster.connect("customer")) {
            ConnectorJIT.execute(connection, "insert into customer(email) values('after')");
            String key =
                    ConnectorJIT.rows(connection, "select last_insert_id()").get(0);
            assertThat(acknowledged).doesNotContain(Long.valueOf(key));
            ConnectorJIT.execute(connection, "delete from customer where email in ('durable', 'after')");
        }
    }

    private static int httpPort(Cluster cluster, int uid) {
        return cluster.settings().tablets().stream()
                .filter(tablet -> tablet.uid() == uid)
                .findFirst()
                .orElseThrow()
                .httpPort();
    }

    /** A client that reads and writes all the time and keeps what failed. */
    private static final class Load implements AutoCloseable {
        private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Connection connection;
        private final boolean writes;
        private final Thread thread;

        Load(Cluster cluster, String database) throws SQLException {
            connection = cluster.connect(database);
            writes = !database.contains("@");
            thread = new Thread(this::run, "load");
            thread.start();
        }

        private void run() {
            while (!stop.get()) {
                try {
                    assertThat(ConnectorJIT.rows(connection, "select email from customer where customer_id = 1"))
                            .containsExactly("alice@domain.com");
                    assertThat(ConnectorJIT.rows(connection, "select count(*) from customer where customer_id <= 5"))
                            .containsExactly("5");
                    if (writes) {
                        ConnectorJIT.execute(connection, "update corder set price = price where customer_id in (1, 4)");
                    }
                    answers.incrementAndGet();
                } catch (SQLException | AssertionError e) {
                    failures.add(e.toString());
                    if (failures.size() > 20) {
                        return;
                    }
                }
            }
        }

        void awaitAnswers(int more) {
            int goal = answers.get() + more;
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> answers.get() >= goal || failures.size() > 20);
        }

        @Override
        public void close() throws Exception {
            stop.set(true);
            thread.join(30_000);
            connection.close();
        }
    }
}
