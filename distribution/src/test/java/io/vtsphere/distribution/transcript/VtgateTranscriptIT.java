package io.vtsphere.distribution.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays what a client said to a real vtgate, step by step, and compares every field of every answer.
 *
 * <p>A step may answer differently only when {@code differences.txt} lists it with its reason; one that is listed and answers as recorded
 * fails too, so that the list stays true. {@code -Dtranscript.sections=a,b} plays only these; {@code -Dtranscript.report=FILE} writes what
 * differed.
 */
class VtgateTranscriptIT {
    @TempDir
    static Path directory;

    /** A step that was answered differently: in which parts, and both answers. */
    private record Different(Set<String> parts, String text) {}

    @Test
    void everyStep_isAnsweredAsRecordedOrListed() throws Exception {
        JsonObject transcript =
                JsonParser.parseReader(resource("vtgate-mysql-transcript.json")).getAsJsonObject();
        Listed listed = Listed.read(resource("differences.txt"));
        Set<String> sections =
                Set.of(System.getProperty("transcript.sections", "").split(","));
        Map<String, Different> different = new TreeMap<>();
        List<String> played = new ArrayList<>();
        try (RecordedCluster cluster = new RecordedCluster(directory, transcript.getAsJsonObject("setup"))) {
            for (JsonElement section : transcript.getAsJsonArray("sections")) {
                String name = section.getAsJsonObject().get("section").getAsString();
                if (sections.contains("") || sections.contains(name)) {
                    cluster.reset();
                    play(cluster.port(), section.getAsJsonObject(), played, different);
                }
            }
        }
        System.out.printf(
                "recorded vtgate: %d steps, %d equal, %d different%n",
                played.size(), played.size() - different.size(), different.size());
        report(different);
        List<String> unexpected = new ArrayList<>();
        different.forEach((step, how) -> {
            if (!listed.covers(step, how.parts())) {
                unexpected.add(step + " " + how.parts() + ' ' + how.text());
            }
        });
        assertThat(unexpected).as("steps that differ and are not listed").isEmpty();
        List<String> stale = new ArrayList<>(listed.steps());
        stale.retainAll(played);
        stale.removeAll(different.keySet());
        stale.removeIf(step -> !listed.mustDiffer(step));
        assertThat(stale).as("steps that are listed but do not differ").isEmpty();
    }

    @Test
    void everyReason_isExplainedToUsers() throws IOException {
        String document = Files.readString(
                Files.exists(Path.of("docs")) ? Path.of("docs/compatibility.md") : Path.of("../docs/compatibility.md"));
        assertThat(Listed.read(resource("differences.txt")).reasons())
                .allSatisfy(reason -> assertThat(document).contains("`" + reason + "`"));
    }

    private static void play(int port, JsonObject section, List<String> played, Map<String, Different> different)
            throws IOException {
        try (Conversation conversation = new Conversation(port, section.getAsJsonObject("sessions"))) {
            for (JsonElement element : section.getAsJsonArray("steps")) {
                JsonObject step = element.getAsJsonObject();
                String name = section.get("section").getAsString() + " "
                        + step.get("n").getAsInt();
                JsonArray recorded = Comparison.comparable(step.getAsJsonArray("results"), step);
                JsonArray answer = Comparison.comparable(conversation.play(step), step);
                played.add(name);
                if (!recorded.equals(answer)) {
                    String what = step.has("sql") ? step.get("sql").getAsString() : "";
                    String text = step.get("op").getAsString() + " " + what + "\n  recorded " + recorded
                            + "\n  answered " + answer;
                    different.put(name, new Different(Parts.different(recorded, answer), text));
                }
                if (step.has("pause_ms")) {
                    // The recording waited too: what follows depends on the schema that was changed.
                    LockSupport.parkNanos(step.get("pause_ms").getAsLong() * 1_000_000);
                }
            }
        }
    }

    private static void report(Map<String, Different> different) throws IOException {
        String file = System.getProperty("transcript.report");
        if (file != null) {
            StringBuilder text = new StringBuilder();
            different.forEach((step, what) ->
                    text.append(step).append(' ').append(what.text()).append('\n'));
            Files.writeString(Path.of(file), text);
        }
    }

    private static Reader resource(String name) throws IOException {
        InputStream stream = VtgateTranscriptIT.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException("resource " + name + " is missing");
        }
        return new InputStreamReader(stream, StandardCharsets.UTF_8);
    }
}
