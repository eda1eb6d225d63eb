package io.vtsphere.topo.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.vtsphere.topo.connection.TopoConnection.Scope;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every topology server must do. */
abstract class TopoConnectionContract {
    private static final ByteString ONE = ByteString.copyFromUtf8("one");
    private static final ByteString TWO = ByteString.copyFromUtf8("two");

    /** A connection to the server under test below a root that nothing else uses. */
    abstract TopoConnection connect();

    /** Another connection to the same root. */
    abstract TopoConnection connectAgain();

    @Test
    void get_missingFile_noNode() {
        assertKind(Kind.NO_NODE, () -> connect().get("keyspaces/a/Keyspace"));
    }

    @Test
    void create_thenGet_sameContentsAndVersion() {
        TopoConnection topo = connect();
        long version = topo.create("keyspaces/a/Keyspace", ONE);
        assertThat(connectAgain().get("keyspaces/a/Keyspace"))
                .isEqualTo(new TopoEntry("keyspaces/a/Keyspace", ONE, version));
    }

    @Test
    void create_existingFile_nodeExists() {
        TopoConnection topo = connect();
        topo.create("f", ONE);
        assertKind(Kind.NODE_EXISTS, () -> topo.create("f", TWO));
        assertThat(topo.get("f").contents()).isEqualTo(ONE);
    }

    @Test
    void update_ofReadVersion_isWritten_ofOlderVersion_isRefused() {
        TopoConnection topo = connect();
        long first = topo.create("f", ONE);
        long second = topo.update("f", TWO, first);
        assertThat(second).isGreaterThan(first);
        assertKind(Kind.BAD_VERSION, () -> topo.update("f", ONE, first));
        assertKind(Kind.BAD_VERSION, () -> topo.update("f", ONE, 0));
        assertThat(topo.get("f")).isEqualTo(new TopoEntry("f", TWO, second));
    }

    @Test
    void update_ofMissingFile_badVersion() {
        TopoConnection topo = connect();
        long version = topo.create("f", ONE);
        topo.delete("f");
        assertKind(Kind.BAD_VERSION, () -> topo.update("f", TWO, version));
    }

    @Test
    void put_createsAndReplaces() {
        TopoConnection topo = connect();
        topo.put("f", ONE);
        topo.put("f", TWO);
        assertThat(topo.get("f").contents()).isEqualTo(TWO);
    }

    @Test
    void delete_checksVersionAndPresence() {
        TopoConnection topo = connect();
        long version = topo.create("f", ONE);
        assertKind(Kind.BAD_VERSION, () -> topo.delete("f", version + 1));
        topo.delete("f", version);
        assertKind(Kind.NO_NODE, () -> topo.delete("f", version));
        assertKind(Kind.NO_NODE, () -> topo.delete("f"));
    }

    @Test
    void list_prefix_everythingBelowInOrder() {
        TopoConnection topo = connect();
        topo.create("tablets/b/Tablet", TWO);
        topo.create("tablets/a/Tablet", ONE);
        topo.create("other", ONE);
        assertThat(topo.list("tablets"))
                .extracting(TopoEntry::path)
                .containsExactly("tablets/a/Tablet", "tablets/b/Tablet");
        assertKind(Kind.NO_NODE, () -> topo.list("nothing"));
    }

    @Test
    void listDir_namesOnce_withKind() {
        TopoConnection topo = connect();
        topo.create("d/f", ONE);
        topo.create("d/sub/a", ONE);
        topo.create("d/sub/b", ONE);
        assertThat(topo.listDir("d"))
                .containsExactly(new TopoDirEntry("f", false, false), new TopoDirEntry("sub", true, false));
        assertThat(topo.listDir("")).containsExactly(new TopoDirEntry("d", true, false));
        assertKind(Kind.NO_NODE, () -> topo.listDir("nothing"));
    }

    @Test
    void watchDirectory_snapshotFirst_thenEveryChangeInOrder() {
        TopoConnection topo = connect();
        topo.create("d/a", ONE);
        topo.create("dd", ONE);
        Recorder recorder = new Recorder();
        try (TopoWatch watch = topo.watch("d", Scope.DIRECTORY, recorder)) {
            assertThat(recorder.told).containsExactly("snapshot [d/a=one]");
            TopoConnection other = connectAgain();
            other.put("d/b", TWO);
            other.put("d/a", TWO);
            other.put("dd", TWO);
            other.delete("d/b");
            await().untilAsserted(() ->
                    assertThat(recorder.told).containsExactly("snapshot [d/a=one]", "d/b=two", "d/a=two", "d/b gone"));
            watch.probe();
            await().untilAsserted(() -> assertThat(recorder.alive).hasPositiveValue());
        }
    }

    @Test
    void watchFile_missing_thenCreated() {
        TopoConnection topo = connect();
        Recorder recorder = new Recorder();
        try (TopoWatch watch = topo.watch("f", Scope.FILE, recorder)) {
            topo.put("f", ONE);
            topo.put("ff", ONE);
            topo.delete("f");
            await().untilAsserted(() -> assertThat(recorder.told).containsExactly("snapshot []", "f=one", "f gone"));
        }
    }

    @Test
    void probe_idleWatch_isAnsweredEveryTime() {
        TopoConnection topo = connect();
        Recorder recorder = new Recorder();
        try (TopoWatch watch = topo.watch("d", Scope.DIRECTORY, recorder)) {
            for (int i = 0; i < 3; i++) {
                int before = recorder.alive.get();
                await().untilAsserted(() -> {
                    watch.probe();
                    assertThat(recorder.alive).hasValueGreaterThan(before);
                });
            }
        }
    }

    @Test
    void closedWatch_tellsNothingMore() {
        TopoConnection topo = connect();
        Recorder closed = new Recorder();
        Recorder open = new Recorder();
        TopoWatch first = topo.watch("d", Scope.DIRECTORY, closed);
        try (TopoWatch second = topo.watch("d", Scope.DIRECTORY, open)) {
            first.close();
            topo.put("d/a", ONE);
            await().untilAsserted(() -> assertThat(open.told).containsExactly("snapshot []", "d/a=one"));
            assertThat(closed.told).containsExactly("snapshot []");
        }
    }

    @Test
    void lock_isHeldByOne_andHandedOver() throws Exception {
        TopoConnection topo = connect();
        topo.create("keyspaces/a/Keyspace", ONE);
        TopoLock held = topo.lock("keyspaces/a", "first", Duration.ofSeconds(5));
        held.check();
        assertThat(topo.listDir("keyspaces/a")).contains(new TopoDirEntry("locks", true, true));
        assertKind(Kind.NODE_EXISTS, () -> topo.tryLock("keyspaces/a", "second"));
        assertKind(Kind.TIMEOUT, () -> topo.lock("keyspaces/a", "second", Duration.ofMillis(200)));
        CompletableFuture<TopoLock> waiting = CompletableFuture.supplyAsync(
                () -> connectAgain().lock("keyspaces/a", "third", Duration.ofSeconds(10)));
        held.close();
        try (TopoLock next = waiting.get(10, TimeUnit.SECONDS)) {
            next.check();
        }
        assertThat(topo.listDir("keyspaces/a")).extracting(TopoDirEntry::name).containsExactly("Keyspace");
        topo.tryLock("keyspaces/a", "fourth").close();
    }

    @Test
    void lock_missingDirectory_noNode() {
        assertKind(Kind.NO_NODE, () -> connect().lock("keyspaces/none", "text", Duration.ofSeconds(1)));
    }

    @Test
    void lockName_needsNoDirectory() {
        TopoConnection topo = connect();
        topo.lockName("internal/named_locks/x", "text", Duration.ofSeconds(1)).close();
    }

    @Test
    void election_firstLeads_nextFollowsWhenItEnds() throws Exception {
        TopoConnection topo = connect();
        assertThat(topo.leader("vtorc")).isNull();
        TopoLock first = topo.awaitLeadership("vtorc", "a", Duration.ofSeconds(5));
        first.check();
        TopoConnection other = connectAgain();
        assertThat(other.leader("vtorc")).isEqualTo("a");
        assertKind(Kind.TIMEOUT, () -> other.awaitLeadership("vtorc", "b", Duration.ofMillis(200)));
        CompletableFuture<TopoLock> waiting =
                CompletableFuture.supplyAsync(() -> other.awaitLeadership("vtorc", "c", Duration.ofSeconds(10)));
        await().untilAsserted(() -> assertThat(topo.listDir("elections/vtorc")).isNotEmpty());
        assertThat(topo.leader("vtorc")).isEqualTo("a");
        first.close();
        try (TopoLock next = waiting.get(10, TimeUnit.SECONDS)) {
            next.check();
            assertThat(topo.leader("vtorc")).isEqualTo("c");
            assertThat(topo.leader("other")).isNull();
        }
        assertThat(topo.leader("vtorc")).isNull();
    }

    @Test
    void closedConnection_givesBackItsLocks() {
        TopoConnection topo = connect();
        topo.create("keyspaces/a/Keyspace", ONE);
        TopoConnection holder = connectAgain();
        TopoLock lock = holder.lock("keyspaces/a", "text", Duration.ofSeconds(5));
        TopoLock leadership = holder.awaitLeadership("e", "id", Duration.ofSeconds(5));
        holder.close();
        topo.tryLock("keyspaces/a", "text").close();
        assertThat(topo.leader("e")).isNull();
        lock.close();
        leadership.close();
    }

    static void assertKind(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TopoException.class, e -> assertThat(e.kind())
                .as(e.getMessage())
                .isEqualTo(kind));
    }

    /** Writes down what a watch tells. */
    static final class Recorder implements TopoWatch.Listener {
        final List<String> told = new CopyOnWriteArrayList<>();
        final AtomicInteger alive = new AtomicInteger();

        @Override
        public void snapshot(List<TopoEntry> entries, long revision) {
            told.add("snapshot " + entries.stream().map(Recorder::text).toList());
        }

        @Override
        public void changed(TopoEntry entry) {
            told.add(text(entry));
        }

        @Override
        public void deleted(String path, long version) {
            told.add(path + " gone");
        }

        @Override
        public void alive() {
            alive.incrementAndGet();
        }

        @Override
        public void lost(TopoException reason) {
            told.add("lost");
        }

        private static String text(TopoEntry entry) {
            return entry.path() + "=" + entry.contents().toStringUtf8();
        }
    }
}
