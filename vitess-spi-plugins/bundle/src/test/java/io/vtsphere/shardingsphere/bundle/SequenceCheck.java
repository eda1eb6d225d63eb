package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One sequence table, two proxies with several clients each, one of the proxies killed and started again: no id twice. */
final class SequenceCheck {
    private static final int CLIENTS = 3;
    private static final int ROWS = 40;

    /** Starts the second proxy, the first time and again. */
    @FunctionalInterface
    interface Start {
        StockProxy run() throws Exception;
    }

    private SequenceCheck() {}

    static void run(Commerce commerce, StockProxy first, Start start) throws Exception {
        try (StockProxy second = start.run()) {
            insert(List.of(first, second));
            second.kill();
        }
        int before = keys(commerce).size();
        try (StockProxy second = start.run()) {
            insert(List.of(first, second));
        }
        assertThat(before).isEqualTo(2 * CLIENTS * ROWS);
        List<Long> keys = keys(commerce);
        assertThat(keys).hasSize(2 * before).doesNotHaveDuplicates();
        assertThat(keys).allMatch(key -> key >= 1000);
        assertThat(Long.parseLong(commerce.mysql().queryOne("commerce_0", "SELECT next_id FROM customer_seq")))
                .isGreaterThan(keys.stream().mapToLong(Long::longValue).max().orElseThrow());
    }

    private static void insert(List<StockProxy> proxies) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (StockProxy proxy : proxies) {
                for (int i = 0; i < CLIENTS; i++) {
                    work.add(() -> insert(proxy));
                }
            }
            for (Future<Integer> each : threads.invokeAll(work)) {
                assertThat(each.get()).isEqualTo(ROWS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int insert(StockProxy proxy) throws SQLException {
        int rows = 0;
        try (Connection connection = proxy.connect("commerce")) {
            for (int i = 0; i < ROWS; i++) {
                rows += Answers.update(connection, "INSERT INTO customer(name) VALUES ('row')");
            }
        }
        return rows;
    }

    /** Of both shards: an id handed out twice would be twice in one of them, which its primary key refuses, or in both. */
    private static List<Long> keys(Commerce commerce) throws SQLException {
        List<Long> keys = new ArrayList<>();
        for (String database : new String[] {"commerce_0", "commerce_1"}) {
            try (Connection mysql = commerce.mysql().connect(database)) {
                Set<String> of =
                        new HashSet<>(Answers.rows(mysql, "SELECT customer_id FROM customer WHERE name = 'row'"));
                of.forEach(key -> keys.add(Long.parseLong(key)));
            }
        }
        return keys;
    }
}
