package io.vtsphere.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.vterrors.VtException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the planner lets through is right: for random queries, the rows of the shards taken together as the plan says are the rows of one
 * MySQL with all the data. The same queries in each build; set {@code planner.seed} for others.
 */
class ShardedEqualsWholeIT {
    private static final int QUERIES = 6000;

    private final long seed = Long.getLong("planner.seed", 20261121);
    private final Random random = new Random(seed);

    @Test
    void randomQueries_giveTheRowsOfOneMySql_orAreRefused(@TempDir Path directory) throws Exception {
        TwoShards shards = new TwoShards();
        RandomQueries queries = new RandomQueries(seed);
        int answered = 0;
        try (MySqlProcess mysql = MySqlProcess.start(MySqlProcess.Options.in(directory))) {
            load(mysql, shards);
            try (Connection connection = mysql.connect("")) {
                for (int i = 0; i < QUERIES; i++) {
                    answered += compare(queries.next(), shards, connection) ? 1 : 0;
                }
            }
        }
        assertThat(answered).as("queries that were answered, seed %d", seed).isGreaterThan(QUERIES / 20);
    }

    /** Whether the query was planned and its answer compared. */
    private boolean compare(String sql, TwoShards shards, Connection connection) throws SQLException {
        Plan plan;
        try {
            plan = shards.planner()
                    .plan(
                            sql,
                            SqlParser.parse(sql, SqlModes.DEFAULT),
                            shards.state(),
                            PlanTarget.primary("k"),
                            PlanSettings.NONE);
        } catch (VtException refusal) {
            assertThat(refusal.getMessage()).as("seed %d: %s", seed, sql).startsWith("VT12001: unsupported: ");
            return false;
        }
        List<String> whole;
        try {
            whole = rows(connection, "whole", sql);
        } catch (SQLException rejected) {
            return false;
        }
        List<String> sharded = run(plan.root(), shards, connection);
        if (sharded == null) {
            return false;
        }
        Collections.sort(whole);
        Collections.sort(sharded);
        assertThat(sharded).as("seed %d: %s%n%s", seed, sql, plan.toJson()).isEqualTo(whole);
        return true;
    }

    /** The rows of a plan without sorted groups; null for others. */
    private @Nullable List<String> run(Primitive plan, TwoShards shards, Connection connection) throws SQLException {
        if (plan instanceof Primitive.Distinct distinct) {
            List<String> rows = run(distinct.input(), shards, connection);
            return rows == null ? null : new ArrayList<>(new LinkedHashSet<>(firstTwo(rows)));
        }
        if (plan instanceof Primitive.Aggregate aggregate) {
            List<String> rows = aggregate.groupBy().isEmpty() ? run(aggregate.input(), shards, connection) : null;
            return rows == null ? null : new ArrayList<>(List.of(sum(rows) + "|"));
        }
        if (!(plan instanceof Primitive.Route route)) {
            return null;
        }
        List<String> rows = new ArrayList<>();
        for (Map.Entry<String, String> query : queries(route, shards).entrySet()) {
            rows.addAll(rows(connection, query.getKey(), query.getValue()));
        }
        return rows;
    }

    private Map<String, String> queries(Primitive.Route route, TwoShards shards) {
        Map<String, String> queries = new LinkedHashMap<>();
        String sql = route.query().sql();
        switch (route.routing().opcode()) {
            case SCATTER -> TwoShards.DATABASES.forEach(database -> queries.put(database, sql));
            case NONE, REFERENCE -> queries.put(anyDatabase(), sql);
            case EQUAL_UNIQUE -> {
                String database =
                        shards.databaseOf(literal(route.routing().values().get(0)));
                queries.put(database == null ? anyDatabase() : database, sql);
            }
            case IN ->
                lists(route.routing().values().get(0), shards)
                        .forEach((database, list) -> queries.put(database, sql.replace("::__vals", list.toString())));
            default -> throw new IllegalStateException("no such route was expected: " + route.routing());
        }
        return queries;
    }

    private static Map<String, StringJoiner> lists(RouteValue values, TwoShards shards) {
        Map<String, StringJoiner> lists = new LinkedHashMap<>();
        for (RouteValue value : ((RouteValue.Tuple) values).values()) {
            String database = shards.databaseOf(literal(value));
            if (database != null) {
                lists.computeIfAbsent(database, name -> new StringJoiner(", ", "(", ")"))
                        .add(literal(value).text());
            }
        }
        return lists;
    }

    private static SqlValue literal(RouteValue value) {
        return ((RouteValue.Literal) value).value();
    }

    private String anyDatabase() {
        return TwoShards.DATABASES.get(random.nextInt(TwoShards.DATABASES.size()));
    }

    private static long sum(List<String> rows) {
        return rows.stream()
                .mapToLong(row -> Long.parseLong(row.substring(0, row.indexOf('|'))))
                .sum();
    }

    private static List<String> firstTwo(List<String> rows) {
        return rows.stream()
                .map(row -> String.join("|", List.of(row.split("\\|")).subList(0, 2)) + "|")
                .toList();
    }

    private static List<String> rows(Connection connection, String database, String sql) throws SQLException {
        connection.setCatalog(database);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= columns; i++) {
                    row.append(result.getString(i)).append('|');
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }

    private void load(MySqlProcess mysql, TwoShards shards) throws SQLException {
        List<String> databases = new ArrayList<>(TwoShards.DATABASES);
        databases.add("whole");
        for (String database : databases) {
            mysql.execute("", "create database " + database);
            for (String table : List.of("a", "b", "c", "r")) {
                mysql.execute(database, "create table " + table + " (v bigint, x bigint, y bigint)");
            }
        }
        for (String table : List.of("a", "b", "c")) {
            for (int i = 0; i < 9; i++) {
                int v = random.nextInt(7);
                String row =
                        "insert into " + table + " values (" + v + ", " + valueOrNull() + ", " + valueOrNull() + ")";
                mysql.execute("whole", row);
                mysql.execute(shards.databaseOf(SqlValue.int64(v)), row);
            }
        }
        for (int i = 0; i < 4; i++) {
            String row = "insert into r values (" + valueOrNull() + ", " + i + ", " + valueOrNull() + ")";
            for (String database : databases) {
                mysql.execute(database, row);
            }
        }
    }

    private String valueOrNull() {
        return random.nextInt(4) == 0 ? "null" : Integer.toString(random.nextInt(6));
    }
}
