package io.vtsphere.gateway;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How busy one tablet is with this gateway's calls: calls in flight and a decaying latency. Thread-safe.
 *
 * <p>The latency is a moving average that jumps up to a slower answer at once and comes down over {@value #DECAY_NANOS} ns, so that one slow
 * answer is noticed and forgiven. Updates may overwrite each other: a lost sample among many does no harm, a lock on every call would.
 *
 * <p>Source: the peak-sensitive moving average of Twitter's Finagle ({@code PeakEwma}).
 */
final class TabletLoad {
    private static final long DECAY_NANOS = 5_000_000_000L;

    /** Assumed of a tablet that has not answered yet, so that new tablets are tried and not flooded. */
    private static final long UNKNOWN_NANOS = 1_000_000L;

    private final AtomicInteger inFlight = new AtomicInteger();
    /** Nanoseconds; written racily by the calls' loops, see above. */
    private volatile double latency;
    /** Ticker time of the last sample; written racily with {@code latency}. */
    private volatile long sampledAt;

    void began() {
        inFlight.incrementAndGet();
    }

    /** A call ended that says nothing about the tablet's speed: a stream, or a failure. */
    void ended() {
        inFlight.decrementAndGet();
    }

    void answered(long nowNanos, long tookNanos) {
        inFlight.decrementAndGet();
        double before = latency;
        if (tookNanos > before) {
            latency = tookNanos;
        } else {
            double weight = Math.exp(-(double) Math.max(0, nowNanos - sampledAt) / DECAY_NANOS);
            latency = before * weight + tookNanos * (1 - weight);
        }
        sampledAt = nowNanos;
    }

    int inFlight() {
        return inFlight.get();
    }

    long latencyNanos() {
        return (long) latency;
    }

    /** The expected wait of one more call, in arbitrary units. A tablet that nobody asks recovers its good name with time. */
    double cost(long nowNanos) {
        double known = latency;
        double decayed = known == 0
                ? UNKNOWN_NANOS
                : known * Math.exp(-(double) Math.max(0, nowNanos - sampledAt) / DECAY_NANOS);
        return decayed * (inFlight.get() + 1);
    }
}
