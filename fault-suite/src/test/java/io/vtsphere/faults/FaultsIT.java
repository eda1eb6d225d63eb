package io.vtsphere.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Status;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults under an open-loop load, one after the other on one cluster. By default the short ones; with {@code -Pfaults} all, at full length.
 *
 * <p>In every scenario no acknowledged write may be lost, none may run twice, and what failed for certain must not have happened. Reads on
 * replicas never fail. Where the outage fits into the buffer's window nothing fails at all.
 */
class FaultsIT {
    private static final boolean FULL = System.getProperty("faults", "short").equals("full");
    private static final Duration PEACE = FULL ? Duration.ofSeconds(4) : Duration.ofSeconds(1);
    private static final Duration SETTLING = FULL ? Duration.ofSeconds(10) : Duration.ofSeconds(1);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path directory;

    private static FaultCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = new FaultCluster(directory);
        // a first load warms the JVMs up: what is measured later is the fault, not the compiler
        scenario("warm-up").run(() -> Scenario.pause(Duration.ofSeconds(FULL ? 6 : 2)));
    }

    @AfterAll
    static void stop() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Scenario scenario(String name) {
        return new Scenario(cluster, name, NUMBER.incrementAndGet(), PEACE, SETTLING);
    }

    /** What holds for every fault of a replica, and for outages of a primary that fit into the buffer's window. */
    private static void nothingFailed(Figures figures) {
        assertThat(figures.failedReplicaReads()).as("failed replica reads").isZero();
        assertThat(figures.failedPrimaryReads()).as("failed primary reads").isZero();
        assertThat(figures.failedWrites()).as("failed writes").isZero();
        recovered(figures);
    }

    private static void recovered(Figures figures) {
        assertThat(figures.recoverySeconds()).as("recovery").isLessThanOrEqualTo(10);
        if (FULL && isQuiet(figures)) {
            assertThat(figures.after().isBack(figures.before()))
                    .as("p99 from 10 s after the fault on: %s, before: %s", figures.after(), figures.before())
                    .isTrue();
        }
    }

    /** On a machine with other work the tail of latencies says more about that work than about the fault. */
    private static boolean isQuiet(Figures figures) {
        return figures.load() < 1.5 * Runtime.getRuntime().availableProcessors();
    }

    @Test
    void replica_killed() throws Exception {
        Figures figures = scenario("kill -9 of a replica").run(() -> {
            TabletNode replica = cluster.replicasOfA().get(0);
            replica.process().kill();
            Scenario.pause(Duration.ofSeconds(2));
            replica.restart();
            cluster.awaitWhole();
        });
        nothingFailed(figures);
        assertThat(figures.unknownWrites()).isZero();
    }

    @Test
    void primary_killedAndStartedAgain() throws Exception {
        nothingFailed(scenario("kill -9 of a primary, started again").run(() -> {
            TabletNode primary = cluster.primaryOfA();
            primary.process().kill();
            primary.restart();
            cluster.awaitWhole();
        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 15, 60})
    void replica_frozen(int seconds) throws Exception {
        onlyInFull(seconds > 2);
        Figures figures = scenario("SIGSTOP of a replica, " + seconds + " s").run(() -> {
            TabletNode replica = cluster.replicasOfA().get(0);
            replica.process().freeze();
            Scenario.pause(Duration.ofSeconds(seconds));
            replica.process().thaw();
        });
        nothingFailed(figures);
        assertThat(figures.unknownWrites()).isZero();
        assertThat(figures.longestMillis())
                .as("a frozen replica leaves rotation in 5 s")
                .isLessThan(6_500);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 15, 60})
    void primary_frozen(int seconds) throws Exception {
        onlyInFull(seconds > 2);
        nothingFailed(scenario("SIGSTOP of a primary, " + seconds + " s").run(() -> {
            TabletNode primary = cluster.primaryOfA();
            primary.process().freeze();
            Scenario.pause(Duration.ofSeconds(seconds));
            primary.process().thaw();
        }));
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "full")
    void primary_frozen_andReplaced_whenItWakesItsTermIsOver() throws Exception {
        TabletNode old = cluster.primaryOfA();
        Scenario scenario = scenario("SIGSTOP of a primary, 60 s, emergency reparent after 5 s");
        Figures figures = scenario.run(() -> {
            long frozenAt = System.nanoTime();
            old.process().freeze();
            Scenario.pause(Duration.ofSeconds(5));
            TabletNode now = cluster.emergencyReparent();
            scenario.healed();
            Scenario.pause(Duration.ofSeconds(60).minusNanos(System.nanoTime() - frozenAt));
            old.process().thaw();
            // MySQL below it was writable all the time: that nothing was written is the tablet's doing
            Scenario.pause(Duration.ofSeconds(5));
            assertThat(FaultCluster.has(now, FaultCluster.executed(old)))
                    .as("the old primary wrote nothing of its own")
                    .isTrue();
            FaultCluster.attach(old, now);
            cluster.awaitWhole();
        });
        nothingFailed(figures);
    }

    @Test
    void plannedReparent() throws Exception {
        Figures figures = scenario("planned reparent").run(() -> {
            cluster.reparent(cluster.replicasOfA().get(0));
            cluster.awaitWhole();
        });
        nothingFailed(figures);
        assertThat(figures.unknownWrites())
                .as("a planned reparent leaves nothing in doubt")
                .isZero();
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "full")
    void plannedReparent_whileTheOtherShardBuffers() throws Exception {
        nothingFailed(scenario("planned reparent of -80 while 80- buffers").run(() -> {
            cluster.b1.mysql.execute("", "set global super_read_only = on");
            Scenario.pause(Duration.ofSeconds(2));
            cluster.reparent(cluster.replicasOfA().get(0));
            Scenario.pause(Duration.ofSeconds(3));
            cluster.b1.mysql.execute("", "set global super_read_only = off", "set global read_only = off");
            cluster.awaitWhole();
        }));
    }

    @Test
    void replica_replaced() throws Exception {
        int times = FULL ? 20 : 1;
        Figures figures = scenario("replica replaced " + times + " times").run(() -> {
            for (int i = 0; i < times; i++) {
                // 202 has a proxy, which stays where it is
                TabletNode replica = cluster.replicasOfA().stream()
                        .filter(node -> node.uid != 202)
                        .findFirst()
                        .orElseThrow();
                replica.replace();
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> cluster.gateway.tablets().stream()
                        .anyMatch(tablet -> tablet.serving() && tablet.tablet().grpcPort() == replica.grpcPort()));
            }
            cluster.awaitWhole();
        });
        nothingFailed(figures);
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "full")
    void replica_lagsAndCatchesUp() throws Exception {
        Target replicas = new Target(FaultCluster.KEYSPACE, FaultCluster.A, TabletType.REPLICA);
        nothingFailed(scenario("replica lag 0, 60, 0 s").run(() -> {
            TabletNode late = cluster.replicasOfA().get(0);
            late.mysql.execute("", "stop slave sql_thread");
            Scenario.pause(Duration.ofSeconds(60));
            assertThat(cluster.gateway.tablets()).anySatisfy(tablet -> assertThat(tablet.replicationLagSeconds())
                    .isBetween(50L, 75L));
            for (int i = 0; i < 1_000; i++) {
                assertThat(cluster.gateway.choose(replicas, "")).isNotEqualTo(late.alias());
            }
            late.mysql.execute("", "start slave sql_thread");
            cluster.awaitWhole();
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"both ways", "towards the tablet", "towards the gate"})
    @EnabledIfSystemProperty(named = "faults", matches = "full")
    void network_ofAReplica_lost(String direction) throws Exception {
        makeReplica(cluster.a3);
        Figures figures =
                scenario("network of a replica lost " + direction + ", 10 s").run(() -> lose(cluster.a3, direction));
        nothingFailed(figures);
        assertThat(figures.longestMillis())
                .as("a tablet that cannot be reached leaves rotation in 5 s, whether it reports or not")
                .isLessThan(6_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"both ways", "towards the tablet", "towards the gate"})
    @EnabledIfSystemProperty(named = "faults", matches = "full")
    void network_ofAPrimary_lost(String direction) throws Exception {
        nothingFailed(
                scenario("network of a primary lost " + direction + ", 10 s").run(() -> lose(cluster.b1, direction)));
    }

    private static void lose(TabletNode node, String direction) {
        node.proxy().pass(direction.equals("towards the gate"), direction.equals("towards the tablet"));
        Scenario.pause(Duration.ofSeconds(10));
        node.proxy().pass(true, true);
    }

    @Test
    void replica_answersClusterEvents() throws Exception {
        Figures figures = answering(
                "CLUSTER_EVENT",
                service -> service.fail(Status.UNKNOWN.withDescription("operation not allowed in state NOT_SERVING")));
        nothingFailed(figures);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RESOURCE_EXHAUSTED", "ABORTED"})
    @EnabledIfSystemProperty(named = "faults", matches = "full")
    void replica_refusesForTheMoment(String code) throws Exception {
        nothingFailed(answering(
                code,
                service -> service.fail(
                        Status.fromCode(Status.Code.valueOf(code)).withDescription("the tablet said so"))));
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "full")
    void replica_sendsBrokenRows() throws Exception {
        nothingFailed(answering("broken rows", service -> service.breakRows(true)));
    }

    /** The nodes with a proxy stay the same, whoever is primary. */
    private static void makeReplica(TabletNode node) throws Exception {
        if (cluster.primaryOfA() == node) {
            cluster.reparent(cluster.replicasOfA().get(0));
            cluster.awaitWhole();
        }
    }

    private interface Spoil {
        void apply(FaultyService service);
    }

    /** Tablet 202, which is made a replica where it is none, answers for some seconds as told. */
    private static Figures answering(String what, Spoil spoil) throws Exception {
        makeReplica(cluster.a3);
        try (FaultyService service = new FaultyService("127.0.0.1", cluster.a3.grpcPort())) {
            cluster.a3.proxy().redirect(service.address());
            Figures figures = scenario("a replica answers " + what).run(() -> {
                spoil.apply(service);
                Scenario.pause(FULL ? Duration.ofSeconds(6) : Duration.ofSeconds(3));
                // the choice by load leaves a replica without calls for some seconds whose last answer was slow
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> service.spoilt() > 0);
                service.fail(null);
                service.breakRows(false);
            });
            return figures;
        } finally {
            cluster.a3.proxy().redirect(cluster.a3.address());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "full")
    void mysqlOfAReplica_killed() throws Exception {
        nothingFailed(scenario("MySQL of a replica killed").run(() -> {
            TabletNode replica = cluster.replicasOfA().get(0);
            replica.mysql.process().kill();
            Scenario.pause(Duration.ofSeconds(5));
            replica.mysql.restart();
            cluster.awaitWhole();
        }));
    }

    @Test
    @EnabledIfSystemProperty(named = "faults", matches = "full")
    void mysqlOfAPrimary_killed() throws Exception {
        nothingFailed(scenario("MySQL of a primary killed").run(() -> {
            TabletNode primary = cluster.primaryOfA();
            primary.mysql.process().kill();
            primary.mysql.restart();
            cluster.awaitWhole();
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"replica", "primary"})
    @EnabledIfSystemProperty(named = "faults", matches = "full")
    void mysql_frozen(String whose) throws Exception {
        Figures figures = scenario("MySQL of a " + whose + " stopped, 10 s").run(() -> {
            TabletNode node = whose.equals("replica") ? cluster.replicasOfA().get(0) : cluster.primaryOfA();
            node.mysql.process().freeze();
            Scenario.pause(Duration.ofSeconds(10));
            node.mysql.process().thaw();
            cluster.awaitWhole();
        });
        nothingFailed(figures);
    }

    @Test
    void pagesOfARunningGate_showEveryTablet() throws Exception {
        cluster.awaitWhole();
        try (RunningGate gate = new RunningGate(cluster)) {
            Awaitility.await().until(() -> gate.page("/debug/gateway").split("\"SERVING\"", -1).length == 5);
            JsonArray tablets =
                    JsonParser.parseString(gate.page("/debug/gateway")).getAsJsonArray();
            assertThat(tablets).hasSize(4).allSatisfy(tablet -> {
                JsonObject fields = tablet.getAsJsonObject();
                assertThat(fields.get("state").getAsString()).isEqualTo("SERVING");
                assertThat(fields.get("keyspace").getAsString()).isEqualTo(FaultCluster.KEYSPACE);
                assertThat(fields.has("last_error")).isFalse();
            });
            JsonObject primary = gate.tablet(cluster.primaryOfA());
            assertThat(primary.get("tablet_type").getAsString()).isEqualTo("primary");
            assertThat(primary.get("shard").getAsString()).isEqualTo(FaultCluster.A);
            assertThat(primary.get("primary_term_start_time").getAsLong())
                    .isEqualTo(cluster.topo
                            .shards()
                            .get(FaultCluster.KEYSPACE, FaultCluster.A)
                            .getPrimaryTermStartTime()
                            .getSeconds());
            assertThat(gate.page("/debug/gateway.html"))
                    .startsWith("<!DOCTYPE html>")
                    .contains("<td>" + cluster.primaryOfA().alias() + "</td>")
                    .doesNotContain("class=\"bad\"");
        }
    }

    @Test
    void ownWrites_areReadThroughReplicas_whetherTheseKeepUpOrNot() throws Exception {
        cluster.awaitWhole();
        long start = 900_000_000;
        try (SqlSession session = new SqlSession(cluster)) {
            session.query("set read_after_write_consistency = 'session'");
            session.query("set read_after_write_timeout = 0.5");
            for (int i = 0; i < 20; i++) {
                readBack(session, start + i, i % 2 == 0);
            }
            for (TabletNode replica : cluster.replicasOfA()) {
                replica.mysql.execute("", "stop slave sql_thread");
            }
            for (int i = 20; i < 24; i++) {
                readBack(session, start + i, i % 2 == 0);
            }
            for (TabletNode replica : cluster.replicasOfA()) {
                replica.mysql.execute("", "start slave sql_thread");
            }
            readBack(session, start + 24, true);
        }
    }

    /** Writes on the primary, alone or in a transaction, and reads it at once from a replica. */
    private static void readBack(SqlSession session, long id, boolean inTransaction) throws Exception {
        session.use(FaultCluster.KEYSPACE);
        if (inTransaction) {
            session.query("begin");
        }
        session.query("insert into t(id, v) values(" + id + ", 5)");
        if (inTransaction) {
            session.query("commit");
        }
        session.use(FaultCluster.KEYSPACE + "@replica");
        if (Load.shard(id).equals(FaultCluster.A)) {
            assertThat(session.query("select v from t where id = " + id)).containsExactly("5");
        }
    }

    private static void onlyInFull(boolean condition) {
        Assumptions.assumeTrue(FULL || !condition, "only with -Pfaults");
    }
}
