package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.vitess.proto.Query.BeginExecuteResponse;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.ReleaseResponse;
import io.vitess.proto.Vtrpc;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TabletCallsTest {
    private final Bench bench = new Bench(Map.of("healthcheck-timeout", "800ms"));
    private final FakeTablet primary = bench.tablet("zone1-100", Bench.PRIMARY);

    @BeforeEach
    void publish() {
        bench.publish(primary);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void execute_sendsEverythingAndAnswersOnTheCallsLoop() throws Exception {
        Answer<QueryResult> answer = new Answer<>();
        Thread[] loopThread = new Thread[1];
        bench.loop
                .submit(() -> {
                    loopThread[0] = Thread.currentThread();
                    bench.gateway.execute(
                            bench.call(Bench.PRIMARY), Bench.query("select 7"), Bench.options(), 0, 0, answer);
                })
                .sync();
        assertThat(answer.get().getInfo()).isEqualTo("zone1-0000000100");
        assertThat(answer.thread).isSameAs(loopThread[0]);
        assertThat(primary.executed).singleElement().satisfies(request -> {
            assertThat(request.getQuery().getSql()).isEqualTo("select 7");
            assertThat(request.getTarget()).isEqualTo(Bench.PRIMARY.proto());
            assertThat(request.getImmediateCallerId().getUsername()).isEqualTo("user");
        });
    }

    @Test
    void execute_fromAnotherThread_answersOnTheCallsLoop() throws Exception {
        Answer<QueryResult> answer = bench.execute(bench.call(Bench.PRIMARY));
        answer.get();
        assertThat(bench.loop
                        .submit(() -> answer.thread == Thread.currentThread())
                        .get())
                .isTrue();
    }

    @Test
    void execute_tabletsError_keepsCodeAndTextWithGosWrapping() throws Exception {
        primary.fail(Status.ALREADY_EXISTS.withDescription(
                "Duplicate entry '1' for key 'PRIMARY' (errno 1062) (sqlstate 23000)"));
        VtException error = bench.execute(bench.call(Bench.PRIMARY)).error();
        assertThat(error.code()).isEqualTo(Code.ALREADY_EXISTS);
        assertThat(error.errno()).isEqualTo(1062);
        assertThat(error.sqlState()).isEqualTo("23000");
        assertThat(error)
                .hasMessage(
                        "target: commerce.0.primary: vttablet: rpc error: code = AlreadyExists desc = Duplicate entry '1' for key"
                                + " 'PRIMARY' (errno 1062) (sqlstate 23000)");
    }

    @Test
    void execute_clusterEventInText_isRecognised() throws Exception {
        primary.fail(Status.UNKNOWN.withDescription("operation not allowed in state NOT_SERVING"));
        VtException error = bench.execute(bench.call(Bench.PRIMARY)).error();
        assertThat(error.code()).isEqualTo(Code.CLUSTER_EVENT);
        assertThat(error)
                .hasMessage(
                        "target: commerce.0.primary: vttablet: rpc error: code = Code(17) desc = operation not allowed in state"
                                + " NOT_SERVING");
    }

    @Test
    void execute_deadline_endsTheCallAndTellsTheTablet() throws Exception {
        primary.behave(answer -> {});
        long start = System.nanoTime();
        VtException error = bench.execute(bench.call(Bench.PRIMARY, null, TimeUnit.MILLISECONDS.toNanos(100), false))
                .error();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(error.code()).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(error.errno()).isEqualTo(1317);
        assertThat(error)
                .hasMessage(
                        "target: commerce.0.primary: vttablet: rpc error: code = DeadlineExceeded desc = context deadline"
                                + " exceeded");
        await().until(() -> primary.cancelled.get() == 1);
    }

    @Test
    void cancel_endsTheCallAndTellsTheTablet() throws Exception {
        primary.behave(answer -> {});
        Answer<QueryResult> answer = new Answer<>();
        CallHandle handle = bench.gateway.execute(
                bench.call(Bench.PRIMARY), Bench.query("select sleep(100)"), Bench.options(), 0, 0, answer);
        await().until(() -> primary.executed.size() == 1);
        handle.cancel();
        assertThat(answer.error().code()).isEqualTo(Code.CANCELED);
        await().until(() -> primary.cancelled.get() == 1);
        assertThat(bench.health(primary).inFlight()).isZero();
        handle.cancel();
    }

    @Test
    void cancel_ofACallThatOpensATransaction_stillBringsItsId() throws Exception {
        CompletableFuture<StreamObserver<QueryResult>> waiting = new CompletableFuture<>();
        primary.behave(waiting::complete);
        Answer<BeginExecuteReply> answer = new Answer<>();
        CallHandle handle = bench.gateway.beginExecute(
                bench.call(Bench.PRIMARY), List.of(), Bench.query("update t"), Bench.options(), 0, answer);
        StreamObserver<QueryResult> tablet = waiting.get(10, TimeUnit.SECONDS);
        handle.cancel();
        tablet.onNext(QueryResult.getDefaultInstance());
        tablet.onCompleted();
        assertThat(answer.get().transactionId()).isEqualTo(77);
    }

    @Test
    void cancel_ofACallThatOpensATransaction_endsItSoon() throws Exception {
        primary.behave(answer -> {});
        Answer<BeginExecuteReply> answer = new Answer<>();
        CallHandle handle = bench.gateway.beginExecute(
                bench.call(Bench.PRIMARY), List.of(), Bench.query("select sleep(100)"), Bench.options(), 0, answer);
        await().until(() -> primary.begun.size() == 1);
        handle.cancel();
        assertThat(answer.error().code()).isEqualTo(Code.CANCELED);
    }

    @Test
    void statementOfATransaction_thatIsInUse_isTriedAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        primary.behave(tablet -> {
            if (tries.incrementAndGet() < 3) {
                tablet.onError(Status.ABORTED
                        .withDescription("transaction 77: in use: for query")
                        .asRuntimeException());
            } else {
                tablet.onNext(QueryResult.getDefaultInstance());
                tablet.onCompleted();
            }
        });
        Answer<QueryResult> answer = new Answer<>();
        bench.gateway.execute(
                bench.call(Bench.PRIMARY, primary.alias, 0, false),
                Bench.query("rollback to a"),
                Bench.options(),
                77,
                0,
                answer);
        answer.get();
        assertThat(tries).hasValue(3);
    }

    @Test
    void execute_inATransactionThatIsGone_isNotTriedAgain() throws Exception {
        primary.fail(Status.ABORTED.withDescription("transaction 77: ended at 2026-01-01 (exceeded timeout: 30s)"));
        Answer<QueryResult> answer = new Answer<>();
        bench.gateway.execute(
                bench.call(Bench.PRIMARY, primary.alias, 0, false),
                Bench.query("update t"),
                Bench.options(),
                77,
                0,
                answer);
        assertThat(answer.error().code()).isEqualTo(Code.ABORTED);
        assertThat(primary.executed).hasSize(1);
    }

    @Test
    void execute_answerLargerThanTheLimit_isNetPacketTooLarge() throws Exception {
        primary.behave(answer -> {
            answer.onNext(QueryResult.newBuilder().setInfo("x".repeat(17 << 20)).build());
            answer.onCompleted();
        });
        VtException error = bench.execute(bench.call(Bench.PRIMARY)).error();
        assertThat(error.code()).isEqualTo(Code.RESOURCE_EXHAUSTED);
        assertThat(error.errno()).isEqualTo(1153);
        assertThat(error.getMessage()).contains("grpc: received message larger than max (");
    }

    @Test
    void execute_requestLargerThanTheLimit_isRefusedHere() throws Exception {
        Answer<QueryResult> answer = new Answer<>();
        bench.gateway.execute(
                bench.call(Bench.PRIMARY), Bench.query("x".repeat(17 << 20)), Bench.options(), 0, 0, answer);
        assertThat(answer.error().errno()).isEqualTo(1153);
        assertThat(primary.executed).isEmpty();
    }

    @Test
    void pinnedCall_goesToItsTabletOnly() throws Exception {
        FakeTablet other = bench.tablet("zone1-101", Bench.REPLICA);
        bench.publish(primary, other);
        Call pinned = bench.call(Bench.PRIMARY, other.alias, 0, false);
        assertThat(bench.execute(pinned, 77, 0).get().getInfo()).isEqualTo("zone1-0000000101");
        assertThat(other.executed.get(0).getTransactionId()).isEqualTo(77);
    }

    @Test
    void pinnedCall_toATabletThatIsGone_isNotFound() throws Exception {
        Call pinned = bench.call(Bench.PRIMARY, TabletAlias.parse("zone1-999"), 0, false);
        VtException error = bench.execute(pinned, 77, 0).error();
        assertThat(error.code()).isEqualTo(Code.NOT_FOUND);
        assertThat(error)
                .hasMessage("target: commerce.0.primary: tablet: cell:\"zone1\" uid:999 is either down or nonexistent");
    }

    @Test
    void pinnedCall_isNeverRetried() throws Exception {
        FakeTablet one = bench.tablet("zone1-101", Bench.REPLICA);
        FakeTablet two = bench.tablet("zone1-102", Bench.REPLICA);
        bench.publish(primary, one, two);
        one.fail(Status.UNAVAILABLE.withDescription("no"));
        Call pinned = bench.call(Bench.REPLICA, one.alias, 0, true);
        assertThat(bench.execute(pinned).error().code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(two.executed).isEmpty();
    }

    @Test
    void unknownTarget_hasNoHealthyTablet() throws Exception {
        VtException error = bench.execute(bench.call(Bench.REPLICA)).error();
        assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(error)
                .hasMessage(
                        "target: commerce.0.replica: no healthy tablet available for 'keyspace:\"commerce\" shard:\"0\""
                                + " tablet_type:REPLICA'");
    }

    @Test
    void transaction_beginCommitRollback_carryTheirIds() throws Exception {
        Answer<BeginReply> begin = new Answer<>();
        bench.gateway.begin(bench.call(Bench.PRIMARY), Bench.options(), begin);
        assertThat(begin.get()).isEqualTo(new BeginReply(77, primary.alias, ""));

        Call pinned = bench.call(Bench.PRIMARY, primary.alias, 0, false);
        Answer<Long> commit = new Answer<>();
        bench.gateway.commit(pinned, 77, commit);
        assertThat(commit.get()).isEqualTo(5);
        Answer<Long> rollback = new Answer<>();
        bench.gateway.rollback(pinned, 78, rollback);
        assertThat(rollback.get()).isEqualTo(6);
        assertThat(primary.committed).containsExactly(77L);
        assertThat(primary.rolledBack).containsExactly(78L);
    }

    @Test
    void reservedConnections_carryTheirIds() throws Exception {
        Answer<ReserveExecuteReply> reserve = new Answer<>();
        bench.gateway.reserveExecute(
                bench.call(Bench.PRIMARY), List.of("set x=1"), Bench.query("q"), Bench.options(), 0, reserve);
        assertThat(reserve.get().reservedId()).isEqualTo(88);
        Answer<ReserveBeginExecuteReply> both = new Answer<>();
        bench.gateway.reserveBeginExecute(
                bench.call(Bench.PRIMARY), List.of(), List.of(), Bench.query("q"), Bench.options(), both);
        assertThat(both.get().reservedId()).isEqualTo(88);
        assertThat(both.get().transactionId()).isEqualTo(77);
        Answer<ReleaseResponse> release = new Answer<>();
        bench.gateway.release(bench.call(Bench.PRIMARY, primary.alias, 0, false), 77, 88, release);
        assertThat(release.get()).isNotNull();
    }

    @Test
    void beginExecute_statementFailsInTheTransaction_bothComeBack() throws Exception {
        primary.answerBegin(BeginExecuteResponse.newBuilder()
                .setError(error(Vtrpc.Code.ALREADY_EXISTS, "Duplicate entry (errno 1062) (sqlstate 23000)"))
                .setTransactionId(77));
        BeginExecuteReply reply = beginExecute().get();
        assertThat(reply.transactionId()).isEqualTo(77);
        assertThat(reply.alias()).isEqualTo(primary.alias);
        assertThat(reply.result()).isNull();
        assertThat(reply.error())
                .isNotNull()
                .hasMessage("target: commerce.0.primary: vttablet: Duplicate entry (errno 1062) (sqlstate 23000)");
        assertThat(reply.error().errno()).isEqualTo(1062);
    }

    @Test
    void beginExecute_noTransactionCameAbout_isAFailure() throws Exception {
        primary.answerBegin(BeginExecuteResponse.newBuilder()
                .setError(error(Vtrpc.Code.CLUSTER_EVENT, "operation not allowed in state SHUTTING_DOWN")));
        VtException error = beginExecute().error();
        assertThat(error.code()).isEqualTo(Code.CLUSTER_EVENT);
        assertThat(error)
                .hasMessage("target: commerce.0.primary: vttablet: operation not allowed in state SHUTTING_DOWN");
    }

    private Answer<BeginExecuteReply> beginExecute() {
        Answer<BeginExecuteReply> answer = new Answer<>();
        bench.gateway.beginExecute(
                bench.call(Bench.PRIMARY), List.of("savepoint a"), Bench.query("q"), Bench.options(), 0, answer);
        return answer;
    }

    private static Vtrpc.RPCError error(Vtrpc.Code code, String message) {
        return Vtrpc.RPCError.newBuilder().setCode(code).setMessage(message).build();
    }

    @Test
    void callsAreCounted_byOperationAndTarget() throws Exception {
        bench.execute(bench.call(Bench.PRIMARY)).get();
        primary.fail(Status.ALREADY_EXISTS);
        bench.execute(bench.call(Bench.PRIMARY)).error();
        primary.fail(Status.INTERNAL);
        bench.execute(bench.call(Bench.PRIMARY)).error();
        String[] tags = {"operation", "Execute", "keyspace", "commerce", "shard_name", "0", "db_type", "primary"};
        assertThat(bench.registry
                        .get("vtgate.vttablet.call")
                        .tags(tags)
                        .summary()
                        .count())
                .isEqualTo(3);
        assertThat(bench.registry
                        .get("vtgate.vttablet.call.error.count")
                        .tags(tags)
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void typeThatIsNotAllowed_isRefused() throws Exception {
        try (Bench strict = new Bench(Map.of("allowed-tablet-types", "replica,primary"))) {
            VtException error = strict.execute(strict.call(new Target("commerce", "0", TabletType.RDONLY)))
                    .error();
            assertThat(error.code()).isEqualTo(Code.FAILED_PRECONDITION);
            assertThat(error)
                    .hasMessage(
                            "target: commerce.0.rdonly: requested tablet type RDONLY is not part of the allowed tablet types"
                                    + " for this vtgate: [PRIMARY REPLICA]");
        }
    }

    @Test
    void close_endsCallsInFlight() throws Exception {
        primary.behave(answer -> {});
        Answer<QueryResult> answer = bench.execute(bench.call(Bench.PRIMARY));
        await().until(() -> primary.executed.size() == 1);
        bench.gateway.close();
        assertThat(answer.error().code()).isEqualTo(Code.UNAVAILABLE);
    }
}
