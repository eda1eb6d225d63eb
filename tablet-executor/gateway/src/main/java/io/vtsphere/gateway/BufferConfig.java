package io.vtsphere.gateway;

import io.vtsphere.keys.Keys;
import io.vtsphere.text.GoDurations;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * How calls for a primary are held while another one takes over. The keys are vtgate's flag names.
 *
 * @param enabled {@code enable-buffer}
 * @param dryRun {@code enable-buffer-dry-run}: shards that {@code keyspaceShards} leaves out are watched and counted, but not held
 * @param unplanned {@code buffer-unplanned}: hold also when a primary is lost without notice (connection refused or broken, not serving);
 *     vtgate does not have this key
 * @param window {@code buffer-window}: one call is held for so long at most, then tried; at least 1 s
 * @param size {@code buffer-size}: so many calls are held at once, over all shards; at least 1
 * @param maxFailoverDuration {@code buffer-max-failover-duration}: a failover that lasts longer is given up; not below {@code window}
 * @param minTimeBetweenFailovers {@code buffer-min-time-between-failovers}: a shard is not held again so soon after the last time; at
 *     least 1 s
 * @param drainConcurrency {@code buffer-drain-concurrency}: so many held calls run at once afterwards; at least 1
 * @param keyspaceShards {@code buffer-keyspace-shards}: only these, as {@code keyspace} or {@code keyspace/shard}; empty for all
 */
public record BufferConfig(
        boolean enabled,
        boolean dryRun,
        boolean unplanned,
        Duration window,
        int size,
        Duration maxFailoverDuration,
        Duration minTimeBetweenFailovers,
        int drainConcurrency,
        Set<String> keyspaceShards) {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** @throws IllegalArgumentException naming the key whose value is wrong */
    public BufferConfig {
        keyspaceShards = Set.copyOf(keyspaceShards);
        require(window.compareTo(SECOND) >= 0, "buffer-window must be at least 1s: " + GoDurations.print(window));
        require(
                window.compareTo(maxFailoverDuration) <= 0,
                "buffer-window (" + GoDurations.print(window) + ") must not exceed buffer-max-failover-duration ("
                        + GoDurations.print(maxFailoverDuration) + ")");
        require(size >= 1, "buffer-size must be at least 1: " + size);
        require(
                minTimeBetweenFailovers.compareTo(SECOND) >= 0,
                "buffer-min-time-between-failovers must be at least 1s: " + GoDurations.print(minTimeBetweenFailovers));
        require(drainConcurrency >= 1, "buffer-drain-concurrency must be at least 1: " + drainConcurrency);
        require(
                enabled || keyspaceShards.isEmpty(),
                "buffer-keyspace-shards (" + keyspaceShards + ") needs enable-buffer");
        require(enabled || !unplanned, "buffer-unplanned needs enable-buffer");
        require(
                !dryRun || !keyspaceShards.isEmpty(),
                "enable-buffer-dry-run needs enable-buffer and buffer-keyspace-shards: without them there is nothing to try");
        for (String entry : keyspaceShards) {
            int slash = entry.indexOf('/');
            require(
                    slash < 0 || !keyspaceShards.contains(entry.substring(0, slash)),
                    "buffer-keyspace-shards names " + entry + " and also its whole keyspace");
        }
    }

    static BufferConfig of(Keys text) {
        return new BufferConfig(
                text.flag("enable-buffer", false),
                text.flag("enable-buffer-dry-run", false),
                text.flag("buffer-unplanned", false),
                text.duration("buffer-window", Duration.ofSeconds(10)),
                text.integer("buffer-size", 1000),
                text.duration("buffer-max-failover-duration", Duration.ofSeconds(20)),
                text.duration("buffer-min-time-between-failovers", Duration.ofMinutes(1)),
                text.integer("buffer-drain-concurrency", 1),
                new HashSet<>(text.list("buffer-keyspace-shards")));
    }

    /** What happens to a shard's calls. */
    enum Mode {
        PASS,
        DRY_RUN,
        HOLD
    }

    Mode mode(String keyspace, String shard) {
        boolean listed = keyspaceShards.isEmpty()
                || keyspaceShards.contains(keyspace)
                || keyspaceShards.contains(keyspace + "/" + shard);
        if (!enabled) {
            return Mode.PASS;
        }
        return listed ? Mode.HOLD : dryRun ? Mode.DRY_RUN : Mode.PASS;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
