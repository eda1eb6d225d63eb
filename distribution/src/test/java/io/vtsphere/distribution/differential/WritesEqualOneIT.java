package io.vtsphere.distribution.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random UPDATE and DELETE with LIMIT, subqueries and joins over three shards and an unsharded keyspace change the rows that one MySQL with
 * all of them changes, and count the same, or are refused and change none. The same statements in each build; set {@code
 * differential.writes.seed} for others and {@code differential.writes} for more.
 */
class WritesEqualOneIT {
    private static final String VSCHEMA = """
            {"sharded": true, "vindexes": {"hash": {"type": "hash"}, "text": {"type": "unicode_loose_md5"},
                "o_code": {"type": "consistent_lookup_unique", "owner": "o",
                  "params": {"table": "main.o_code", "from": "code", "to": "keyspace_id"}}},
              "tables": {
                "w1": {"column_vindexes": [{"column": "id", "name": "hash"}]},
                "w2": {"column_vindexes": [{"column": "pid", "name": "hash"}]},
                "w3": {"column_vindexes": [{"column": "k", "name": "text"}]},
                "o": {"column_vindexes": [{"column": "id", "name": "hash"}, {"column": "code", "name": "o_code"}]},
                "o_code": {"column_vindexes": [{"column": "code", "name": "hash"}]}}}""";

    private static final String COLUMNS = "a int, b varchar(20), c int, d decimal(10,2)";

    private static final List<String> SHARDED = List.of(
            "create table w1 (id bigint primary key, " + COLUMNS + ")",
            "create table w2 (pid bigint, n int, " + COLUMNS + ", primary key (n, pid))",
            "create table w3 (k varchar(20) primary key, " + COLUMNS + ")",
            "create table o (id bigint primary key, code bigint, " + COLUMNS + ", unique key (code))",
            "create table o_code (code bigint primary key, keyspace_id varbinary(16))");

    private static final List<String> FLAT = List.of("create table f (id int primary key, " + COLUMNS + ")");

    private static final List<String> TABLES = List.of("w1", "w2", "w3", "o", "f");

    private final long seed = Long.getLong("differential.writes.seed", 20261121);
    private final int writes = Integer.getInteger("differential.writes", 120);
    private final Map<String, Integer> refusals = new TreeMap<>();
    private int changing;

    @Test
    void randomWrites_changeWhatOneMySqlChanges_orAreRefused(@TempDir Path directory) throws Exception {
        List<ShardedCluster.Keyspace> keyspaces = List.of(
                new ShardedCluster.Keyspace("main", List.of("-40", "40-a0", "a0-"), VSCHEMA, SHARDED),
                new ShardedCluster.Keyspace("flat", List.of("0"), "{\"tables\": {\"f\": {}}}", FLAT));
        RandomWrites random = new RandomWrites(seed);
        int failed = 0;
        try (ShardedCluster cluster = new ShardedCluster(directory, keyspaces)) {
            for (boolean affectedRows : List.of(true, false)) {
                String counting = "useAffectedRows=" + affectedRows;
                try (Connection gate = cluster.gate("", counting);
                        Connection whole = cluster.wholeWith(counting)) {
                    failed += run(random, gate, whole);
                }
            }
        }
        int refused = refusals.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                "%d writes, seed %d: %d changed rows, %d refused, %d errors of MySQL%n",
                writes, seed, changing, refused, failed);
        refusals.forEach((text, count) -> System.out.println("  " + count + " x " + text));
        assertThat(changing).isGreaterThan(writes / 3);
        assertThat(refused).isLessThan(writes / 10);
    }

    /** Half of the statements; gives the number of those that MySQL refuses. */
    private int run(RandomWrites random, Connection gate, Connection whole) throws SQLException {
        int failed = 0;
        for (int i = 0; i < 12; i++) {
            fill(random, gate, whole);
        }
        for (int i = 0; i < writes / 2; i++) {
            if (i % 3 == 0) {
                fill(random, gate, whole);
            }
            String sql = random.next();
            failed += step(sql, i % 4 == 3, gate, whole) ? 0 : 1;
            requireEqualTables(sql, seed, gate, whole);
            requireEntries(sql, gate);
        }
        return failed;
    }

    /** Rows whose keys are there already are left out, by both. */
    private static void fill(RandomWrites random, Connection gate, Connection whole) throws SQLException {
        for (String row : random.rows()) {
            Object there = write(whole, row);
            assertThat(write(gate, row)).as(row).isEqualTo(there);
        }
    }

    /**
     * Whether MySQL takes the statement.
     *
     * @param inTransaction whether it is carried out twice, the first time only to be rolled back
     */
    private boolean step(String sql, boolean inTransaction, Connection gate, Connection whole) throws SQLException {
        Object actual = null;
        if (inTransaction) {
            gate.setAutoCommit(false);
            actual = write(gate, sql);
            gate.rollback();
            gate.setAutoCommit(true);
        }
        Object again = write(gate, sql);
        if (inTransaction) {
            // an error names the shard, which may be another one
            assertThat(again instanceof String ? "error" : again)
                    .as("after a rollback, seed %d: %s", seed, sql)
                    .isEqualTo(actual instanceof String ? "error" : actual);
        }
        if (again instanceof String error && error.contains("VT12001")) {
            refusals.merge(error.replaceAll("[0-9]+|'[^']*'", "_"), 1, Integer::sum);
            return true;
        }
        Object expected = write(whole, sql);
        if (expected instanceof String) {
            assertThat(again).as("seed %d: %s", seed, sql).isInstanceOf(String.class);
            return false;
        }
        assertThat(again).as("seed %d: %s", seed, sql).isEqualTo(expected);
        changing += expected.equals(0) ? 0 : 1;
        return true;
    }

    /** The number of rows, or what went wrong: an error number for a row that is there already. */
    private static Object write(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException e) {
            return e.getErrorCode() == 1062 ? "1062" : "" + e.getMessage();
        }
    }

    private static void requireEqualTables(String sql, long seed, Connection gate, Connection whole) {
        for (String table : TABLES) {
            String query = "select * from " + table;
            assertThat(Answer.of(gate, query, false))
                    .as("rows of %s after, seed %d: %s", table, seed, sql)
                    .isEqualTo(Answer.of(whole, query, false));
        }
    }

    /** The lookup table has an entry for each row, and no other. */
    private static void requireEntries(String sql, Connection gate) {
        List<String> codes = Answer.of(gate, "select code from o", false).rows();
        assertThat(Answer.of(gate, "select code from o_code", false).rows())
                .as("entries after: %s", sql)
                .isEqualTo(codes);
    }
}
