package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.vitess.proto.Topodata;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthTest {
    private static final Duration TIMEOUT = Duration.ofMillis(800);

    private final Bench bench = new Bench(Map.of("healthcheck-timeout", "800ms"));

    @AfterEach
    void close() {
        bench.close();
    }

    private String served(io.vtsphere.topo.Target target) throws Exception {
        Answer<io.vitess.proto.Query.QueryResult> answer = bench.execute(bench.call(target, null, 0, true));
        try {
            return answer.get().getInfo();
        } catch (io.vtsphere.vterrors.VtException e) {
            return e.code().name();
        }
    }

    private void awaitServed(io.vtsphere.topo.Target target, String who) {
        await().pollInterval(Duration.ofMillis(10)).until(() -> served(target).equals(who));
    }

    @Test
    void tabletStopsServing_leavesRotation_andComesBack() {
        FakeTablet tablet = bench.tablet("zone1-100", Bench.PRIMARY);
        bench.publish(tablet);
        awaitServed(Bench.PRIMARY, "zone1-0000000100");
        tablet.serving(false);
        awaitServed(Bench.PRIMARY, "CLUSTER_EVENT");
        assertThat(bench.health(tablet).serving()).isFalse();
        tablet.serving(true);
        awaitServed(Bench.PRIMARY, "zone1-0000000100");
    }

    @Test
    void primaryHasOtherTables_listenersHearOfIt_andWhenItMayHaveChangedUnheard() throws Exception {
        LinkedBlockingQueue<Target> changed = new LinkedBlockingQueue<>();
        bench.gateway.onSchemaChange(changed::add);
        FakeTablet primary = bench.tablet("zone1-100", Bench.PRIMARY);
        FakeTablet replica = bench.tablet("zone1-101", Bench.REPLICA);
        bench.publish(primary, replica);
        assertThat(changed.poll(10, TimeUnit.SECONDS)).isEqualTo(Bench.PRIMARY);
        replica.report(health -> health.getRealtimeStatsBuilder().addTableSchemaChanged("t"));
        primary.report(health -> health.getRealtimeStatsBuilder().setQps(1));
        // a report under way would say what the next one says
        await().until(() -> bench.health(primary).qps() == 1);
        primary.report(health -> health.getRealtimeStatsBuilder().setQps(2).addTableSchemaChanged("t"));
        await().until(() -> bench.health(primary).qps() == 2);
        bench.settle();
        assertThat(changed).containsExactly(Bench.PRIMARY);
    }

    @Test
    void healthError_meansNotServing() {
        FakeTablet tablet = bench.tablet("zone1-101", Bench.REPLICA);
        bench.publish(tablet);
        tablet.report(health -> health.getRealtimeStatsBuilder().setHealthError("replication is broken"));
        awaitServed(Bench.REPLICA, "UNAVAILABLE");
        assertThat(bench.health(tablet).lastError()).isEqualTo("vttablet error: replication is broken");
    }

    @Test
    void typeChange_movesTheTabletToItsNewTarget() {
        FakeTablet tablet = bench.tablet("zone1-101", Bench.REPLICA);
        bench.publish(tablet);
        awaitServed(Bench.REPLICA, "zone1-0000000101");
        tablet.report(health -> health.setTarget(Bench.PRIMARY.proto()).setPrimaryTermStartTimestamp(5));
        awaitServed(Bench.PRIMARY, "zone1-0000000101");
        awaitServed(Bench.REPLICA, "UNAVAILABLE");
        assertThat(bench.registry
                        .get("vtgate.healthcheck.primary.promoted")
                        .tags("keyspace", "commerce", "shard_name", "0")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void twoPrimaries_theGreaterTermWins_andALesserOneNeverStandsIn() throws Exception {
        FakeTablet old = bench.tablet("zone1-100", Bench.PRIMARY);
        FakeTablet next = bench.tablet("zone1-101", Bench.PRIMARY);
        next.report(health -> health.setPrimaryTermStartTimestamp(2000));
        bench.publish(old, next);
        assertThat(served(Bench.PRIMARY)).isEqualTo("zone1-0000000101");
        old.report(health -> health.getRealtimeStatsBuilder().setQps(1));
        await().until(() -> bench.health(old).qps() == 1);
        bench.settle();
        assertThat(served(Bench.PRIMARY)).isEqualTo("zone1-0000000101");
        next.serving(false);
        awaitServed(Bench.PRIMARY, "CLUSTER_EVENT");
        old.report(health -> health.setPrimaryTermStartTimestamp(3000));
        awaitServed(Bench.PRIMARY, "zone1-0000000100");
    }

    @Test
    void killedTablet_leavesRotation_andComesBackByItself() {
        FakeTablet tablet = bench.tablet("zone1-100", Bench.PRIMARY);
        bench.publish(tablet);
        tablet.kill();
        awaitServed(Bench.PRIMARY, "CLUSTER_EVENT");
        assertThat(bench.health(tablet).heard()).isFalse();
        tablet.restart();
        awaitServed(Bench.PRIMARY, "zone1-0000000100");
        assertThat(bench.registry
                        .get("vtgate.healthcheck.errors")
                        .tags("tablet_type", "primary")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void frozenTablet_leavesRotationInTime_andItsReadsMoveOn() throws Exception {
        FakeTablet one = bench.tablet("zone1-101", Bench.REPLICA);
        FakeTablet two = bench.tablet("zone1-102", Bench.REPLICA);
        bench.publish(one, two);
        one.freeze();
        long start = System.nanoTime();
        List<Answer<io.vitess.proto.Query.QueryResult>> answers = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> bench.execute(bench.call(Bench.REPLICA)))
                .toList();
        for (Answer<io.vitess.proto.Query.QueryResult> answer : answers) {
            assertThat(answer.get().getInfo()).isEqualTo("zone1-0000000102");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.plusSeconds(2));
        assertThat(bench.health(one).lastError()).startsWith("healthcheck timed out (latest ");
        one.thaw();
        await().until(() -> bench.health(one).serving());
    }

    @Test
    void deafTablet_reportsHealth_butItsReadsMoveOn() throws Exception {
        FakeTablet one = bench.tablet("zone1-101", Bench.REPLICA);
        FakeTablet two = bench.tablet("zone1-102", Bench.REPLICA);
        bench.publish(one, two);
        one.deafen();
        long start = System.nanoTime();
        List<Answer<io.vitess.proto.Query.QueryResult>> answers = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> bench.execute(bench.call(Bench.REPLICA)))
                .toList();
        int[] reports = {0};
        await().pollInterval(TIMEOUT.dividedBy(16)).until(() -> {
            one.report(health -> health.getRealtimeStatsBuilder().setQps(++reports[0]));
            return answers.stream().allMatch(answer -> answer.value.isDone());
        });
        for (Answer<io.vitess.proto.Query.QueryResult> answer : answers) {
            assertThat(answer.get().getInfo()).isEqualTo("zone1-0000000102");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.plusSeconds(2));
        assertThat(bench.registry.get("vtgate.healthcheck.errors").counters()).hasSize(1);
        one.thaw();
        await().until(() -> bench.health(one).serving());
    }

    @Test
    void slowTablet_thatAnswersWhenAsked_staysHoweverLongItsCallsTake() throws Exception {
        FakeTablet tablet = bench.tablet("zone1-101", Bench.REPLICA);
        bench.publish(tablet);
        tablet.behave(answer -> {});
        Answer<io.vitess.proto.Query.QueryResult> slow = bench.execute(bench.call(Bench.REPLICA));
        await().until(() -> tablet.healthStreams.get() >= 5);
        assertThat(bench.health(tablet).serving()).isTrue();
        assertThat(slow.value.isDone()).isFalse();
        assertThat(bench.registry.find("vtgate.healthcheck.errors").counter()).isNull();
    }

    @Test
    void silentTablet_isAskedAndStays_shortPause_doesNotThrowItOut() throws Exception {
        FakeTablet tablet = bench.tablet("zone1-101", Bench.REPLICA);
        bench.publish(tablet);
        // it reports once only; further health streams are questions
        await().until(() -> tablet.healthStreams.get() >= 4);
        assertThat(bench.health(tablet).serving()).isTrue();
        tablet.freeze();
        long frozen = System.nanoTime();
        await().pollDelay(TIMEOUT.dividedBy(4)).until(() -> true);
        tablet.thaw();
        assumeThat(Duration.ofNanos(System.nanoTime() - frozen))
                .as("the machine kept the pause short")
                .isLessThan(TIMEOUT.dividedBy(2));
        int asked = tablet.healthStreams.get();
        await().until(() -> tablet.healthStreams.get() >= asked + 2);
        assertThat(bench.health(tablet).serving()).isTrue();
        assertThat(bench.registry.find("vtgate.healthcheck.errors").counter()).isNull();
    }

    @Test
    void replacedTablet_oldProcessCannotComeBack() throws Exception {
        FakeTablet old = bench.tablet("zone1-101", Bench.REPLICA);
        FakeTablet replacement = bench.tablet("zone1-101", Bench.REPLICA);
        replacement.behave(answer -> {
            answer.onNext(io.vitess.proto.Query.QueryResult.newBuilder()
                    .setInfo("replacement")
                    .build());
            answer.onCompleted();
        });
        bench.publish(old);
        for (int i = 0; i < 20; i++) {
            bench.publish(replacement);
            old.lag(i);
            assertThat(served(Bench.REPLICA)).isEqualTo("replacement");
            assertThat(bench.health(old).tablet().grpcPort()).isEqualTo(replacement.port());
            bench.publish(old);
            replacement.lag(i);
            assertThat(served(Bench.REPLICA)).isEqualTo("zone1-0000000101");
        }
    }

    @Test
    void removedTablet_isGoneForGood() throws Exception {
        FakeTablet tablet = bench.tablet("zone1-101", Bench.REPLICA);
        bench.publish(tablet);
        bench.execute(bench.call(Bench.REPLICA)).get();
        bench.publish();
        tablet.lag(1);
        bench.settle();
        assertThat(bench.gateway.tablets()).isEmpty();
        assertThat(bench.execute(bench.call(Bench.REPLICA)).error().code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(bench.registry.find("vtgate.vttablet.call").meters()).isEmpty();
        assertThat(bench.registry.find("vtgate.healthcheck.connections").meters())
                .isEmpty();
    }

    @Test
    void anotherProcessAtTheAddress_isNotBelieved() {
        FakeTablet tablet = bench.tablet("zone1-101", Bench.REPLICA);
        Topodata.Tablet wrong = tablet.record().toBuilder()
                .setAlias(Topodata.TabletAlias.newBuilder().setCell("zone1").setUid(999))
                .build();
        bench.topology.records(List.of(wrong));
        await().until(() -> bench.gateway.tablets().get(0).lastError() != null);
        assertThat(bench.gateway.tablets().get(0).lastError()).startsWith("health stats mismatch");
        assertThat(bench.gateway.tablets().get(0).serving()).isFalse();
        awaitServed(Bench.REPLICA, "UNAVAILABLE");
    }

    @Test
    void laggingReplica_servesOnlyWhenTooFewAreFresh() throws Exception {
        FakeTablet[] four = new FakeTablet[4];
        for (int i = 0; i < 4; i++) {
            four[i] = bench.tablet("zone1-10" + i, Bench.REPLICA);
            four[i].lag(i == 3 ? 60 : 1);
        }
        bench.publish(four);
        for (int i = 0; i < 60; i++) {
            served(Bench.REPLICA);
        }
        assertThat(four[3].executed).isEmpty();
        four[0].lag(3 * 3600);
        four[1].lag(3 * 3600);
        await().until(() -> bench.health(four[0]).replicationLagSeconds() > 60
                && bench.health(four[1]).replicationLagSeconds() > 60);
        bench.settle();
        for (int i = 0; i < 60; i++) {
            served(Bench.REPLICA);
        }
        assertThat(four[3].executed).isNotEmpty();
    }

    @Test
    void otherCell_servesPrimaryButNotReplicas() throws Exception {
        FakeTablet primary = bench.tablet("zone2-100", Bench.PRIMARY);
        FakeTablet replica = bench.tablet("zone2-101", Bench.REPLICA);
        bench.publish(primary, replica);
        assertThat(served(Bench.PRIMARY)).isEqualTo("zone2-0000000100");
        assertThat(served(Bench.REPLICA)).isEqualTo("UNAVAILABLE");
    }

    @Test
    void awaitServing_waitsForEveryShardOfTheType() throws Exception {
        assertThat(bench.gateway.awaitServing(Set.of(TabletType.PRIMARY), Duration.ofMillis(50)))
                .isFalse();
        FakeTablet primary = bench.tablet("zone1-100", Bench.PRIMARY);
        bench.topology.tablets(primary);
        assertThat(bench.gateway.awaitServing(Set.of(TabletType.PRIMARY), Duration.ofSeconds(10)))
                .isTrue();
        assertThat(bench.gateway.awaitServing(Set.of(TabletType.PRIMARY, TabletType.REPLICA), Duration.ofMillis(50)))
                .isFalse();
    }

    @Test
    void tabletsAreCounted_byTypeAndState() {
        FakeTablet primary = bench.tablet("zone1-100", Bench.PRIMARY);
        FakeTablet replica = bench.tablet("zone1-101", Bench.REPLICA);
        replica.serving(false);
        bench.publish(primary, replica);
        assertThat(tablets("primary", "serving")).isEqualTo(1);
        assertThat(tablets("replica", "not_serving")).isEqualTo(1);
        assertThat(tablets("replica", "serving")).isZero();
        bench.publish(primary);
        assertThat(tablets("replica", "not_serving")).isZero();
    }

    private double tablets(String type, String state) {
        return bench.registry
                .get("vtgate.tablets")
                .tags("tablet_type", type, "state", state)
                .gauge()
                .value();
    }
}
