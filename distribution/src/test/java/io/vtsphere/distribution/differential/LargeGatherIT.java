package io.vtsphere.distribution.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queries over gathered rows that are several times as large as what one query to a tablet holds answer as one MySQL does. Three MiB in the ordinary
 * build; {@code gather.mib} for more, which is where the limit is the one that gates have.
 */
class LargeGatherIT {
    private static final int MIB = 1 << 20;
    private static final int PAD = 2_000;
    private static final int MOST = 15 * MIB;
    private static final int SMALL = 40;

    private static final String VSCHEMA = """
            {"sharded": true, "vindexes": {"hash": {"type": "hash"}}, "tables": {
              "big": {"column_vindexes": [{"column": "id", "name": "hash"}]},
              "small": {"column_vindexes": [{"column": "id", "name": "hash"}]}}}""";

    private static final List<String> TABLES = List.of(
            "create table big (id bigint primary key, k bigint, v decimal(10,2), pad varchar(2100))",
            "create table small (id bigint primary key, name varchar(20))");

    private final int mib = Integer.getInteger("gather.mib", 3);
    private final Random random = new Random(20261121);

    @Test
    void queriesOverMoreThanOneQueryHolds(@TempDir Path directory) throws Exception {
        List<ShardedCluster.Keyspace> keyspaces =
                List.of(new ShardedCluster.Keyspace("main", List.of("-40", "40-80", "80-c0", "c0-"), VSCHEMA, TABLES));
        int limit = Math.min(MOST, mib * MIB / 8 * 3);
        try (ShardedCluster cluster = new ShardedCluster(directory, keyspaces);
                Connection gate = cluster.gateWith(Map.of("gather-bytes", limit));
                Connection whole = cluster.whole()) {
            load(gate, whole);
            for (String query : List.of(
                    "select s.name, count(*) as n, sum(b.v), avg(b.v), min(b.pad), max(b.pad) from big as b"
                            + " join small as s on s.id = b.k group by s.name order by s.name desc",
                    "select b.id, s.name, b.pad from big as b left join small as s on s.id = b.k and s.name < b.pad"
                            + " order by b.v desc, b.id limit 100, 20",
                    "select count(*), sum(crc32(b.pad)) from big as b where b.k in (select id from small where name <> 'n1')",
                    "select b.id, crc32(b.pad) as c, s.name from big as b, small as s where s.id = b.k")) {
                long began = System.nanoTime();
                Answer expected = Answer.of(whole, query, query.contains("order by"));
                long one = System.nanoTime() - began;
                Answer answer = Answer.of(gate, query, query.contains("order by"));
                System.out.printf(
                        "%d MiB in parts of %d KiB: %d ms, one MySQL %d ms: %s%n",
                        mib, limit >> 10, (System.nanoTime() - began - one) / 1_000_000, one / 1_000_000, query);
                assertThat(expected.errno()).as(query + ": " + expected.error()).isZero();
                assertThat(answer).as(query).isEqualTo(expected);
            }
            // Twice the rows: more than tablets give at once.
            execute(gate, "set workload = 'olap'");
            String more = "insert into big (id, k, v, pad) select id + 10000000, k, v, left(pad, 1500) from big";
            execute(gate, more);
            execute(whole, more);
            String streamed = "select s.name, count(*) as n, sum(b.v), max(b.pad), count(b.pad) from big as b"
                    + " join small as s on s.id = b.k group by s.name order by n desc, s.name";
            assertThat(Answer.of(gate, streamed, true)).as(streamed).isEqualTo(Answer.of(whole, streamed, true));
            assertThat(Answer.of(
                                    gate,
                                    "select count(distinct b.pad) from big as b join small as s on s.id = b.k",
                                    false)
                            .error())
                    .as("distinct values of all parts")
                    .contains("gather-bytes");
        }
    }

    private void load(Connection gate, Connection whole) throws SQLException {
        StringJoiner small = new StringJoiner(", ", "insert into small (id, name) values ", "");
        for (int i = 0; i < SMALL; i++) {
            small.add("(" + i + ", 'n" + i % 7 + "')");
        }
        both(gate, whole, small.toString());
        int rows = (int) ((long) mib * MIB / (PAD + 150));
        StringJoiner next = insert();
        for (int i = 0; i < rows; i++) {
            next.add("(" + i + ", " + random.nextInt(SMALL + 5) + ", " + random.nextInt(100_000) / 100.0 + ", '" + pad()
                    + "')");
            if (i % 500 == 499 || i == rows - 1) {
                both(gate, whole, next.toString());
                next = insert();
            }
        }
    }

    private static StringJoiner insert() {
        return new StringJoiner(", ", "insert into big (id, k, v, pad) values ", "");
    }

    private String pad() {
        StringBuilder pad = new StringBuilder();
        while (pad.length() < PAD) {
            pad.append(random.nextInt(10) == 0 ? "\u00e4\"" : Integer.toString(random.nextInt(1_000_000), 36));
        }
        return pad.toString();
    }

    private static void both(Connection gate, Connection whole, String sql) throws SQLException {
        execute(whole, sql);
        execute(gate, sql);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
