package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.vitess.proto.Query.BeginExecuteResponse;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.ReleaseResponse;
import io.vitess.proto.Vtrpc;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which failures move a call to another tablet: the table of the retry rules. */
class RetryTest {
    private final Bench bench = new Bench(Map.of("vtgate-balancer-mode", "cell"));
    private final FakeTablet one = bench.tablet("zone1-101", Bench.REPLICA);
    private final FakeTablet two = bench.tablet("zone1-102", Bench.REPLICA);

    @AfterEach
    void close() {
        bench.close();
    }

    /** Both tablets fail the first time they are asked; how often were they asked in all? */
    private int attempts(Answer<?> answer, int[] asked) throws Exception {
        answer.error();
        return asked[0];
    }

    private int[] failing(Status status) {
        bench.publish(one, two);
        int[] asked = {0};
        for (FakeTablet tablet : List.of(one, two)) {
            tablet.behave(answer -> {
                synchronized (asked) {
                    asked[0]++;
                }
                answer.onError(status.asRuntimeException());
            });
        }
        return asked;
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, gone, 2",
        "FAILED_PRECONDITION, 'wrong tablet type: PRIMARY, want: REPLICA or []', 2",
        "UNKNOWN, operation not allowed in state NOT_SERVING, 2",
        "UNKNOWN, operation not allowed in state SHUTTING_DOWN, 2",
        "UNKNOWN, The MySQL server is running with the --read-only option (errno 1290) (sqlstate HY000), 2",
        "UNKNOWN, something else, 1",
        "INVALID_ARGUMENT, syntax error, 1",
        "ALREADY_EXISTS, Duplicate entry, 1",
        "RESOURCE_EXHAUSTED, pool, 2",
        "RESOURCE_EXHAUSTED, 'grpc: received message larger than max (9 vs. 8)', 1",
        "ABORTED, deadlock, 2",
        "ABORTED, Row count exceeded 10000, 1",
        "DEADLINE_EXCEEDED, lock wait, 1",
        "CANCELED, lost, 1",
        "INTERNAL, bug, 1",
    })
    void execute_movesOnlyWhereAnotherTabletMayServe(String code, String text, int attempts) throws Exception {
        Status status = Status.fromCode(Status.Code.valueOf(code.equals("CANCELED") ? "CANCELLED" : code))
                .withDescription(text);
        int[] asked = failing(status);
        assertThat(attempts(bench.execute(bench.call(Bench.REPLICA)), asked)).isEqualTo(attempts);
    }

    @ParameterizedTest
    @CsvSource({"RESOURCE_EXHAUSTED", "ABORTED"})
    void refusedRead_anotherReplicaAnswers(String code) throws Exception {
        bench.publish(one, two);
        one.fail(Status.fromCode(Status.Code.valueOf(code)).withDescription("not now"));
        for (int i = 0; i < 20; i++) {
            assertThat(bench.execute(bench.call(Bench.REPLICA)).get().getInfo()).isEqualTo(two.alias.toString());
        }
        assertThat(one.executed).isNotEmpty();
    }

    /** A primary refuses the first {@code times} calls; the answer or its code, and how often it was asked. */
    private static String refusing(String mode, int times, boolean readOnly) throws Exception {
        try (Bench bench = new Bench(Map.of("retry-refused-reads", mode))) {
            FakeTablet primary = bench.tablet("zone1-100", Bench.PRIMARY);
            bench.publish(primary);
            primary.behave(answer -> {
                if (primary.executed.size() <= times) {
                    answer.onError(
                            Status.RESOURCE_EXHAUSTED.withDescription("pool").asRuntimeException());
                } else {
                    primary.answerWell(answer);
                }
            });
            Answer<QueryResult> answer = bench.execute(bench.call(Bench.PRIMARY, null, 0, readOnly));
            String outcome;
            try {
                outcome = answer.get().getInfo();
            } catch (VtException e) {
                outcome = e.code().name();
            }
            return outcome + " " + primary.executed.size();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "never, 1, true, RESOURCE_EXHAUSTED 1",
        "replicas, 1, true, RESOURCE_EXHAUSTED 1",
        "all, 2, true, zone1-0000000100 3",
        "all, 3, true, RESOURCE_EXHAUSTED 3",
        "all, 1, false, RESOURCE_EXHAUSTED 1",
    })
    void refusedByAPrimary_onlyReadsComeBack_ifWanted(String mode, int refusals, boolean readOnly, String outcome)
            throws Exception {
        assertThat(refusing(mode, refusals, readOnly)).isEqualTo(outcome);
    }

    @Test
    void refusedRead_asInVtgate_isTheClients() throws Exception {
        try (Bench vtgate = new Bench(Map.of("retry-refused-reads", "never"))) {
            FakeTablet left = vtgate.tablet("zone1-101", Bench.REPLICA);
            FakeTablet right = vtgate.tablet("zone1-102", Bench.REPLICA);
            left.fail(Status.RESOURCE_EXHAUSTED);
            right.fail(Status.RESOURCE_EXHAUSTED);
            vtgate.publish(left, right);
            assertThat(vtgate.execute(vtgate.call(Bench.REPLICA)).error().code())
                    .isEqualTo(Code.RESOURCE_EXHAUSTED);
            assertThat(left.executed.size() + right.executed.size()).isEqualTo(1);
        }
    }

    @Test
    void refusedRead_cancelledBetweenTwoTries_isCancelled() throws Exception {
        try (Bench all = new Bench(Map.of("retry-refused-reads", "all", "retry-count", "100"))) {
            FakeTablet primary = all.tablet("zone1-100", Bench.PRIMARY);
            all.publish(primary);
            primary.fail(Status.ABORTED);
            Answer<QueryResult> answer = new Answer<>();
            CallHandle handle = all.gateway.execute(
                    all.call(Bench.PRIMARY, null, 0, true), Bench.query("select 1"), Bench.options(), 0, 0, answer);
            await().until(() -> primary.executed.size() >= 2);
            handle.cancel();
            assertThat(answer.error().code()).isEqualTo(Code.CANCELED);
        }
    }

    private static QueryResult brokenRow() {
        return QueryResult.newBuilder()
                .addRows(io.vitess.proto.Query.Row.newBuilder()
                        .addLengths(1_000)
                        .setValues(ByteString.copyFromUtf8("short")))
                .build();
    }

    private static void sendBrokenRows(FakeTablet tablet) {
        tablet.behave(answer -> {
            answer.onNext(brokenRow());
            answer.onCompleted();
        });
    }

    @Test
    void brokenRows_anotherReplicaIsAsked() throws Exception {
        bench.publish(one, two);
        sendBrokenRows(one);
        for (int i = 0; i < 20; i++) {
            assertThat(bench.execute(bench.call(Bench.REPLICA)).get().getInfo()).isEqualTo("zone1-0000000102");
        }
        sendBrokenRows(two);
        VtException error = bench.execute(bench.call(Bench.REPLICA)).error();
        assertThat(error.code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(error.getMessage()).contains("sent a broken row: values of 1000 bytes in a row of 5");
    }

    @Test
    void brokenRows_ofAStatementThatMayHaveWritten_areItsError() throws Exception {
        FakeTablet primary = bench.tablet("zone1-100", Bench.PRIMARY);
        bench.publish(primary);
        sendBrokenRows(primary);
        assertThat(bench.execute(bench.call(Bench.PRIMARY)).error().code()).isEqualTo(Code.INTERNAL);
        assertThat(primary.executed).hasSize(1);
    }

    /** How to make the call with a transaction id, a reserved id, and how often it is tried. */
    record Row(String name, Action action, int attempts) {
        interface Action {
            Answer<?> call(Bench bench);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> operations() {
        return Stream.of(
                new Row("execute", bench -> bench.execute(bench.call(Bench.REPLICA), 0, 0), 2),
                new Row("execute in a transaction", bench -> bench.execute(bench.call(Bench.REPLICA), 7, 0), 0),
                new Row("execute reserved", bench -> bench.execute(bench.call(Bench.REPLICA), 0, 7), 0),
                new Row("begin", bench -> begin(bench), 2),
                new Row("beginExecute", bench -> beginExecute(bench, 0), 2),
                new Row("beginExecute reserved", bench -> beginExecute(bench, 7), 0),
                new Row("reserveExecute", bench -> reserveExecute(bench, 0), 2),
                new Row("reserveExecute in a transaction", bench -> reserveExecute(bench, 7), 0),
                new Row("reserveBeginExecute", bench -> reserveBeginExecute(bench), 2),
                new Row("release", bench -> release(bench), 0));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void operation_movesOnlyWithoutStateOnTheTablet(Row row) throws Exception {
        int[] asked = failing(Status.UNAVAILABLE.withDescription("gone"));
        assertThat(attempts(row.action().call(bench), asked)).isEqualTo(row.attempts());
    }

    @Test
    void boundCallOnReplicas_withoutItsTablet_isABugOfTheCaller() throws Exception {
        bench.publish(one, two);
        VtException error = bench.execute(bench.call(Bench.REPLICA), 7, 0).error();
        assertThat(error.code()).isEqualTo(Code.INTERNAL);
        assertThat(error)
                .hasMessage(
                        "target: commerce.0.replica: tabletGateway's query service can only be used for non-transactional"
                                + " queries on replicas");
    }

    private static Answer<?> begin(Bench bench) {
        Answer<BeginReply> answer = new Answer<>();
        bench.gateway.begin(bench.call(Bench.REPLICA), Bench.options(), answer);
        return answer;
    }

    private static Answer<?> beginExecute(Bench bench, long reservedId) {
        Answer<BeginExecuteReply> answer = new Answer<>();
        bench.gateway.beginExecute(
                bench.call(Bench.REPLICA), List.of(), Bench.query("q"), Bench.options(), reservedId, answer);
        return answer;
    }

    private static Answer<?> reserveExecute(Bench bench, long transactionId) {
        Answer<ReserveExecuteReply> answer = new Answer<>();
        bench.gateway.reserveExecute(
                bench.call(Bench.REPLICA), List.of(), Bench.query("q"), Bench.options(), transactionId, answer);
        return answer;
    }

    private static Answer<?> reserveBeginExecute(Bench bench) {
        Answer<ReserveBeginExecuteReply> answer = new Answer<>();
        bench.gateway.reserveBeginExecute(
                bench.call(Bench.REPLICA), List.of(), List.of(), Bench.query("q"), Bench.options(), answer);
        return answer;
    }

    private static Answer<?> release(Bench bench) {
        Answer<ReleaseResponse> answer = new Answer<>();
        bench.gateway.release(bench.call(Bench.REPLICA), 7, 7, answer);
        return answer;
    }

    @Test
    void execute_oneTabletFails_theOtherAnswers() throws Exception {
        bench.publish(one, two);
        one.fail(Status.UNAVAILABLE);
        for (int i = 0; i < 20; i++) {
            assertThat(bench.execute(bench.call(Bench.REPLICA)).get().getInfo()).isEqualTo(two.alias.toString());
        }
        assertThat(one.executed).isNotEmpty();
    }

    @Test
    void execute_moreTabletsThanRetries_stopsAfterThree() throws Exception {
        FakeTablet[] five = new FakeTablet[5];
        int[] asked = {0};
        for (int i = 0; i < five.length; i++) {
            five[i] = bench.tablet("zone1-20" + i, Bench.REPLICA);
            five[i].behave(answer -> {
                synchronized (asked) {
                    asked[0]++;
                }
                answer.onError(Status.UNAVAILABLE.asRuntimeException());
            });
        }
        bench.publish(five);
        bench.execute(bench.call(Bench.REPLICA)).error();
        assertThat(asked[0]).isEqualTo(3);
    }

    @Test
    void beginExecute_failedInTheAnswerWithoutATransaction_moves() throws Exception {
        bench.publish(one, two);
        one.answerBegin(BeginExecuteResponse.newBuilder()
                .setError(Vtrpc.RPCError.newBuilder()
                        .setCode(Vtrpc.Code.CLUSTER_EVENT)
                        .setMessage("operation not allowed in state NOT_SERVING")));
        for (int i = 0; i < 20; i++) {
            Answer<BeginExecuteReply> answer = new Answer<>();
            bench.gateway.beginExecute(
                    bench.call(Bench.REPLICA), List.of(), Bench.query("q"), Bench.options(), 0, answer);
            assertThat(answer.get().alias()).isEqualTo(two.alias);
        }
        assertThat(one.begun).isNotEmpty();
    }

    @Test
    void write_connectionBreaksAfterTheRequestLeft_isNotTriedAgain() throws Exception {
        assertThat(breakWhileExecuting(false).code()).isEqualTo(Code.UNAVAILABLE);
    }

    @Test
    void read_connectionBreaksAfterTheRequestLeft_isTriedAgain() throws Exception {
        // there was no other primary at that moment, which only the second attempt can find out
        assertThat(breakWhileExecuting(true).getMessage())
                .satisfiesAnyOf(text -> assertThat(text).contains("primary is not serving"), text -> assertThat(text)
                        .contains("vttablet: rpc error: code = Unavailable"));
    }

    @Test
    void write_newPrimaryTakesOverWhileTheOldBreaks_isNotTriedThere() throws Exception {
        FakeTablet old = bench.tablet("zone1-100", Bench.PRIMARY);
        FakeTablet next = bench.tablet("zone1-103", Bench.PRIMARY);
        bench.publish(old);
        old.behave(answer -> {});
        Answer<QueryResult> write = bench.execute(bench.call(Bench.PRIMARY));
        Answer<QueryResult> read = bench.execute(bench.call(Bench.PRIMARY, null, 0, true));
        await().until(() -> old.executed.size() == 2);
        next.report(health -> health.setPrimaryTermStartTimestamp(2000));
        bench.publish(old, next);
        old.kill();
        assertThat(write.error().code()).isEqualTo(Code.UNAVAILABLE);
        assertThat(read.get().getInfo()).isEqualTo(next.alias.toString());
        assertThat(next.executed).hasSize(1);
    }

    @Test
    void callsOnALostPrimary_endWhenAnotherTookOver_andItsLateAnswersReachNobody() throws Exception {
        try (Bench fast = new Bench(Map.of("healthcheck-timeout", "400ms"))) {
            FakeTablet old = fast.tablet("zone1-100", Bench.PRIMARY);
            FakeTablet next = fast.tablet("zone1-103", Bench.PRIMARY);
            fast.publish(old);
            old.freeze();
            Answer<QueryResult> write = fast.execute(fast.call(Bench.PRIMARY));
            Answer<QueryResult> read = fast.execute(fast.call(Bench.PRIMARY, null, 0, true));
            await().until(() -> !fast.health(old).heard());
            next.report(health -> health.setPrimaryTermStartTimestamp(2000));
            fast.topology.tablets(old, next);
            assertThat(write.error().code()).isEqualTo(Code.UNAVAILABLE);
            assertThat(read.get().getInfo()).isEqualTo(next.alias.toString());
            old.thaw();
            await().until(() -> fast.health(old).heard());
            assertThat(fast.execute(fast.call(Bench.PRIMARY)).get().getInfo()).isEqualTo(next.alias.toString());
        }
    }

    @Test
    void write_tabletRefuses_isTriedOnTheNewPrimary() throws Exception {
        FakeTablet old = bench.tablet("zone1-100", Bench.PRIMARY);
        FakeTablet next = bench.tablet("zone1-103", Bench.PRIMARY);
        next.report(health -> health.setPrimaryTermStartTimestamp(2000));
        bench.publish(old);
        old.behave(answer -> {
            bench.publish(old, next);
            answer.onError(Status.UNKNOWN
                    .withDescription("operation not allowed in state SHUTTING_DOWN")
                    .asRuntimeException());
        });
        assertThat(bench.execute(bench.call(Bench.PRIMARY)).get().getInfo()).isEqualTo(next.alias.toString());
    }

    @Test
    void read_tabletIsStoppedWhileExecuting_isTriedOnAnother() throws Exception {
        bench.publish(one, two);
        for (FakeTablet tablet : List.of(one, two)) {
            tablet.behave(answer -> {});
        }
        Answer<QueryResult> answer = bench.execute(bench.call(Bench.REPLICA));
        await().until(() -> one.executed.size() + two.executed.size() == 1);
        FakeTablet asked = one.executed.isEmpty() ? two : one;
        FakeTablet other = asked == one ? two : one;
        other.behave(other::answerWell);
        asked.stop();
        assertThat(answer.get().getInfo()).isEqualTo(other.alias.toString());
    }

    private VtException breakWhileExecuting(boolean readOnly) throws Exception {
        FakeTablet primary = bench.tablet("zone1-100", Bench.PRIMARY);
        bench.publish(primary);
        primary.behave(answer -> {});
        Answer<QueryResult> answer = bench.execute(bench.call(Bench.PRIMARY, null, 0, readOnly));
        await().until(() -> primary.executed.size() == 1);
        primary.kill();
        return answer.error();
    }
}
