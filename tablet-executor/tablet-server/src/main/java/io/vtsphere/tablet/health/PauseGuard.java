package io.vtsphere.tablet.health;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Notices that the process stood still: stopped, swapped out, or its machine migrated.
 *
 * <p>A primary that stood still may have been replaced meanwhile. What waited in its sockets must not be done before it has looked, and a
 * timer alone would come too late: so every call is checked too. Thread-safe.
 */
final class PauseGuard {
    private final LongSupplier ticker;
    private final long limitNanos;
    /** Ticker time when the process was last known to run. */
    private final AtomicLong ranAt;

    /** @param limitNanos more than the longest time between two {@link #pulse}s of a process that runs */
    PauseGuard(LongSupplier ticker, long limitNanos) {
        this.ticker = ticker;
        this.limitNanos = limitNanos;
        this.ranAt = new AtomicLong(ticker.getAsLong());
    }

    /** Whether the process has stood still since the last pulse. */
    boolean hasPaused() {
        return ticker.getAsLong() - ranAt.get() > limitNanos;
    }

    /**
     * The process runs.
     *
     * @return whether it had stood still before; one caller only learns of each pause
     */
    boolean pulse() {
        long now = ticker.getAsLong();
        return now - ranAt.getAndSet(now) > limitNanos;
    }
}
