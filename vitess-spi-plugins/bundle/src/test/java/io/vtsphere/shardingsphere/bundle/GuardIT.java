package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.shardingsphere.bundle.GuardJudge.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Hosts with the guard beside one MySQL with the same rows: every answer is the same, or there is none. */
class GuardIT {
    private static final long SEED = Long.getLong("guard.seed", 20_261_121);
    private static final int RANDOM =
            Integer.getInteger("guard.statements", Boolean.getBoolean("bundle.long") ? 3000 : 60);
    private static GuardTables tables;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        tables = new GuardTables(directory);
    }

    @AfterAll
    static void stop() {
        if (tables != null) {
            tables.close();
        }
    }

    @BeforeEach
    void reset() throws Exception {
        tables.reset();
    }

    @Test
    void proxy510_noAnswerIsWrong(@TempDir Path home) throws Exception {
        proxy("proxy-5.1.0", home);
    }

    @Test
    @EnabledIfSystemProperty(named = "bundle.long", matches = "true")
    void proxy511_noAnswerIsWrong(@TempDir Path home) throws Exception {
        proxy("proxy-5.1.1", home);
    }

    private static void proxy(String host, Path home) throws Exception {
        Map<String, String> conf = Map.of(
                "server.yaml", Bundle.sample("guard-5.1/server.yaml", tables.port()),
                "config-guard.yaml", Bundle.sample("guard-5.1/config-guard.yaml", tables.port()));
        try (StockProxy proxy = StockProxy.start(host, home, conf)) {
            // parameters are written into the text: 5.1 sends Connector/J no rows otherwise
            try (Connection connection = proxy.connect("guard")) {
                judge(host, connection, connection);
                assertThat(proxy.log()).containsOnlyOnce("behind ShardingSphere 5.1's own MySQL front end");
            }
        }
    }

    @Test
    void jdbc552_noAnswerIsWrong(@TempDir Path home) throws Exception {
        try (JdbcHost host = new JdbcHost(home, Bundle.sample("guard-5.5/guard.yaml", tables.port()));
                Connection connection = host.connectByUrl()) {
            judge("jdbc-5.5.2", connection, connection);
        }
    }

    private static void judge(String host, Connection texts, Connection prepared) throws Exception {
        try (Connection whole = tables.mysql().connect(GuardTables.WHOLE)) {
            for (String insert : GuardTables.rows()) {
                Answers.update(whole, insert);
                Answers.update(texts, insert);
            }
            GuardJudge corpus = new GuardJudge(tables, texts, whole);
            List<String> due = corpus(corpus);
            GuardJudge parameters = new GuardJudge(tables, prepared, whole);
            GuardStatements random = new GuardStatements(SEED);
            for (int i = 0; i < RANDOM; i++) {
                GuardStatements.Statement statement = random.next();
                if (i % 2 == 0) {
                    corpus.judge(statement.text());
                } else {
                    parameters.judge(statement.marked(), statement.values().toArray());
                }
            }
            report(host, corpus, "text");
            report(host, parameters, "prepared");
            assertThat(corpus.of(Verdict.WRONG)).isEmpty();
            assertThat(parameters.of(Verdict.WRONG)).isEmpty();
            assertThat(corpus.of(Verdict.ANSWERED).stream()
                            .map(each -> each.lines().findFirst().orElse("")))
                    .as("what the host does right is not refused")
                    .containsAll(due);
        }
    }

    /** The statements of the file; those with a plus must be answered. */
    private static List<String> corpus(GuardJudge judge) throws Exception {
        List<String> due = new ArrayList<>();
        for (String line : corpus().lines().toList()) {
            if (!line.startsWith("--")) {
                String sql = line.startsWith("+ ") ? line.substring(2) : line;
                if (line.startsWith("+")) {
                    due.add(sql);
                }
                judge.judge(sql);
            }
        }
        return due;
    }

    private static void report(String host, GuardJudge judge, String kind) {
        System.out.printf(
                "guard in %s, %s: answered %d, refused %d, host error %d, invalid %d, wrong %d (seed %d)%n",
                host,
                kind,
                judge.count(Verdict.ANSWERED),
                judge.count(Verdict.REFUSED),
                judge.count(Verdict.HOST_ERROR),
                judge.count(Verdict.INVALID),
                judge.count(Verdict.WRONG),
                SEED);
    }

    private static String corpus() throws Exception {
        try (var in = GuardIT.class.getResourceAsStream("/guard/corpus.sql")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
