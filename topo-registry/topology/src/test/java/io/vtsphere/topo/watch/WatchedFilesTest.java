package io.vtsphere.topo.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoConnection.Scope;
import io.vtsphere.topo.connection.TopoEntry;
import io.vtsphere.topo.connection.TopoException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedFilesTest {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final MemoryTopo topo = new MemoryTopo();
    private final TopoConnection store = topo.connect("", "/root");
    private final TopologyThreads threads = new TopologyThreads(System::nanoTime);
    private final AtomicBoolean away = new AtomicBoolean();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger settled = new AtomicInteger();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final WatchedFiles files = new WatchedFiles(
            "files",
            this::connect,
            "d",
            Scope.DIRECTORY,
            new Notes(),
            threads,
            TopologyConfig.of("zone1", List.of("zone1"))
                    .withIntervals(RETRY, Duration.ofMinutes(1), Duration.ofMinutes(1)),
            new TopologyMetrics(new SimpleMeterRegistry()));

    private TopoConnection connect() {
        if (away.get()) {
            throw TopoException.of(TopoException.Kind.TIMEOUT, "away");
        }
        opened.incrementAndGet();
        return topo.connect("", "/root");
    }

    private final class Notes implements WatchedFiles.Sink {
        @Override
        public void written(TopoEntry entry) {
            told.add(entry.path() + "=" + entry.contents().toStringUtf8());
        }

        @Override
        public void removed(String path) {
            told.add(path + " gone");
        }

        @Override
        public void settled() {
            settled.incrementAndGet();
        }
    }

    @AfterEach
    void close() {
        threads.topology(files::stop);
        threads.closeWhenIdle();
    }

    private void put(String path, String text) {
        store.put(path, ByteString.copyFromUtf8(text));
    }

    @Test
    void unreachable_isTriedAgain_untilItIsRead() {
        put("d/a", "1");
        away.set(true);
        threads.topology(files::reload);
        await().until(() -> files.trouble() != null);
        assertThat(files.isLoaded()).isFalse();
        away.set(false);
        await().untilAsserted(() -> assertThat(told).containsExactly("d/a=1"));
        await().until(() -> files.trouble() == null && settled.get() > 0);
    }

    @Test
    void readForAnotherReasonBeforeARetryIsDue_noSecondWatchIsOpened() throws Exception {
        away.set(true);
        threads.topology(files::reload);
        await().until(() -> files.trouble() != null);
        away.set(false);
        threads.topology(files::reload);
        await().until(files::isLoaded);
        CountDownLatch retryWasDue = new CountDownLatch(1);
        threads.later(retryWasDue::countDown, RETRY.multipliedBy(2));
        assertThat(retryWasDue.await(10, TimeUnit.SECONDS)).isTrue();
        put("d/a", "1");
        await().until(() -> told.contains("d/a=1"));
        assertThat(opened).hasValue(1);
    }

    @Test
    void readAnew_tellsOnlyWhatIsDifferent() {
        put("d/a", "1");
        put("d/b", "1");
        threads.topology(files::reload);
        await().untilAsserted(() -> assertThat(told).containsExactlyInAnyOrder("d/a=1", "d/b=1"));
        threads.topology(files::stop);
        told.clear();
        put("d/a", "2");
        store.delete("d/b");
        put("d/c", "1");
        threads.topology(files::reload);
        await().untilAsserted(() -> assertThat(told).containsExactlyInAnyOrder("d/a=2", "d/b gone", "d/c=1"));
    }
}
