package io.vtsphere.tablet.mysql;

import java.time.Duration;

/**
 * The bounds of one pool.
 *
 * @param name of the pool, in metrics
 * @param capacity most connections that exist
 * @param waitTimeout longest wait for a connection; zero: as long as the call may take
 * @param maxWaiters most calls that wait; more are refused
 * @param idleTimeout after which an unused connection is closed; zero: never
 * @param maxLifetime after which a connection is not handed out again; zero: no limit
 * @param foundRows whether UPDATE counts found instead of changed rows (CLIENT_FOUND_ROWS)
 * @param exhaustedText the error's text when the wait is over
 */
public record PoolConfig(
        String name,
        int capacity,
        Duration waitTimeout,
        int maxWaiters,
        Duration idleTimeout,
        Duration maxLifetime,
        boolean foundRows,
        String exhaustedText) {
    public PoolConfig {
        if (capacity < 1) {
            throw new IllegalArgumentException("pool " + name + ": capacity must be 1 or more, not " + capacity);
        }
        if (maxWaiters < 0) {
            throw new IllegalArgumentException("pool " + name + ": waiters must be 0 or more, not " + maxWaiters);
        }
    }
}
