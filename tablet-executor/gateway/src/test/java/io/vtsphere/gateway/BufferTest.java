package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.vitess.proto.Query.QueryResult;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BufferTest {
    private static final Status NOT_SERVING =
            Status.UNKNOWN.withDescription("operation not allowed in state NOT_SERVING");

    private Bench bench = new Bench(flags());
    private FakeTablet old = bench.tablet("zone1-100", Bench.PRIMARY);
    private FakeTablet next = bench.tablet("zone1-101", Bench.REPLICA);

    private static Map<String, String> flags(String... more) {
        Map<String, String> flags = new HashMap<>(Map.of(
                "enable-buffer", "true",
                "healthcheck-timeout", "800ms",
                "buffer-max-failover-duration", "10s"));
        for (int i = 0; i < more.length; i += 2) {
            flags.put(more[i], more[i + 1]);
        }
        return flags;
    }

    private void reopen(String... more) {
        bench.close();
        bench = new Bench(flags(more));
        old = bench.tablet("zone1-100", Bench.PRIMARY);
        next = bench.tablet("zone1-101", Bench.REPLICA);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private void demote() {
        old.fail(NOT_SERVING);
        old.serving(false);
    }

    private void promote() {
        next.report(health -> health.setTarget(Bench.PRIMARY.proto()).setPrimaryTermStartTimestamp(2000));
    }

    private double count(String name, String... tags) {
        var counter = bench.registry.find("vtgate.buffer." + name).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    private Answer<QueryResult> write() {
        return bench.execute(bench.call(Bench.PRIMARY));
    }

    /** Makes a call that is held for certain. */
    private Answer<QueryResult> held() {
        double before = count("requests.buffered");
        Answer<QueryResult> answer = write();
        await().pollInterval(Duration.ofMillis(2)).until(() -> count("requests.buffered") == before + 1);
        return answer;
    }

    @Test
    void plannedReparent_underLoad_failsNoStatement() throws Exception {
        bench.publish(old, next);
        List<Answer<QueryResult>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(write());
            if (i == 50) {
                demote();
            }
            if (i == 200) {
                promote();
            }
            await().pollInterval(Duration.ofMillis(1))
                    .pollDelay(Duration.ofMillis(1))
                    .until(() -> true);
        }
        for (Answer<QueryResult> answer : answers) {
            assertThat(answer.get().getInfo()).startsWith("zone1-");
        }
        assertThat(next.executed).isNotEmpty();
        assertThat(count("starts")).isEqualTo(1);
        assertThat(count("stops", "reason", "NewPrimarySeen")).isEqualTo(1);
        assertThat(count("requests.buffered")).isPositive().isEqualTo(count("requests.drained"));
    }

    @Test
    void staleReportOfTheOldPrimary_doesNotEndTheFailover() throws Exception {
        bench.publish(old, next);
        old.fail(NOT_SERVING);
        Answer<QueryResult> answer = held();
        old.report(health -> health.getRealtimeStatsBuilder().setQps(5));
        await().until(() -> bench.health(old).qps() == 5);
        bench.settle();
        assertThat(answer.value).isNotDone();
        promote();
        assertThat(answer.get().getInfo()).isEqualTo("zone1-0000000101");
    }

    @Test
    void failoverIsCalledOff_theOldPrimaryServesAgain() throws Exception {
        bench.publish(old);
        demote();
        Answer<QueryResult> answer = held();
        await().until(() -> !bench.health(old).serving());
        old.behave(old::answerWell);
        old.serving(true);
        assertThat(answer.get().getInfo()).isEqualTo("zone1-0000000100");
    }

    @Test
    void heldCalls_runFirstInFirstOut_oneAtATime() throws Exception {
        bench.publish(old, next);
        demote();
        List<Answer<QueryResult>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Answer<QueryResult> answer = new Answer<>();
            bench.gateway.execute(bench.call(Bench.PRIMARY), Bench.query("insert " + i), Bench.options(), 0, 0, answer);
            answers.add(answer);
            int number = i;
            await().pollInterval(Duration.ofMillis(2)).until(() -> count("requests.buffered") == number + 1);
        }
        promote();
        for (Answer<QueryResult> answer : answers) {
            answer.get();
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            expected.add("insert " + i);
        }
        assertThat(next.executed.stream().map(request -> request.getQuery().getSql()))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void fullBuffer_givesUpItsOldest() throws Exception {
        reopen("buffer-size", "2");
        bench.publish(old, next);
        demote();
        Answer<QueryResult> first = held();
        Answer<QueryResult> second = held();
        Answer<QueryResult> third = held();
        VtException error = first.error();
        assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(error.getMessage())
                .startsWith(
                        "target: commerce.0.primary: failed to automatically buffer and retry failed request during failover."
                                + " original err (type=*vterrors.fundamental): ")
                .endsWith(": buffer full: request evicted for newer request");
        promote();
        second.get();
        third.get();
    }

    @Test
    void window_endsTheWait_andTheCallIsTried() throws Exception {
        reopen("buffer-window", "1s");
        bench.publish(old);
        demote();
        long start = System.nanoTime();
        VtException error = write().error();
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(990), Duration.ofSeconds(4));
        assertThat(error.code()).isEqualTo(Code.CLUSTER_EVENT);
        assertThat(count("requests.evicted", "reason", "WindowExceeded")).isEqualTo(1);
    }

    @Test
    void failoverThatTakesTooLong_isGivenUp_andNotBegunAnewAtOnce() throws Exception {
        reopen("buffer-window", "1s", "buffer-max-failover-duration", "1s");
        bench.publish(old);
        demote();
        assertThat(write().error().code()).isEqualTo(Code.CLUSTER_EVENT);
        await().until(() -> count("stops", "reason", "MaxDurationExceeded") == 1);
        long start = System.nanoTime();
        assertThat(write().error().getMessage())
                .isEqualTo(
                        "target: commerce.0.primary: primary is not serving, there may be a reparent operation in progress");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
        assertThat(count("requests.skipped", "reason", "LastFailoverTooRecent")).isPositive();
    }

    @Test
    void deadlineAndCancel_endTheWait() throws Exception {
        bench.publish(old);
        demote();
        held();
        Answer<QueryResult> late =
                bench.execute(bench.call(Bench.PRIMARY, null, TimeUnit.MILLISECONDS.toNanos(100), false));
        assertThat(late.error().getMessage())
                .endsWith("context was canceled before failover finished: context deadline exceeded");
        Answer<QueryResult> given = new Answer<>();
        double before = count("requests.buffered");
        CallHandle handle =
                bench.gateway.execute(bench.call(Bench.PRIMARY), Bench.query("q"), Bench.options(), 0, 0, given);
        await().until(() -> count("requests.buffered") == before + 1);
        handle.cancel();
        assertThat(given.error().getMessage())
                .endsWith("context was canceled before failover finished: context canceled");
        assertThat(count("requests.evicted", "reason", "ContextDone")).isEqualTo(2);
    }

    @Test
    void transactions_areNeverHeld() throws Exception {
        bench.publish(old);
        demote();
        held();
        assertThat(bench.execute(bench.call(Bench.PRIMARY), 7, 0).error().code())
                .isEqualTo(Code.CLUSTER_EVENT);
    }

    @Test
    void otherShards_areUntouched() throws Exception {
        bench.topology.shards("-80", "80-");
        Target one = new Target("commerce", "-80", TabletType.PRIMARY);
        Target two = new Target("commerce", "80-", TabletType.PRIMARY);
        FakeTablet first = bench.tablet("zone1-200", one);
        FakeTablet second = bench.tablet("zone1-300", two);
        bench.publish(first, second);
        first.fail(NOT_SERVING);
        first.serving(false);
        Answer<QueryResult> waiting = bench.execute(bench.call(one));
        await().until(() -> count("requests.buffered") == 1);
        assertThat(bench.execute(bench.call(two)).get().getInfo()).isEqualTo("zone1-0000000300");
        assertThat(waiting.value).isNotDone();
    }

    @Test
    void shardThatIsSplit_failsWhatItHoldsOnceAllNewShardsServe_soThatItIsPlannedAnew() throws Exception {
        Target one = new Target("commerce", "-80", TabletType.PRIMARY);
        Target two = new Target("commerce", "80-", TabletType.PRIMARY);
        FakeTablet first = bench.tablet("zone1-200", one);
        FakeTablet second = bench.tablet("zone1-300", two);
        second.serving(false);
        bench.publish(old, first, second);
        demote();
        Answer<QueryResult> answer = held();
        bench.topology.shards("-80", "80-");
        bench.settle();
        assertThat(answer.value).isNotDone();
        second.serving(true);
        assertThat(answer.error().getMessage()).endsWith("destination shard is missing after a resharding operation");
        assertThat(count("stops", "reason", "ReshardingComplete")).isEqualTo(1);
        assertThat(bench.execute(bench.call(two)).get().getInfo()).isEqualTo("zone1-0000000300");
    }

    @Test
    void shardWhoseRangeAnotherServes_isBeingResharded() throws Exception {
        bench.topology.shards("-80", "80-");
        Target half = new Target("commerce", "-80", TabletType.PRIMARY);
        Target quarter = new Target("commerce", "-40", TabletType.PRIMARY);
        FakeTablet source = bench.tablet("zone1-200", half);
        FakeTablet destination = bench.tablet("zone1-201", quarter);
        destination.serving(false);
        FakeTablet other = bench.tablet("zone1-300", new Target("commerce", "80-", TabletType.PRIMARY));
        bench.publish(source, destination, other);
        // the cut-over: the source stops, a destination serves, the serving graph still names the source
        source.serving(false);
        destination.serving(true);
        await().until(() ->
                !bench.health(source).serving() && bench.health(destination).serving());
        bench.settle();
        Answer<QueryResult> answer = bench.execute(bench.call(half));
        await().until(() -> count("requests.buffered") == 1);
        bench.topology.shards("-40", "80-");
        assertThat(answer.error().getMessage())
                .contains("current keyspace is being resharded")
                .endsWith("destination shard is missing after a resharding operation");
    }

    @Test
    void dryRun_countsWhatItWouldHold_andHoldsNothing() throws Exception {
        reopen("enable-buffer-dry-run", "true", "buffer-keyspace-shards", "commerce/-80");
        bench.publish(old, next);
        demote();
        await().until(() -> write().error().code() == Code.CLUSTER_EVENT && count("starts") == 1);
        assertThat(count("requests.buffered")).isZero();
        assertThat(count("requests.buffered.dry.run")).isPositive();
        promote();
        await().until(() -> count("stops", "reason", "NewPrimarySeen") == 1);
    }

    @Test
    void gauges_tellOfTheLastFailover() {
        bench.publish(old, next);
        demote();
        held();
        held();
        promote();
        await().until(() -> count("stops", "reason", "NewPrimarySeen") == 1);
        assertThat(bench.registry
                        .get("vtgate.buffer.last.requests.in.flight.max")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(bench.registry
                        .get("vtgate.buffer.last.failover.duration.ms")
                        .gauge()
                        .value())
                .isNotNegative();
        assertThat(bench.registry.get("vtgate.buffer.size").gauge().value()).isEqualTo(1000);
    }

    @Test
    void recordOfTheDeadPrimaryIsDeleted_callsAreStillHeld() throws Exception {
        bench.publish(old, next);
        demote();
        Answer<QueryResult> answer = held();
        bench.publish(next);
        Answer<QueryResult> later = held();
        promote();
        assertThat(answer.get().getInfo()).isEqualTo("zone1-0000000101");
        assertThat(later.get().getInfo()).isEqualTo("zone1-0000000101");
    }

    @Test
    void primaryIsKilled_unplannedOff_failsAtOnce() throws Exception {
        bench.publish(old);
        old.behave(answer -> {});
        Answer<QueryResult> inFlight = write();
        await().until(() -> old.executed.size() == 1);
        old.kill();
        assertThat(inFlight.error().code()).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void primaryIsKilledAndRestarted_unplannedOn_failsOnlyWhatMayHaveRun() throws Exception {
        reopen("buffer-unplanned", "true", "buffer-drain-concurrency", "8");
        bench.publish(old);
        old.behave(answer -> {});
        Answer<QueryResult> inFlight = write();
        Answer<QueryResult> readInFlight = bench.execute(bench.call(Bench.PRIMARY, null, 0, true));
        await().until(() -> old.executed.size() == 2);
        old.kill();
        assertThat(inFlight.error().code()).isEqualTo(Code.UNAVAILABLE);
        List<Answer<QueryResult>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(write());
        }
        await().until(() -> count("requests.buffered") == 51);
        old.behave(old::answerWell);
        old.restart();
        assertThat(readInFlight.get().getInfo()).isEqualTo("zone1-0000000100");
        for (Answer<QueryResult> answer : answers) {
            assertThat(answer.get().getInfo()).isEqualTo("zone1-0000000100");
        }
    }

    @Test
    void close_releasesHeldCallsWithAnError() throws Exception {
        bench.publish(old);
        demote();
        Answer<QueryResult> answer = held();
        bench.gateway.close();
        assertThat(answer.error().getMessage()).endsWith("the gateway is shutting down");
    }
}
