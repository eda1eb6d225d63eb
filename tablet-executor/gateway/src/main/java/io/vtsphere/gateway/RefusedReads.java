package io.vtsphere.gateway;

import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.Locale;

/**
 * Which reads are tried again when a tablet that serves refuses them for the moment ({@code retry-refused-reads}): RESOURCE_EXHAUSTED (its
 * pools are full) and ABORTED (MySQL or the tablet broke it off).
 *
 * <p>vtgate hands both to the client. Only statements that write nothing, run outside of transactions and have brought no row yet are tried
 * again, and no more often than {@code retry-count} says.
 */
public enum RefusedReads {
    /** As vtgate. */
    NEVER,
    /** Reads on replicas move to another one at once. The default. */
    REPLICAS,
    /** Also reads on primaries, which have nowhere to go, after growing pauses. */
    ALL;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
    private static final int LONGEST_DOUBLING = 6;

    /** The name in the configuration. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean coversReadsOf(TabletType type) {
        return this == ALL || this == REPLICAS && type != TabletType.PRIMARY;
    }

    /** Whether the tablet might have answered at another moment, or another tablet now. */
    static boolean isRefusal(VtException error) {
        String text = String.valueOf(error.getMessage());
        return switch (error.code()) {
            // a message is as large everywhere
            case RESOURCE_EXHAUSTED -> !text.contains("larger than max");
            // and so is a result
            case ABORTED -> !text.contains("Row count exceeded");
            default -> false;
        };
    }

    /** @param attempt 1 for the first try after the refused one */
    static long pauseNanos(int attempt, RandomIndex random) {
        long pause = FIRST_PAUSE.toNanos() << Math.min(attempt - 1, LONGEST_DOUBLING);
        return pause / 1000 * (500 + random.below(501));
    }
}
