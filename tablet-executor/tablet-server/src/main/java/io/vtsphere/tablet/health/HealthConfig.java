package io.vtsphere.tablet.health;

import java.time.Duration;

/**
 * How this tablet watches itself and tells others.
 *
 * @param streamInterval between two messages of StreamHealth when nothing changes
 * @param checkInterval between two looks at MySQL
 * @param unhealthyLag behind the primary above which a replica does not serve
 * @param manageReadOnly whether MySQL's read_only and super_read_only follow the tablet's type
 */
public record HealthConfig(
        Duration streamInterval, Duration checkInterval, Duration unhealthyLag, boolean manageReadOnly) {
    public HealthConfig {
        if (streamInterval.toMillis() < 1) {
            throw new IllegalArgumentException("health check interval must be 1 ms or more, not " + streamInterval);
        }
    }
}
