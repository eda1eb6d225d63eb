package io.vtsphere.testkit;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Polling until something holds. Stateless. */
final class Waiting {
    /** How long between two looks. */
    private static final long POLL_MILLIS = 50;

    private Waiting() {}

    /** A look that may fail for reasons that mean "not yet". */
    @FunctionalInterface
    interface Look {
        boolean holds() throws IOException, SQLException, InterruptedException;
    }

    /** Looks until it holds; false after {@code timeout}. {@link IOException} and {@link SQLException} count as not yet. */
    static boolean until(Duration timeout, Look look) {
        long deadline = System.nanoTime() + timeout.toNanos();
        do {
            try {
                if (look.holds()) {
                    return true;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (IOException | SQLException e) {
                if (!pause()) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        } while (System.nanoTime() < deadline);
        return false;
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
