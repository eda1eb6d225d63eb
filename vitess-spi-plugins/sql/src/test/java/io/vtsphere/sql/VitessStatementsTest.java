package io.vtsphere.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * The statements of Vitess' own parser tests: what Vitess accepts is accepted, and its canonical form is the same tree as ours.
 *
 * <p>Where the two differ the resource says so with our text. All of those were looked at: Vitess drops what it does not need (a collation,
 * FOR QUERY 1), takes adjacent strings for an alias and SQL_BIG_RESULT for a column, which MySQL does not, or only writes it in another way.
 */
class VitessStatementsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<JsonNode> LINES = StatementResource.lines("vitess-statements.jsonl").stream()
            .map(VitessStatementsTest::read)
            .toList();

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String print(String sql) {
        return SqlPrinter.print(SqlParser.parse(sql));
    }

    @Test
    void acceptedByVitess_isAcceptedToAtLeast995OfAThousand() {
        long accepted = LINES.stream().filter(line -> !line.has("error")).count();
        long refused = LINES.stream().filter(line -> line.has("refused")).count();
        assertThat(accepted).isGreaterThan(5000);
        assertThat(refused * 1000).isLessThanOrEqualTo(accepted * 5);
    }

    @Test
    void canonicalFormOfVitess_isTheSameTree() {
        SoftAssertions softly = new SoftAssertions();
        for (JsonNode line : LINES) {
            if (line.has("error") || line.has("refused")) {
                continue;
            }
            String sql = line.get("sql").asText();
            String printed = print(sql);
            softly.assertThat(print(printed)).as("printed again: %s", sql).isEqualTo(printed);
            if (line.has("ours")) {
                softly.assertThat(printed).as(sql).isEqualTo(line.get("ours").asText());
            } else if (line.has("vitess")) {
                softly.assertThat(printed)
                        .as(sql)
                        .isEqualTo(print(line.get("vitess").asText()));
            }
        }
        softly.assertAll();
    }

    @Test
    void normalisedAndFilledAgain_isTheStatement() {
        for (JsonNode line : LINES) {
            if (!line.has("error") && !line.has("refused")) {
                Normalization.assertExact(line.get("sql").asText());
            }
        }
    }

    @Test
    void refusedByVitess_isRefusedAtTheSamePlace() {
        List<JsonNode> refused = LINES.stream()
                .filter(line -> line.has("error") || line.has("refused"))
                .toList();
        assertThat(refused).hasSizeGreaterThan(100);
        for (JsonNode line : refused) {
            assertThatThrownBy(() -> SqlParser.parse(line.get("sql").asText()))
                    .as(line.toString())
                    .hasMessage(
                            line.path(line.has("error") ? "error" : "refused").asText());
        }
    }
}
