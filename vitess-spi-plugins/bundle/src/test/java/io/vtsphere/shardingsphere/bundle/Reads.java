package io.vtsphere.shardingsphere.bundle;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Clients that read the name of the tablet which answers, without a pause; failures count as answers too. */
final class Reads implements AutoCloseable {
    private static final String SQL = "SELECT name FROM origin WHERE id = 1";

    private final String name;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> clients = new ArrayList<>();
    /** How often each answer was given to the reads that began since the last {@link #mark}. */
    private final AtomicReference<Map<String, Long>> answers = new AtomicReference<>(new ConcurrentHashMap<>());

    private volatile boolean ending;

    /** @param name of the host, for messages */
    Reads(String name, int clients, Load.Clients connections) {
        this.name = name;
        for (int i = 0; i < clients; i++) {
            this.clients.add(threads.submit(() -> run(connections)));
        }
    }

    private void run(Load.Clients connections) {
        while (!ending) {
            Map<String, Long> window = answers.get();
            try (Connection connection = connections.open()) {
                while (!ending) {
                    window = answers.get();
                    window.merge(String.join(",", Answers.rows(connection, SQL)), 1L, Long::sum);
                }
            } catch (SQLException | RuntimeException e) {
                window.merge("failed: " + e.getMessage(), 1L, Long::sum);
            }
        }
    }

    /** Forgets what was answered; reads that have begun do not count any more. */
    void mark() {
        answers.set(new ConcurrentHashMap<>());
    }

    Map<String, Long> answers() {
        return new TreeMap<>(answers.get());
    }

    /** The answers of the next reads, at least so many. */
    Map<String, Long> next(int count) {
        mark();
        await(name)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> answers().values().stream().mapToLong(each -> each).sum() >= count);
        return answers();
    }

    @Override
    public void close() throws Exception {
        ending = true;
        for (Future<?> client : clients) {
            client.get(30, TimeUnit.SECONDS);
        }
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return name;
    }
}
