package io.vtsphere.gateway;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How busy one tablet is with this gateway's calls: calls in flight and a decaying latency. Thread-safe.
 *
 * <p>The latency jumps up to a slower answer at once and comes down over seconds, so that one slow answer is noticed and forgiven. Of two
 * tablets the one with the smaller product of latency and calls in flight is the better choice. What makes a tablet slower than the other
 * fades while nobody asks it, down to the other's latency and not below: it gets another chance, but not everyone at once. Updates may
 * overwrite each other: a lost sample among many does no harm, a lock on every call would.
 *
 * <p>Source of the average: Twitter's Finagle ({@code PeakEwma}).
 */
final class TabletLoad {
    private static final double DECAY_NANOS = 5_000_000_000.0;
    /** Shorter than the decay: with few calls, one slow answer would keep a tablet without any for half a minute. */
    private static final double FADE_NANOS = 1_000_000_000.0;

    /** So much better, at least, must another tablet be; less is noise. */
    private static final double MARGIN = 1.05;

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
            double weight = weight(nowNanos, DECAY_NANOS);
            latency = before * weight + tookNanos * (1 - weight);
        }
        sampledAt = nowNanos;
    }

    int inFlight() {
        return inFlight.get();
    }

    /** How long calls have been in flight without any of them being answered; 0 when none is in flight. */
    long unansweredNanos(long nowNanos) {
        return inFlight.get() == 0 ? 0 : nowNanos - sampledAt;
    }

    long latencyNanos() {
        return (long) latency;
    }

    /** Whether a call would clearly wait less here than there. A tablet that has not answered yet counts as fast as the other. */
    boolean isBetterThan(TabletLoad other, long nowNanos) {
        double here = latency;
        double there = other.latency;
        if (here == 0 || there == 0) {
            return inFlight.get() < other.inFlight.get();
        }
        double least = Math.min(here, there);
        double mine = least + (here - least) * weight(nowNanos, FADE_NANOS);
        double theirs = least + (there - least) * other.weight(nowNanos, FADE_NANOS);
        return mine * (inFlight.get() + 1) * MARGIN < theirs * (other.inFlight.get() + 1);
    }

    /** What the last sample still counts, 0 to 1. */
    private double weight(long nowNanos, double timeConstantNanos) {
        return Math.exp(-Math.max(0, nowNanos - sampledAt) / timeConstantNanos);
    }
}
