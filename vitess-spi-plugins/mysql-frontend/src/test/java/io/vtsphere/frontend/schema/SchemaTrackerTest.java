package io.vtsphere.frontend.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.vitess.proto.Topodata.ShardReference;
import io.vitess.proto.Topodata.SrvKeyspace;
import io.vitess.proto.Topodata.SrvKeyspace.KeyspacePartition;
import io.vitess.proto.Topodata.TabletType;
import io.vitess.proto.Vschema;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.Target;
import io.vtsphere.topo.TrackedSchema;
import io.vtsphere.vindex.VindexRegistry;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaTrackerTest {
    private static final TrackedSchema SCHEMA = new TrackedSchema(Map.of());

    private final EventLoop loop = new DefaultEventLoop();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LinkedBlockingQueue<Question> questions = new LinkedBlockingQueue<>();
    private final List<String> known = new CopyOnWriteArrayList<>();

    /** One that the source was asked and has not answered. */
    private record Question(Target target, Consumer<TrackedSchema> found, Consumer<VtException> failed) {}

    @AfterEach
    void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private SchemaTracker start(Duration interval, String... keyspaces) {
        return SchemaTracker.start(
                ServingStates.fixed(state(keyspaces)),
                (target, found, failed) -> questions.add(new Question(target, found, failed)),
                loop,
                interval,
                (keyspace, schema) -> known.add(keyspace),
                Runnable::run,
                registry);
    }

    private static ServingState state(String... keyspaces) {
        KeyspacePartition primaries = KeyspacePartition.newBuilder()
                .setServedType(TabletType.PRIMARY)
                .addShardReferences(ShardReference.newBuilder().setName("0"))
                .build();
        Map<String, SrvKeyspace> records = new HashMap<>();
        Vschema.SrvVSchema.Builder vschema = Vschema.SrvVSchema.newBuilder();
        for (String keyspace : keyspaces) {
            records.put(
                    keyspace, SrvKeyspace.newBuilder().addPartitions(primaries).build());
            vschema.putKeyspaces(keyspace, Vschema.Keyspace.getDefaultInstance());
        }
        return ServingState.of(vschema.build(), records, List.of(), VindexRegistry.load());
    }

    private Question asked(String keyspace) throws InterruptedException {
        Question question = questions.poll(10, TimeUnit.SECONDS);
        assertThat(question).isNotNull();
        assertThat(question.target()).isEqualTo(primary(keyspace, "0"));
        return question;
    }

    private static Target primary(String keyspace, String shard) {
        return new Target(keyspace, shard, io.vtsphere.topo.TabletType.PRIMARY);
    }

    private void answer(Question question) {
        loop.execute(() -> question.found().accept(SCHEMA));
    }

    /** Whatever the loop was told before has been done. */
    private void assertNothingIsAsked() {
        loop.submit(() -> {}).syncUninterruptibly();
        assertThat(questions).isEmpty();
    }

    @Test
    void everyKeyspaceIsAskedOnce_oneAfterTheOther() throws Exception {
        SchemaTracker tracker = start(Duration.ofHours(1), "a", "b");
        Question a = asked("a");
        assertNothingIsAsked();
        answer(a);
        Question b = asked("b");
        assertThat(tracker.awaitFirst(Duration.ZERO)).isFalse();
        loop.execute(() -> b.failed().accept(VtException.of(Code.UNAVAILABLE, "no tablet")));
        assertThat(tracker.awaitFirst(Duration.ofSeconds(10))).isTrue();
        assertThat(known).containsExactly("a");
        assertThat(registry.get("schema.tracking.failures").counter().count()).isEqualTo(1);
        assertNothingIsAsked();
    }

    @Test
    void tabletHasChanged_itsKeyspaceComesFirst_alsoWhenItIsBeingAsked() throws Exception {
        SchemaTracker tracker = start(Duration.ofHours(1), "a", "b", "c");
        Question a = asked("a");
        tracker.changed(primary("c", "0"));
        tracker.changed(primary("a", "0"));
        answer(a);
        answer(asked("a"));
        answer(asked("c"));
        answer(asked("b"));
        assertThat(tracker.awaitFirst(Duration.ofSeconds(10))).isTrue();
        assertNothingIsAsked();
    }

    @Test
    void anotherTabletHasChanged_nobodyIsAsked() throws Exception {
        SchemaTracker tracker = start(Duration.ofHours(1), "a");
        answer(asked("a"));
        assertThat(tracker.awaitFirst(Duration.ofSeconds(10))).isTrue();
        tracker.changed(primary("a", "1"));
        tracker.changed(primary("unknown", "0"));
        assertNothingIsAsked();
    }

    @Test
    void whoeverChangesASchema_waitsForAnAnswerToAQuestionAskedSince() throws Exception {
        SchemaTracker tracker = start(Duration.ofHours(1), "a", "b");
        Question before = asked("a");
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        tracker.soon("a", () -> done.complete(true));
        answer(before);
        Question since = asked("a");
        assertThat(done).isNotDone();
        answer(since);
        assertThat(done.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void keyspaceThatNobodyServes_keepsNobodyWaiting() throws Exception {
        SchemaTracker tracker = start(Duration.ofHours(1));
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        tracker.soon("unknown", () -> done.complete(true));
        assertThat(done.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void roundsFollowEachOther_untilTheEnd() throws Exception {
        SchemaTracker tracker = start(Duration.ofMillis(10), "a");
        answer(asked("a"));
        answer(asked("a"));
        Question last = asked("a");
        tracker.close();
        answer(last);
        await().until(() -> known.size() == 3);
        assertNothingIsAsked();
    }
}
