package io.vtsphere.shardingsphere.bundle;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask without a pause, each for something whose answer is known; what fails or is wrong is kept. */
final class Load implements AutoCloseable {
    /** Opens a client's connection. */
    @FunctionalInterface
    interface Clients {
        Connection open() throws SQLException;
    }

    /** One round of a client. */
    @FunctionalInterface
    interface Round {
        /** What is wrong, or an empty text. */
        String run(Connection connection, long number) throws SQLException;
    }

    private static final int MAX_FAULTS = 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> clients = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicLong rounds = new AtomicLong();
    private volatile boolean ending;

    /** @param fresh whether each round has a connection of its own */
    void client(Clients connections, boolean fresh, Round round) {
        Callable<Object> work = () -> {
            long number = 0;
            while (!ending && faults.size() < MAX_FAULTS) {
                try (Connection connection = connections.open()) {
                    do {
                        String wrong = round.run(connection, number++);
                        if (!wrong.isEmpty()) {
                            faults.add(wrong);
                        }
                        rounds.incrementAndGet();
                    } while (!fresh && !ending && faults.size() < MAX_FAULTS);
                } catch (SQLException | RuntimeException e) {
                    faults.add(e + " caused by " + e.getCause());
                }
            }
            return rounds;
        };
        clients.add(threads.submit(work));
    }

    /** Returns when so many more rounds were made, or something was wrong. */
    void awaitRounds(int more) {
        long wanted = rounds.get() + more;
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> rounds.get() >= wanted || !faults.isEmpty());
    }

    /** Empty when every round was right so far. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    long rounds() {
        return rounds.get();
    }

    /** Lets every client end its round. */
    void end() throws Exception {
        ending = true;
        for (Future<?> client : clients) {
            client.get(30, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        ending = true;
        threads.shutdownNow();
    }
}
