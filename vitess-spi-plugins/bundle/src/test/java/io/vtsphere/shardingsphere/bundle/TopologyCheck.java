package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What a host that follows the topology has to do while the topology changes under load. */
final class TopologyCheck {
    private static final int CUSTOMERS = 40;
    private static final Duration VISIBLE = Duration.ofSeconds(10);

    private final Keyspaces keyspaces;
    /** To keyspace customer. */
    private final Load.Clients clients;

    TopologyCheck(Keyspaces keyspaces, Load.Clients clients) {
        this.keyspaces = keyspaces;
        this.clients = clients;
    }

    /** From two shards without the table note to four with it. */
    void run() throws Exception {
        try (Connection connection = clients.open();
                Load reads = new Load()) {
            fill(connection);
            readers(reads);
            long orders = newTable(connection);
            reshard(connection, orders);
            reads.end();
            assertThat(reads.faults()).isEmpty();
            assertThat(reads.rounds()).isGreaterThan(500);
        }
    }

    private void fill(Connection connection) throws SQLException {
        for (int id = 1; id <= CUSTOMERS; id++) {
            assertThat(Answers.update(
                            connection,
                            "INSERT INTO customer(customer_id, name) VALUES (?, ?)",
                            (long) id,
                            "name" + id))
                    .isEqualTo(1);
        }
        Answers.update(connection, "INSERT INTO region VALUES (1, 'north')");
        for (String shard : Keyspaces.TWO) {
            assertThat(keyspaces.rows(List.of(shard), "customer")).isBetween(5L, 35L);
            assertThat(keyspaces.rows(List.of(shard), "region")).isEqualTo(1);
        }
        assertThat(keyspaces.rows(Keyspaces.FOUR, "region")).isZero();
    }

    private void readers(Load reads) {
        reads.client(clients, false, (connection, number) -> {
            long id = number % CUSTOMERS + 1;
            return expect(
                    List.of("name" + id),
                    Answers.rows(connection, "SELECT name FROM customer WHERE customer_id = ?", id));
        });
        reads.client(clients, true, (connection, number) -> {
            long id = number % CUSTOMERS + 1;
            connection.setAutoCommit(false);
            List<String> one =
                    Answers.rows(connection, "SELECT name FROM customer WHERE customer_id IN (" + id + ", " + id + ")");
            List<String> north = Answers.rows(connection, "SELECT name FROM region WHERE id = 1");
            connection.commit();
            connection.setAutoCommit(true);
            return expect(List.of("name" + id), one) + expect(List.of("north"), north);
        });
        reads.client(
                clients,
                false,
                (connection, number) -> expect(
                        List.of(Integer.toString(CUSTOMERS)),
                        Answers.rows(connection, "SELECT COUNT(*) FROM customer")));
        reads.client(
                clients,
                true,
                (connection, number) -> expect(
                        List.of("1|name1", "2|name2", "3|name3"),
                        Answers.rows(
                                connection, "SELECT customer_id, name FROM customer ORDER BY customer_id LIMIT 3")));
    }

    private static String expect(List<String> expected, List<String> actual) {
        return expected.equals(actual) ? "" : "expected " + expected + ", was " + actual;
    }

    /** A table that the VSchema names from now on, while orders with ids of the sequence are written. */
    private long newTable(Connection connection) throws Exception {
        AtomicLong orders = new AtomicLong();
        try (Load writes = new Load()) {
            writes.client(clients, false, (writer, number) -> {
                int rows = Answers.update(
                        writer, "INSERT INTO corder(customer_id, sku) VALUES (?, 'a')", number % CUSTOMERS + 1);
                orders.addAndGet(rows);
                return rows == 1 ? "" : rows + " rows";
            });
            writes.awaitRounds(20);
            assertThatNoteIsUnknown(connection);
            keyspaces.addNote();
            await().atMost(VISIBLE)
                    .ignoreExceptions()
                    .until(() -> Answers.update(connection, "INSERT INTO note VALUES (1, 'first')") == 1);
            for (int id = 2; id <= CUSTOMERS; id++) {
                Answers.update(connection, "INSERT INTO note(customer_id, text) VALUES (?, 'more')", (long) id);
            }
            assertThat(Answers.rows(connection, "SELECT text FROM note WHERE customer_id = 1"))
                    .containsExactly("first");
            assertThat(keyspaces.rows(Keyspaces.TWO, "note")).isEqualTo(CUSTOMERS);
            assertThat(keyspaces.rows(List.of("-80"), "note")).isEqualTo(keyspaces.rows(List.of("-80"), "customer"));
            writes.awaitRounds(20);
            writes.end();
            assertThat(writes.faults()).isEmpty();
        }
        return orders.get();
    }

    /** An exception of any kind: 5.5 throws its own at prepareStatement. */
    private static void assertThatNoteIsUnknown(Connection connection) {
        assertThatThrownBy(() -> Answers.rows(connection, "SELECT text FROM note WHERE customer_id = 1"))
                .hasMessageContaining("note");
        assertThatThrownBy(() -> Answers.update(connection, "INSERT INTO note VALUES (1, 'lost')"))
                .as("5.1 names no reason for an INSERT without columns")
                .isInstanceOf(Exception.class);
    }

    private void reshard(Connection connection, long orders) throws Exception {
        assertThat(keyspaces.rows(Keyspaces.TWO, "corder")).isEqualTo(orders);
        keyspaces.reshard();
        await().atMost(VISIBLE).until(() -> {
            // to the old shards as long as the host does not know the new ones, where it would be lost in a resharding
            // without locks
            Answers.update(connection, "DELETE FROM note WHERE customer_id = 1");
            return keyspaces.rows(Keyspaces.FOUR, "note") == CUSTOMERS - 1;
        });
        // one second of drain time: then nobody may come back to the old shards
        await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
        keyspaces.empty(Keyspaces.TWO);
        assertThat(Answers.rows(connection, "SELECT COUNT(*) FROM corder")).containsExactly(Long.toString(orders));
        assertThat(Answers.update(connection, "INSERT INTO corder(customer_id, sku) VALUES (7, 'b')"))
                .isEqualTo(1);
        assertThat(keyspaces.rows(Keyspaces.FOUR, "corder")).isEqualTo(orders + 1);
        assertThat(keyspaces.rows(Keyspaces.TWO, "corder")).isZero();
    }
}
