package io.vtsphere.faults;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The slow end of latencies in a stretch of time, in milliseconds.
 *
 * <p>The 99th percentile of a whole stretch is what its one worst moment makes of it, and on a shared machine that moment is somebody else's.
 * So the percentile is taken for each second and the median of the seconds judged. Both are printed.
 *
 * @param typical the median over the seconds of each second's 99th percentile
 * @param whole the 99th percentile of the whole stretch
 */
record Tail(double typical, double whole) {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A second with fewer statements, such as the last one, tells nothing about one in a hundred. */
    private static final int ENOUGH = 80;

    /** @param operations those of the stretch */
    static Tail of(List<Operation> operations) {
        List<Operation> ordered = operations.stream()
                .sorted(Comparator.comparingLong(Operation::intendedNanos))
                .toList();
        List<Double> seconds = new ArrayList<>();
        int from = 0;
        while (from < ordered.size()) {
            long end = ordered.get(from).intendedNanos() + WINDOW_NANOS;
            int to = from;
            while (to < ordered.size() && ordered.get(to).intendedNanos() < end) {
                to++;
            }
            if (to - from >= ENOUGH) {
                seconds.add(percentile(ordered.subList(from, to)));
            }
            from = to;
        }
        seconds.sort(Comparator.naturalOrder());
        double median =
                seconds.isEmpty() ? 0 : (seconds.get((seconds.size() - 1) / 2) + seconds.get(seconds.size() / 2)) / 2;
        return new Tail(median, ordered.isEmpty() ? 0 : percentile(ordered));
    }

    private static double percentile(List<Operation> operations) {
        double[] millis =
                operations.stream().mapToDouble(Operation::millis).sorted().toArray();
        return millis[Math.min(millis.length - 1, millis.length * 99 / 100)];
    }

    /** Whether latencies are back where they were: no more than a fifth above, or than what a busy neighbour's slices add. */
    boolean isBack(Tail before) {
        return typical <= Math.max(1.2 * before.typical, before.typical + NOISE_MILLIS);
    }

    /** Of one in a hundred statements, on two processors that run a dozen processes; a fifth of what is usual here is less than that. */
    private static final double NOISE_MILLIS = 10;
}
