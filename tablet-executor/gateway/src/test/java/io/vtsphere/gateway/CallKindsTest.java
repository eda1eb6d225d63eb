package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.vitess.proto.Binlogdata;
import io.vitess.proto.Query;
import io.vitess.proto.Query.QueryResult;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls of the query service beside the plain ones: streams that open something, schema, messages, two-phase commit. */
class CallKindsTest {
    private final Bench bench = new Bench(Map.of());
    private FakeTablet primary;

    @BeforeEach
    void start() {
        primary = bench.tablet("zone1-100", Bench.PRIMARY);
        bench.publish(primary);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    /** What came, in order, and how it ended. */
    private static final class Rows implements OpeningStreamReply {
        private final List<String> seen = new ArrayList<>();
        private final CompletableFuture<List<String>> end = new CompletableFuture<>();

        @Override
        public void onResult(QueryResult result) {
            seen.add(result.getInfo());
        }

        @Override
        public void opened(long transactionId, long reservedId, TabletAlias alias, String sessionStateChanges) {
            seen.add("opened " + transactionId + " " + reservedId + " " + alias + " " + sessionStateChanges);
        }

        @Override
        public void success() {
            end.complete(seen);
        }

        @Override
        public void failure(VtException error) {
            seen.add(error.code() + " " + error.getMessage());
            end.complete(seen);
        }

        List<String> await() throws Exception {
            return end.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void beginStreamExecute_givesRowsAndThenTheTransaction() throws Exception {
        Rows rows = new Rows();
        bench.gateway
                .beginStreamExecute(
                        bench.call(Bench.PRIMARY), List.of(), Bench.query("select 1"), Bench.options(), 0, rows)
                .request(10);
        assertThat(rows.await()).containsExactly("select 1", "opened 77 0 zone1-0000000100 uuid:1");
    }

    @Test
    void beginStreamExecute_failedStatement_leavesTheTransactionToTheCaller() throws Exception {
        Rows rows = new Rows();
        bench.gateway
                .beginStreamExecute(bench.call(Bench.PRIMARY), List.of(), Bench.query("fail"), Bench.options(), 0, rows)
                .request(10);
        assertThat(rows.await())
                .containsExactly(
                        "fail",
                        "opened 77 0 zone1-0000000100 uuid:1",
                        Code.ALREADY_EXISTS
                                + " target: commerce.0.primary: vttablet: duplicate (errno 1062) (sqlstate 23000)");
    }

    @Test
    void reserveStreams_giveRowsAndThenTheConnection() throws Exception {
        Rows rows = new Rows();
        bench.gateway
                .reserveStreamExecute(
                        bench.call(Bench.PRIMARY),
                        List.of("set a = 1"),
                        Bench.query("select 1"),
                        Bench.options(),
                        0,
                        rows)
                .request(10);
        assertThat(rows.await()).containsExactly("set a = 1", "opened 0 88 zone1-0000000100 ");
        Rows begun = new Rows();
        bench.gateway
                .reserveBeginStreamExecute(
                        bench.call(Bench.PRIMARY),
                        List.of("set a = 1"),
                        List.of("savepoint x"),
                        Bench.query("select 1"),
                        Bench.options(),
                        begun)
                .request(10);
        assertThat(begun.await()).containsExactly("set a = 1; savepoint x", "opened 88 88 zone1-0000000100 ");
    }

    @Test
    void getSchema_passesDefinitionsOn() throws Exception {
        CompletableFuture<String> definition = new CompletableFuture<>();
        CompletableFuture<Boolean> end = new CompletableFuture<>();
        bench.gateway
                .getSchema(
                        bench.call(Bench.PRIMARY),
                        Query.SchemaTableType.TABLES,
                        List.of("t"),
                        new PieceReply<Query.GetSchemaResponse>() {
                            @Override
                            public void onPiece(Query.GetSchemaResponse piece) {
                                definition.complete(piece.getTableDefinitionOrThrow("t"));
                            }

                            @Override
                            public void success() {
                                end.complete(true);
                            }

                            @Override
                            public void failure(VtException error) {
                                end.completeExceptionally(error);
                            }
                        })
                .request(10);
        assertThat(end.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(definition.get()).isEqualTo("create table for 0");
    }

    @Test
    void messages_areStreamedAndAcknowledged() throws Exception {
        Rows rows = new Rows();
        bench.gateway.messageStream(bench.call(Bench.PRIMARY), "mails", rows).request(10);
        assertThat(rows.await()).containsExactly("mails");
        Answer<QueryResult> answer = new Answer<>();
        bench.gateway.messageAck(
                bench.call(Bench.PRIMARY),
                "mails",
                List.of(Query.Value.getDefaultInstance(), Query.Value.getDefaultInstance()),
                answer);
        assertThat(answer.get().getRowsAffected()).isEqualTo(2);
    }

    @Test
    void twoPhaseCalls_reachThePrimaryWithTheirDtid() throws Exception {
        TwoPhaseCalls calls = bench.gateway.twoPhase();
        String dtid = "commerce:0:7";
        Call call = bench.call(Bench.PRIMARY);
        Call pinned = bench.call(Bench.PRIMARY, primary.alias, 0, false);
        CallKindsTest.<Query.CreateTransactionResponse>done(
                reply -> calls.createTransaction(call, dtid, List.of(Bench.PRIMARY), reply));
        CallKindsTest.<Query.PrepareResponse>done(reply -> calls.prepare(pinned, 7, dtid, reply));
        Answer<Query.StartCommitResponse> decision = new Answer<>();
        calls.startCommit(call, 7, dtid, decision);
        assertThat(decision.get().getState()).isEqualTo(Query.StartCommitState.Success);
        CallKindsTest.<Query.SetRollbackResponse>done(reply -> calls.setRollback(call, 7, dtid, reply));
        CallKindsTest.<Query.CommitPreparedResponse>done(reply -> calls.commitPrepared(call, dtid, reply));
        CallKindsTest.<Query.RollbackPreparedResponse>done(reply -> calls.rollbackPrepared(call, 7, dtid, reply));
        CallKindsTest.<Query.ConcludeTransactionResponse>done(reply -> calls.concludeTransaction(call, dtid, reply));
        CallKindsTest.<Query.ReadTransactionResponse>done(reply -> calls.readTransaction(call, dtid, reply));
        assertThat(primary.twoPhase).hasSize(8).allSatisfy(request -> {
            assertThat(field(request, "dtid")).isEqualTo(dtid);
            assertThat(field(request, "target")).isEqualTo(Bench.PRIMARY.proto());
            assertThat(((Query.VTGateCallerID) field(request, "immediate_caller_id")).getUsername())
                    .isEqualTo("user");
        });
    }

    @Test
    void unresolvedTransactions_areReadFromThePrimary_withVitessNumbersOfTheirStates() throws Exception {
        Answer<Query.UnresolvedTransactionsResponse> answer = new Answer<>();
        bench.gateway.twoPhase().unresolvedTransactions(bench.call(Bench.PRIMARY), 30, answer);
        assertThat(answer.get().getTransactionsList()).singleElement().satisfies(transaction -> {
            assertThat(transaction.getDtid()).isEqualTo("commerce:0:7");
            assertThat(transaction.getState()).isEqualTo(Query.TransactionState.COMMIT);
            assertThat(transaction.getStateValue()).isEqualTo(3);
        });
        assertThat(primary.twoPhase)
                .containsExactly(Query.UnresolvedTransactionsRequest.newBuilder()
                        .setEffectiveCallerId(bench.call(Bench.PRIMARY).effectiveCaller())
                        .setImmediateCallerId(bench.call(Bench.PRIMARY).immediateCaller())
                        .setTarget(Bench.PRIMARY.proto())
                        .setAbandonAge(30)
                        .build());
    }

    /** Notes events of a shard and how the stream ended. */
    private static final class Events implements PieceReply<Binlogdata.VStreamResponse> {
        final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

        @Override
        public void onPiece(Binlogdata.VStreamResponse piece) {
            piece.getEventsList().forEach(event -> seen.add(event.getType() + " " + event.getGtid()));
        }

        @Override
        public void success() {
            seen.add("end");
        }

        @Override
        public void failure(VtException error) {
            seen.add(error.code().name());
        }

        String next() throws InterruptedException {
            return String.valueOf(seen.poll(20, TimeUnit.SECONDS));
        }
    }

    private StreamHandle follow(String position, long timeoutNanos, Events events) {
        StreamHandle handle = bench.gateway.vStream(
                bench.call(Bench.PRIMARY, null, timeoutNanos, false),
                position,
                Binlogdata.Filter.getDefaultInstance(),
                List.of(),
                events);
        handle.request(10);
        return handle;
    }

    @Test
    void vStream_passesEventsOn_untilItsReaderGoes() throws Exception {
        Events events = new Events();
        StreamHandle handle = follow("MySQL56/a:1-5", 0, events);
        assertThat(events.next()).isEqualTo("GTID MySQL56/a:1-5");
        handle.cancel();
        assertThat(events.next()).isEqualTo("CANCELED");
        await().until(() -> primary.vstreamsEnded.get() == 1);
    }

    @Test
    void vStream_endsAtItsDeadline_onTheTabletToo() throws Exception {
        Events events = new Events();
        follow("current", TimeUnit.MILLISECONDS.toNanos(300), events);
        assertThat(events.next()).isEqualTo("GTID current");
        assertThat(events.next()).isEqualTo("DEADLINE_EXCEEDED");
        await().until(() -> primary.vstreamsEnded.get() == 1);
    }

    @Test
    void vStream_thatBreaks_isItsReadersToResume() throws Exception {
        Events events = new Events();
        follow("broken", 0, events);
        assertThat(events.next()).isEqualTo("UNAVAILABLE");
    }

    private static Object field(Message message, String name) {
        return message.getField(message.getDescriptorForType().findFieldByName(name));
    }

    private static <T> void done(java.util.function.Function<Reply<T>, CallHandle> start) throws Exception {
        Answer<T> answer = new Answer<>();
        assertThat(start.apply(answer)).isNotNull();
        assertThat(answer.get()).isNotNull();
    }

    @Test
    void choose_namesTheTabletThatACallWouldGoTo() {
        assertThat(bench.gateway.choose(Bench.PRIMARY, "")).isEqualTo(primary.alias);
        assertThat(bench.gateway.choose(Bench.REPLICA, "")).isNull();
    }
}
