package io.vtsphere.shardingsphere.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SequenceIdsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Test
    void next_manyThreadsOnTwoProcesses_noIdTwice() throws Exception {
        AtomicLong table = new AtomicLong(1);
        BlockSource shared = floor -> {
            long first = table.getAndAdd(7);
            return new BlockSource.Block(first, first + 7);
        };
        List<SequenceIds> processes = List.of(new SequenceIds(shared, TIMEOUT), new SequenceIds(shared, TIMEOUT));
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                SequenceIds ids = processes.get(i % 2);
                work.add(() -> {
                    for (int j = 0; j < 500; j++) {
                        assertThat(seen.add(ids.next())).isTrue();
                        assertThat(seen.addAll(ids.next(3))).isTrue();
                    }
                    return null;
                });
            }
            for (Future<Void> each : threads.invokeAll(work)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(seen).hasSize(8 * 500 * 4);
    }

    @Test
    void next_aFailedReservation_isTheCallersError_andTriedAgain() {
        AtomicLong calls = new AtomicLong();
        SequenceIds ids = new SequenceIds(
                floor -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new SQLException("gone", "08S01");
                    }
                    return new BlockSource.Block(5, 7);
                },
                TIMEOUT);
        assertThatThrownBy(ids::next).isInstanceOf(SQLException.class).hasMessage("gone");
        assertThat(ids.next(2)).containsExactly(5L, 6L);
    }

    @Test
    void next_tellsTheSourceWhatItHasHandedOut() {
        List<Long> floors = new ArrayList<>();
        SequenceIds ids = new SequenceIds(
                floor -> {
                    floors.add(floor);
                    return new BlockSource.Block(floor + 10, floor + 12);
                },
                TIMEOUT);
        assertThat(ids.next(3)).containsExactly(11L, 12L, 23L);
        assertThat(floors).containsExactly(1L, 13L);
    }

    @Test
    void next_whileAnotherThreadWaitsForABlock_timesOut() throws Exception {
        CountDownLatch reserving = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        SequenceIds ids = new SequenceIds(
                floor -> {
                    reserving.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        throw new SQLException(e);
                    }
                    return new BlockSource.Block(1, 2);
                },
                Duration.ofMillis(20));
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Long> first = threads.submit(() -> ids.next());
            reserving.await();
            assertThatThrownBy(ids::next)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("no block of ids within 20 ms");
            answer.countDown();
            assertThat(first.get()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void of_mistakes_areNamed() {
        mistake("url is missing");
        mistake("sequence is missing", "url", "jdbc:mysql://h/d");
        mistake("unknown props [tabel]", "url", "jdbc:mysql://h/d", "sequence", "s", "tabel", "x");
        mistake("must be a number: 'x'", "url", "jdbc:mysql://h/d", "sequence", "s", "timeout-milliseconds", "x");
        mistake("must be positive: 0", "url", "jdbc:mysql://h/d", "sequence", "s", "timeout-milliseconds", 0);
    }

    private static void mistake(String text, Object... keysAndValues) {
        Properties props = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            props.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SequenceIds.of(props))
                .withMessageContaining("VITESS_SEQUENCE: ")
                .withMessageContaining(text);
    }
}
