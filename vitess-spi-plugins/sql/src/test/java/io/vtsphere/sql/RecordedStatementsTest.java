package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vtsphere.sql.ast.Ddl;
import io.vtsphere.sql.ast.Show;
import io.vtsphere.sql.ast.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The statements that were sent to a real vtgate: what it parsed we parse, what it refused we refuse at the same place. */
class RecordedStatementsTest {
    /** Refused by vtgate's grammar, valid in MySQL: recognised here, so that they can be refused by name. */
    private static final Set<String> KNOWN_TO_MYSQL =
            Set.of("checksum", "grant", "xa", "help", "table", "create", "handler");

    @TestFactory
    Stream<DynamicTest> recorded() throws IOException {
        return lines().stream()
                .map(line -> DynamicTest.dynamicTest(line.get("sql").asText(), () -> check(line)));
    }

    private static List<JsonNode> lines() throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (InputStream in =
                Objects.requireNonNull(RecordedStatementsTest.class.getResourceAsStream("recorded.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> {
                        try {
                            return json.readTree(line);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    private static void check(JsonNode line) {
        String sql = line.get("sql").asText();
        if (!line.has("error")) {
            for (String one : Statements.split(sql, SqlModes.DEFAULT)) {
                Statement statement = SqlParser.parse(one);
                String printed = SqlPrinter.print(statement);
                assertThat(SqlPrinter.print(SqlParser.parse(printed))).isEqualTo(printed);
                if (!(statement instanceof Show) && !(statement instanceof Ddl)) { // these keep their text
                    assertThat(SqlParser.parse(printed)).isEqualTo(statement);
                }
            }
            return;
        }
        Throwable thrown = catchThrowable(() -> SqlParser.parse(sql));
        if (thrown == null) {
            assertThat(KNOWN_TO_MYSQL).contains(sql.substring(0, sql.indexOf(' ')));
        } else if (sql.contains("procedure analyse")) {
            // gone from MySQL 8.0; vtgate reads one word further
            assertThat(thrown).hasMessage("syntax error at position 33 near 'procedure'");
        } else {
            assertThat(thrown).hasMessage(line.get("error").asText());
        }
    }
}
