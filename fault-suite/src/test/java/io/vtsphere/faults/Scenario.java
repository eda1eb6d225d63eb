package io.vtsphere.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * One fault under load: some seconds of peace, the fault, its end, and ten seconds later peace again.
 *
 * <p>The log of every statement and the seed are written to {@code target/faults}.
 */
final class Scenario {
    static final Path REPORT = Path.of("target", "faults");
    /** Rows that no other scenario of this run has inserted. */
    private static final long IDS_PER_SCENARIO = 1_000_000;

    private final FaultCluster cluster;
    private final String name;
    private final int number;
    private final Duration peace;
    private final Duration settling;
    /** When clients should have been served again; 0 until {@link #healed}. */
    private long healedAt;

    /** Does something to the cluster. */
    interface Step {
        void run() throws Exception;
    }

    Scenario(FaultCluster cluster, String name, int number, Duration peace, Duration settling) {
        this.cluster = cluster;
        this.name = name;
        this.number = number;
        this.peace = peace;
        this.settling = settling;
    }

    /** To be called in a fault that goes on behind the scenes: from now on clients have to be served as well as ever. */
    void healed() {
        healedAt = System.nanoTime();
    }

    /** @param fault returns when the fault is over */
    Figures run(Step fault) throws Exception {
        cluster.awaitWhole();
        long seed = Long.getLong("faults.seed", System.nanoTime());
        Checker checker = new Checker(cluster);
        try (Load load = new Load(cluster, seed, number * IDS_PER_SCENARIO)) {
            long origin = System.nanoTime();
            load.start();
            pause(peace);
            long faultAt = System.nanoTime();
            fault.run();
            if (healedAt == 0) {
                healed();
            }
            pause(settling);
            long settledAt = System.nanoTime();
            // longer than before the fault: the median of few seconds is what one stall of a disk makes of it
            pause(peace.multipliedBy(2));
            load.stop();
            List<Operation> operations = load.operations();
            Figures figures = Figures.of(operations, faultAt, healedAt, settledAt);
            write(operations, origin, seed, figures);
            List<String> violations = checker.violations(operations);
            assertThat(violations).as("%s, seed %d", name, seed).isEmpty();
            return figures;
        }
    }

    private void write(List<Operation> operations, long origin, long seed, Figures figures) throws IOException {
        Files.createDirectories(REPORT);
        String file = name.replaceAll("[^A-Za-z0-9]+", "-") + ".csv";
        Files.writeString(
                REPORT.resolve(file),
                operations.stream()
                        .map(operation -> operation.line(origin))
                        .sorted()
                        .collect(Collectors.joining(
                                "\n",
                                "# seed " + seed + "; intended us; end us; kind; shard; key; value; outcome; error\n",
                                "\n")));
        Map<String, Long> errors = operations.stream()
                .filter(operation -> !operation.error().isEmpty())
                .collect(Collectors.groupingBy(
                        operation -> operation.kind() + " " + operation.outcome() + " "
                                + operation.error().replaceAll("[0-9]+", "#"),
                        Collectors.counting()));
        StringBuilder text = new StringBuilder();
        Path report = REPORT.resolve("report.md");
        if (!Files.exists(report)) {
            Figures.header().forEach(line -> text.append(line).append('\n'));
        }
        text.append(figures.row(name)).append('\n');
        Files.writeString(report, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println("seed " + seed + ": " + figures.row(name));
        errors.forEach((error, count) -> System.out.println("    " + count + " x " + error));
    }

    static void pause(Duration time) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .pollDelay(time)
                .atMost(time.plusSeconds(30))
                .until(() -> true);
    }
}
