package io.vtsphere.distribution.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The statements of TPC-H (its 22 queries), of TPC-C's transactions and of an object-relational mapper, whose plans the planner's tests show,
 * over two shards and over one MySQL with the same rows: the same answers and the same changes, or a refusal that is listed here.
 */
class WorkloadsEqualOneIT {
    private static final Path WORKLOADS = Path.of("vitess-spi-plugins/planner/src/test/resources/workloads");

    private static final List<String> REFUSED = List.of();

    /** Queries that leave the order of some rows open. */
    private static final List<String> TIES = List.of(
            "SELECT DISTINCT `users`.`id`, users.created_at AS alias_0 FROM `users` INNER JOIN `posts` ON `posts`.`user_id` = `users`.`id`"
                    + " WHERE `posts`.`status` = 'live' ORDER BY users.created_at DESC LIMIT 10",
            "SELECT u.id, u.name FROM users u WHERE EXISTS (SELECT 1 FROM comments c WHERE c.user_id = u.id) ORDER BY u.name LIMIT 50");

    private record Case(String name, JsonObject file) {
        ShardedCluster.Keyspace keyspace() {
            return new ShardedCluster.Keyspace(
                    name, List.of("-80", "80-"), file.get("vschema").toString(), Workload.tables(name));
        }
    }

    @Test
    void everyStatement_answersAndChangesAsOneMySql(@TempDir Path directory) throws Exception {
        List<Case> cases = List.of(read("tpch"), read("tpcc"), read("orm"));
        List<String> different = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        try (ShardedCluster cluster =
                new ShardedCluster(directory, cases.stream().map(Case::keyspace).toList(), true)) {
            for (Case workload : cases) {
                try (Connection gate = cluster.gate(workload.name());
                        Connection whole = cluster.whole(workload.name())) {
                    run(workload, gate, whole, different, refused);
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(refused).containsExactlyElementsOf(REFUSED);
    }

    private static void run(
            Case workload, Connection gate, Connection whole, List<String> different, List<String> refused)
            throws SQLException {
        for (String insert : Workload.rows(workload.name(), 20261121)) {
            change(gate, insert);
            change(whole, insert);
        }
        JsonArray statements = workload.file().getAsJsonArray("statements");
        int before = refused.size();
        int empty = 0;
        for (JsonElement statement : statements) {
            String sql = statement.getAsJsonObject().get("sql").getAsString();
            if (sql.matches("(?is)(select|with)\\b.*")) {
                boolean ordered = sql.matches("(?is).*\\border by\\b[^()]*") && !TIES.contains(sql);
                Answer answer = Answer.of(gate, sql, ordered);
                Answer expected = Answer.of(whole, sql, ordered);
                empty += expected.rows().isEmpty() ? 1 : 0;
                if (answer.isRefusal()) {
                    refused.add(workload.name() + ": " + sql);
                } else if (!answer.equals(expected) || expected.errno() != 0) {
                    different.add(sql + "\n  one MySQL " + expected + "\n  the gate  " + answer);
                }
            } else if (change(gate, sql) != change(whole, sql)) {
                different.add(sql + " changed another number of rows");
            }
        }
        for (String table : Workload.tables(workload.name())) {
            String columns = table.replaceAll("create table \\w+ \\(|, primary key \\(.*", "");
            String name = table.split(" ")[2];
            String sql = "select " + withoutTimes(columns) + " from " + name;
            Answer rows = Answer.of(gate, sql, false);
            if (!rows.equals(Answer.of(whole, sql, false)) || rows.errno() != 0) {
                different.add(workload.name() + ": rows of " + name + " differ: " + rows);
            }
        }
        System.out.printf(
                "%s: %d statements, %d refused, %d of the queries find nothing%n",
                workload.name(), statements.size(), refused.size() - before, empty);
    }

    /** NOW() is another one for the gate and the one MySQL. */
    private static String withoutTimes(String columns) {
        List<String> names = new ArrayList<>();
        for (String column : columns.split(", (?=[a-z])")) {
            if (!column.contains(" datetime")) {
                names.add(column.substring(0, column.indexOf(' ')));
            }
        }
        return String.join(", ", names);
    }

    private static int change(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private static Case read(String name) throws IOException {
        Path file = WORKLOADS.resolve(name + ".json");
        Path there = Files.exists(file) ? file : Path.of("..").resolve(file);
        return new Case(name, JsonParser.parseString(Files.readString(there)).getAsJsonObject());
    }
}
