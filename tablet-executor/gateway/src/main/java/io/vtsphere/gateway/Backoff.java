package io.vtsphere.gateway;

import java.time.Duration;

/**
 * Pauses that double from a first one to a last one, each shortened by up to a half at random so that many tablets lost at once do not come
 * back in step. Confined to one thread.
 */
final class Backoff {
    private final long first;
    private final long last;
    private final RandomIndex random;
    private long next;

    Backoff(Duration first, Duration last, RandomIndex random) {
        this.first = first.toNanos();
        this.last = last.toNanos();
        this.random = random;
        this.next = this.first;
    }

    void reset() {
        next = first;
    }

    /** The pause before the next try, in nanoseconds. */
    long next() {
        long pause = next;
        next = Math.min(last, 2 * next);
        int permille = 500 + random.below(501);
        return pause / 1000 * permille + pause % 1000 * permille / 1000;
    }
}
