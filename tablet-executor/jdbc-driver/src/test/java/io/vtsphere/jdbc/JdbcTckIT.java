package io.vtsphere.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario against Connector/J on MySQL and against our driver on a tablet over the same MySQL: the answers are the same. */
class JdbcTckIT {
    /** What differs, line by line of a scenario; each is a row of docs/jdbc.md. */
    private static final List<String> KNOWN = List.of(
            // a tablet does not hand MySQL's warnings on, as in Vitess
            "warning: ",
            // columns in other character sets arrive in UTF-8, of up to four bytes a character
            "c_latin bytes: ",
            "c_text: ",
            // the packet's raw bytes, which may be short or long for the same value
            "c_timestamp bytes: ",
            "c_time3 bytes: ");

    private static OneShard shard;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        shard = new OneShard(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        if (shard != null) {
            // its gates would look for their topology for ever
            ((VitessDriver) DriverManager.getDriver("jdbc:vitess://any")).deregister();
            shard.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> text() {
        return tests("useServerPrepStmts=false");
    }

    @TestFactory
    Stream<DynamicTest> binary() {
        return tests("useServerPrepStmts=true");
    }

    @TestFactory
    Stream<DynamicTest> rewrittenBatches() {
        return tests("rewriteBatchedStatements=true")
                .filter(test -> test.getDisplayName().startsWith("batches"));
    }

    private static Stream<DynamicTest> tests(String options) {
        return Scenarios.all().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    String direct = run(entry.getValue(), shard.mysql().jdbcUrl("direct") + "&" + options, "direct");
                    String vitess = run(entry.getValue(), shard.url("customer/-80@primary") + "&" + options, null);
                    assertThat(differences(direct, vitess)).isEmpty();
                }));
    }

    /** Line by line, so that a failure shows what differs and not all that does not. */
    private static List<String> differences(String direct, String vitess) {
        List<String> expected = direct.lines().toList();
        List<String> actual = vitess.lines().toList();
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String left = i < expected.size() ? expected.get(i) : "nothing";
            String right = i < actual.size() ? actual.get(i) : "nothing";
            boolean known = KNOWN.stream().anyMatch(start -> left.startsWith(start) && right.startsWith(start));
            if (!left.equals(right) && !known) {
                differences.add("\n  MySQL  " + left + "\n  vitess " + right);
            }
        }
        return differences;
    }

    private static String run(Scenarios.Scenario scenario, String url, String database) throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            Transcript transcript = new Transcript(database == null ? connection.getCatalog() : database);
            scenario.run(connection, transcript);
            return transcript.toString();
        }
    }
}
