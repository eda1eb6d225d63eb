package io.vtsphere.shardingsphere.rule;

import io.vtsphere.keys.Keys;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of databases that a host has from the topology. Immutable.
 *
 * @param poolSize {@code database-pool-size}: connections to one shard at once
 * @param connectionTimeout {@code database-connection-timeout}: how long a statement waits for one of them
 * @param drainTime {@code database-drain-time}: how long the connections to a shard that has left the topology stay at least
 * @param schemaInterval {@code database-schema-interval}: how often a keyspace's MySQL is asked for its tables
 */
public record DatabaseSettings(int poolSize, Duration connectionTimeout, Duration drainTime, Duration schemaInterval) {
    private static final int MAX_POOL = 10_000;
    private static final String POOL_SIZE = "database-pool-size";
    private static final String CONNECTION_TIMEOUT = "database-connection-timeout";
    private static final String DRAIN_TIME = "database-drain-time";
    private static final String SCHEMA_INTERVAL = "database-schema-interval";
    private static final List<String> KEYS = List.of(POOL_SIZE, CONNECTION_TIMEOUT, DRAIN_TIME, SCHEMA_INTERVAL);

    public DatabaseSettings {
        if (poolSize < 1 || poolSize > MAX_POOL) {
            throw new IllegalArgumentException(POOL_SIZE + " must be 1 to " + MAX_POOL + ": " + poolSize);
        }
        between(CONNECTION_TIMEOUT, connectionTimeout, Duration.ofMillis(250));
        between(DRAIN_TIME, drainTime, Duration.ZERO);
        between(SCHEMA_INTERVAL, schemaInterval, Duration.ofMillis(100));
    }

    private static void between(String key, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    key + " must be " + least.toMillis() + " ms to a day: " + value.toMillis() + " ms");
        }
    }

    /** Takes its keys out of all. */
    static DatabaseSettings taken(Map<String, Object> all) {
        Map<String, Object> ours = new HashMap<>();
        all.keySet().removeIf(key -> {
            boolean taken = KEYS.contains(key);
            if (taken) {
                ours.put(key, all.get(key));
            }
            return taken;
        });
        Keys keys = new Keys(ours);
        return new DatabaseSettings(
                keys.integer(POOL_SIZE, 50),
                keys.duration(CONNECTION_TIMEOUT, Duration.ofSeconds(30)),
                keys.duration(DRAIN_TIME, Duration.ofSeconds(30)),
                keys.duration(SCHEMA_INTERVAL, Duration.ofSeconds(30)));
    }
}
