package io.vtsphere.faults;

import io.vtsphere.faults.Operation.Kind;
import io.vtsphere.faults.Operation.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a scenario came to.
 *
 * @param recoverySeconds from the end of the fault until nothing failed or took a second any more
 * @param p99Before of all statements, milliseconds, before the fault
 * @param p99After from ten seconds after the end of the fault on
 * @param longestMillis the longest that any statement took
 */
record Figures(
        int operations,
        long failedReplicaReads,
        long failedPrimaryReads,
        long failedWrites,
        long unknownWrites,
        double recoverySeconds,
        double p99Before,
        double p99After,
        double longestMillis) {
    private static final double SLOW_MILLIS = 1_000;

    static Figures of(List<Operation> all, long faultAt, long healedAt, long settledAt) {
        double recovery = all.stream()
                        .filter(op -> op.outcome() != Outcome.OK || op.millis() > SLOW_MILLIS)
                        .mapToLong(Operation::intendedNanos)
                        .filter(at -> at > healedAt)
                        .map(at -> at - healedAt)
                        .max()
                        .orElse(0)
                / 1e9;
        return new Figures(
                all.size(),
                count(all, op -> op.kind() == Kind.REPLICA_READ && op.outcome() != Outcome.OK),
                count(all, op -> op.kind() == Kind.PRIMARY_READ && op.outcome() != Outcome.OK),
                count(all, op -> !op.kind().reads() && op.outcome() == Outcome.FAILED),
                count(all, op -> !op.kind().reads() && op.outcome() == Outcome.UNKNOWN),
                recovery,
                p99(all, op -> op.intendedNanos() < faultAt),
                p99(all, op -> op.intendedNanos() >= settledAt),
                all.stream().mapToDouble(Operation::millis).max().orElse(0));
    }

    private static long count(List<Operation> all, Predicate<Operation> which) {
        return all.stream().filter(which).count();
    }

    private static double p99(List<Operation> all, Predicate<Operation> which) {
        double[] millis = all.stream()
                .filter(which)
                .mapToDouble(Operation::millis)
                .sorted()
                .toArray();
        return millis.length == 0 ? 0 : millis[Math.min(millis.length - 1, millis.length * 99 / 100)];
    }

    /** A row of a Markdown table. */
    String row(String name) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %.1f | %.1f | %.1f | %.1f |",
                name,
                operations,
                failedReplicaReads,
                failedPrimaryReads,
                failedWrites,
                unknownWrites,
                recoverySeconds,
                longestMillis / 1_000,
                p99Before,
                p99After);
    }

    static List<String> header() {
        return Arrays.asList(
                "| fault | statements | failed replica reads | failed primary reads | failed writes | unknown writes"
                        + " | recovery s | longest s | p99 before ms | p99 after ms |",
                "|---|---|---|---|---|---|---|---|---|---|");
    }
}
