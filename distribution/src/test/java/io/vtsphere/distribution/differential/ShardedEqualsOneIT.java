package io.vtsphere.distribution.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gate over shards of a real MySQL answers random queries as one MySQL with all the rows does: the same columns, types and rows, or a
 * refusal. The same queries in each build; set {@code differential.seed} for others. The profile {@code long} takes more queries
 * ({@code differential.queries}) and more clusters ({@code differential.shards}: numbers of shards, with a minus of random key ranges).
 */
class ShardedEqualsOneIT {
    private static final String VSCHEMA = """
            {"sharded": true, "vindexes": {"hash": {"type": "hash"}, "text": {"type": "unicode_loose_md5"}}, "tables": {
              "t1": {"column_vindexes": [{"column": "id", "name": "hash"}]},
              "t2": {"column_vindexes": [{"column": "t1id", "name": "hash"}]},
              "t3": {"column_vindexes": [{"column": "k", "name": "text"}]},
              "r": {"type": "reference"}, """ + TypedStatements.VSCHEMA + ", " + JoinStatements.VSCHEMA + "}}";

    private static final List<String> SHARDED = Stream.concat(
                    Stream.of(
                            "create table t1 (id bigint primary key, a int, u int unsigned, b varchar(20), d decimal(10,2), dt datetime)",
                            "create table t2 (id bigint, t1id bigint, v smallint, x varchar(20) collate utf8mb4_general_ci, y decimal(8,3),"
                                    + " z date, key (t1id))",
                            "create table t3 (k varchar(20) primary key, v int, w tinyint, e enum('c', 'b', 'a'))",
                            "create table r (id int primary key, name varchar(20))"),
                    Stream.concat(TypedStatements.TABLES.stream(), JoinStatements.TABLES.stream()))
            .toList();

    private static final String FLAT_VSCHEMA = """
            {"tables": {"f": {}, "j4": {}}}""";

    /** So few bytes that most rows that are gathered are asked about in several parts. */
    private static final int PART_BYTES = 200;

    /** MySQL's ER_NET_PACKET_TOO_LARGE. */
    private static final int TOO_LARGE = 1153;

    private final long seed = Long.getLong("differential.seed", 20261121);
    private final int queries = Integer.getInteger("differential.queries", 200);
    private final Random random = new Random(seed);

    static Stream<Integer> clusters() {
        return Arrays.stream(System.getProperty("differential.shards", "2,-4").split(","))
                .map(Integer::valueOf);
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void randomQueries_answerAsOneMySql_orAreRefused(int shardCount, @TempDir Path directory) throws Exception {
        List<String> shards = shards(shardCount);
        List<ShardedCluster.Keyspace> keyspaces = List.of(
                new ShardedCluster.Keyspace("main", shards, VSCHEMA, SHARDED),
                new ShardedCluster.Keyspace(
                        "flat",
                        List.of("0"),
                        FLAT_VSCHEMA,
                        List.of(
                                "create table f (id int primary key, a bigint, name varchar(20))",
                                JoinStatements.FLAT_TABLE)));
        Map<String, Integer> refusals = new TreeMap<>();
        List<String> differences = new ArrayList<>();
        int answered = 0;
        int failed = 0;
        int joined = 0;
        int tooLarge = 0;
        try (ShardedCluster cluster = new ShardedCluster(directory, keyspaces);
                Connection gate = cluster.gate("");
                Connection parts = cluster.gateWith(Map.of("gather-bytes", PART_BYTES));
                Connection whole = cluster.whole()) {
            load(gate, whole);
            RandomStatements statements = new RandomStatements(seed);
            TypedStatements typed = new TypedStatements(seed);
            JoinStatements joins = new JoinStatements(seed);
            for (int i = 0; i < queries; i++) {
                RandomStatements.Statement statement =
                        switch (i % 4) {
                            case 0 -> joins.next();
                            case 2 -> typed.next();
                            default -> statements.next();
                        };
                Answer expected = Answer.of(whole, statement.sql().replace("flat.", ""), statement.ordered());
                Answer actual = Answer.of(gate, statement.sql(), statement.ordered());
                if (actual.isRefusal()) {
                    refusals.merge(actual.error().replaceAll("[0-9]+|'[^']*'", "_"), 1, Integer::sum);
                } else if (expected.errno() != 0) {
                    failed++;
                    if (actual.errno() == 0) {
                        differences.add(statement.sql() + "\n  " + expected.error());
                    }
                } else {
                    answered++;
                    joined += i % 4 == 0 && isJoined(gate, statement.sql()) ? 1 : 0;
                    if (!actual.equals(expected)) {
                        differences.add(statement.sql() + "\n  one MySQL " + expected + "\n  the gate  " + actual);
                    }
                    try (Statement workload = parts.createStatement()) {
                        workload.execute("set workload = '" + (i % 8 < 4 ? "olap" : "oltp") + "'");
                    }
                    Answer byParts = Answer.of(parts, statement.sql(), statement.ordered());
                    if (byParts.errno() == TOO_LARGE) {
                        tooLarge++;
                    } else if (!byParts.equals(expected)) {
                        differences.add(statement.sql() + "\n  one MySQL " + expected + "\n  in parts  " + byParts);
                    }
                }
            }
        }
        System.out.printf(
                "%d queries over %s, seed %d: %d answered (all but %d also in parts of %d bytes), %d joined in the gate, %d refused,"
                        + " %d errors of MySQL%n",
                queries, shards, seed, answered, tooLarge, PART_BYTES, joined, queries - answered - failed, failed);
        refusals.forEach((text, count) -> System.out.println("  " + count + " x " + text));
        assertThat(differences).as("differences, seed %d", seed).isEmpty();
        assertThat(answered).isGreaterThan(queries / 2);
        assertThat(joined).as("of %d joins", queries / 4).isGreaterThan(queries / 10);
    }

    /** Whether the gate joins, and does not turn to its other way then. */
    private static boolean isJoined(Connection gate, String sql) throws SQLException {
        try (Statement statement = gate.createStatement()) {
            return shown(statement, "vexplain plan " + sql).contains("\"Join\"")
                    && !shown(statement, "vexplain queries " + sql).contains("json_table");
        }
    }

    private static String shown(Statement statement, String vexplain) throws SQLException {
        StringBuilder text = new StringBuilder();
        statement.execute(vexplain);
        try (ResultSet result = statement.getResultSet()) {
            while (result.next()) {
                text.append(result.getString(result.getMetaData().getColumnCount()))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** Key ranges of about the same size, or of random sizes for a negative number. */
    private List<String> shards(int count) {
        List<String> bounds = new ArrayList<>(List.of(""));
        for (int i = 1; i < Math.abs(count); i++) {
            bounds.add("%02x".formatted(i * 256 / Math.abs(count)));
        }
        if (count < 0) {
            TreeSet<Integer> drawn = new TreeSet<>();
            while (drawn.size() < -count - 1) {
                drawn.add(1 + random.nextInt(0xFFFF));
            }
            bounds = new ArrayList<>(List.of(""));
            drawn.stream().map("%04x"::formatted).forEach(bounds::add);
        }
        bounds.add("");
        List<String> shards = new ArrayList<>();
        for (int i = 0; i + 1 < bounds.size(); i++) {
            shards.add(bounds.get(i) + "-" + bounds.get(i + 1));
        }
        return shards.size() == 1 ? List.of("-") : shards;
    }

    private void load(Connection gate, Connection whole) throws SQLException {
        for (int i = 0; i < 14; i++) {
            both(
                    gate,
                    whole,
                    "insert into t1 (id, a, u, b, d, dt) values (" + i + ", " + number(6) + ", " + number(9) + ", "
                            + text() + ", " + decimal() + ", " + time(" 10:0" + random.nextInt(3) + ":00") + ")");
            both(
                    gate,
                    whole,
                    "insert into t2 (id, t1id, v, x, y, z) values (" + i + ", " + random.nextInt(16) + ", " + number(6)
                            + ", " + text() + ", " + decimal() + ", " + time("") + ")");
        }
        List<String> keys = List.of("'a'", "'b'", "'C'", "'d '", "'\u00e9'", "'f'", "'10'");
        for (String key : keys) {
            both(
                    gate,
                    whole,
                    "insert into t3 (k, v, w, e) values (" + key + ", " + number(6) + ", " + number(3) + ", "
                            + (random.nextInt(4) == 0
                                    ? "null"
                                    : List.of("'a'", "'b'", "'c'").get(random.nextInt(3))) + ")");
        }
        for (String row : TypedStatements.rows()) {
            both(gate, whole, row);
        }
        for (String row : JoinStatements.rows(seed)) {
            both(gate, whole, row);
        }
        for (int i = 0; i < 4; i++) {
            both(gate, whole, "insert into r (id, name) values (" + i + ", " + text() + ")");
            both(gate, whole, "insert into f (id, a, name) values (" + i + ", " + number(5) + ", " + text() + ")");
        }
    }

    private static void both(Connection gate, Connection whole, String sql) throws SQLException {
        execute(gate, sql);
        execute(whole, sql.replace("flat.", ""));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String number(int bound) {
        return random.nextInt(4) == 0 ? "null" : Integer.toString(random.nextInt(bound));
    }

    private String text() {
        List<String> texts =
                List.of("null", "'a'", "'A'", "'b'", "'b '", "'C'", "'ac'", "'\u00e4'", "'1'", "'2x'", "''");
        return texts.get(random.nextInt(texts.size()));
    }

    private String decimal() {
        return random.nextInt(4) == 0 ? "null" : (random.nextInt(60) - 20) / 4.0 + "";
    }

    private String time(String clock) {
        return random.nextInt(4) == 0 ? "null" : "'2020-01-0" + (1 + random.nextInt(3)) + clock + "'";
    }
}
