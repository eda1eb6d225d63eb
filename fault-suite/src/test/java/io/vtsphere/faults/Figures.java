package io.vtsphere.faults;

import io.vtsphere.faults.Operation.Kind;
import io.vtsphere.faults.Operation.Outcome;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a scenario came to.
 *
 * @param recoverySeconds from the end of the fault until nothing failed or took a second any more
 * @param before latencies before the fault
 * @param after from ten seconds after the end of the fault on
 * @param longestMillis the longest that any statement took
 * @param load the machine's load average at the end
 */
record Figures(
        int operations,
        long failedReplicaReads,
        long failedPrimaryReads,
        long failedWrites,
        long unknownWrites,
        double recoverySeconds,
        Tail before,
        Tail after,
        double longestMillis,
        double load) {
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
                tail(all, op -> op.endNanos() < faultAt),
                tail(all, op -> op.intendedNanos() >= settledAt),
                all.stream().mapToDouble(Operation::millis).max().orElse(0),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static long count(List<Operation> all, Predicate<Operation> which) {
        return all.stream().filter(which).count();
    }

    private static Tail tail(List<Operation> all, Predicate<Operation> which) {
        return Tail.of(all.stream().filter(which).toList());
    }

    /** A row of a Markdown table. */
    String row(String name) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |",
                name,
                operations,
                failedReplicaReads,
                failedPrimaryReads,
                failedWrites,
                unknownWrites,
                recoverySeconds,
                longestMillis / 1_000,
                before.typical(),
                after.typical(),
                load,
                before.whole(),
                after.whole());
    }

    static List<String> header() {
        return Arrays.asList(
                "| fault | statements | failed replica reads | failed primary reads | failed writes | unknown writes"
                        + " | recovery s | longest s | p99 before ms | p99 after ms | load | raw before | raw after |",
                "|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    }
}
