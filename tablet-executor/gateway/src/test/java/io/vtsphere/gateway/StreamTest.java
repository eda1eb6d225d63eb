package io.vtsphere.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.vitess.proto.Query.QueryResult;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamTest {
    private final Bench bench = new Bench(Map.of("vtgate-balancer-mode", "cell"));
    private final FakeTablet one = bench.tablet("zone1-101", Bench.REPLICA);
    private final FakeTablet two = bench.tablet("zone1-102", Bench.REPLICA);

    @AfterEach
    void close() {
        bench.close();
    }

    private static final class Pieces implements StreamReply {
        final List<String> infos = new CopyOnWriteArrayList<>();
        final CompletableFuture<String> end = new CompletableFuture<>();

        @Override
        public void onResult(QueryResult result) {
            infos.add(result.getInfo());
        }

        @Override
        public void success() {
            end.complete("end");
        }

        @Override
        public void failure(VtException error) {
            end.complete(error.code() + " " + error.getMessage());
        }
    }

    private StreamHandle stream(Pieces pieces) {
        return bench.gateway.streamExecute(
                bench.call(Bench.REPLICA), Bench.query("select 1"), Bench.options(), 0, 0, pieces);
    }

    @Test
    void nothingComesUnasked_andTheTabletIsHeldBack() throws Exception {
        bench.publish(one);
        Pieces pieces = new Pieces();
        StreamHandle handle = stream(pieces);
        await().until(() -> one.streamed.get() > 0);
        await().during(Duration.ofMillis(200)).until(() -> one.streamed.get() < 100);
        assertThat(pieces.infos).isEmpty();
        handle.request(3);
        await().until(() -> pieces.infos.size() == 3);
        await().during(Duration.ofMillis(100)).until(() -> pieces.infos.size() == 3);
        handle.request(2000);
        assertThat(pieces.end.get(20, TimeUnit.SECONDS)).isEqualTo("end");
        assertThat(pieces.infos).hasSize(1000);
    }

    @Test
    void cancel_stopsTheTablet() throws Exception {
        bench.publish(one);
        Pieces pieces = new Pieces();
        StreamHandle handle = stream(pieces);
        handle.request(1);
        await().until(() -> pieces.infos.size() == 1);
        handle.cancel();
        assertThat(pieces.end.get(10, TimeUnit.SECONDS)).startsWith(Code.CANCELED.name());
        await().until(() -> one.cancelled.get() == 1);
    }

    @Test
    void failureBeforeTheFirstPiece_movesToAnotherTablet() throws Exception {
        bench.publish(one, two);
        one.behaveStreaming(answer -> answer.onError(Status.UNAVAILABLE.asRuntimeException()));
        two.behaveStreaming(two::answerWell);
        for (int i = 0; i < 10; i++) {
            Pieces pieces = new Pieces();
            stream(pieces).request(10);
            assertThat(pieces.end.get(10, TimeUnit.SECONDS)).isEqualTo("end");
            assertThat(pieces.infos).containsExactly(two.alias.toString());
        }
    }

    @Test
    void failureAfterTheFirstPiece_isFinal() throws Exception {
        bench.publish(one, two);
        for (FakeTablet tablet : List.of(one, two)) {
            tablet.behaveStreaming(answer -> {
                answer.onNext(QueryResult.newBuilder().setInfo("first").build());
                answer.onError(Status.UNAVAILABLE.withDescription("died").asRuntimeException());
            });
        }
        Pieces pieces = new Pieces();
        stream(pieces).request(10);
        assertThat(pieces.end.get(10, TimeUnit.SECONDS))
                .isEqualTo(
                        "UNAVAILABLE target: commerce.0.replica: vttablet: rpc error: code = Unavailable desc = died");
        assertThat(pieces.infos).containsExactly("first");
    }

    @Test
    void brokenRows_areAskedFromAnotherTablet_untilRowsWerePassedOn() throws Exception {
        bench.publish(one, two);
        QueryResult broken = QueryResult.newBuilder()
                .addRows(io.vitess.proto.Query.Row.newBuilder().addLengths(9))
                .build();
        for (FakeTablet tablet : java.util.List.of(one, two)) {
            tablet.behaveStreaming(answer -> {
                answer.onNext(
                        tablet == one
                                ? broken
                                : QueryResult.newBuilder().setInfo("good").build());
                answer.onNext(tablet == one ? broken : QueryResult.getDefaultInstance());
                answer.onCompleted();
            });
        }
        for (int i = 0; i < 10; i++) {
            Pieces pieces = new Pieces();
            stream(pieces).request(100);
            assertThat(pieces.end.get(10, java.util.concurrent.TimeUnit.SECONDS))
                    .isEqualTo("end");
            assertThat(pieces.infos).containsExactly("good", "");
        }
    }
}
