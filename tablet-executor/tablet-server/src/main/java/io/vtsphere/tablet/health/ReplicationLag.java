package io.vtsphere.tablet.health;

import io.vtsphere.tablet.mysql.SimpleQuery;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a replica is behind, from MySQL's own replication status.
 *
 * <p>While replication stands still MySQL says NULL; then the lag grows by the time since the last number, as in Vitess' {@code poller.go}, so
 * that a replica outlives its primary until it is too far behind. Not thread-safe.
 */
final class ReplicationLag {
    private static final Pattern VERSION = Pattern.compile("^(\\d+)\\.(\\d+)\\.(\\d+).*");

    private final Duration unhealthy;
    private final LongSupplier ticker;
    private boolean known;
    private long lastSeconds;
    private long lastNanos;

    /** @param error why the replica must not serve; null when it may */
    record Reading(long seconds, @Nullable String error) {}

    ReplicationLag(Duration unhealthy, LongSupplier ticker) {
        this.unhealthy = unhealthy;
        this.ticker = ticker;
    }

    /** The statement that shows the status on that version of MySQL. */
    String statement(String version) {
        Matcher matcher = VERSION.matcher(version);
        boolean modern = false;
        if (matcher.matches()) {
            int major = Integer.parseInt(matcher.group(1));
            int patch = Integer.parseInt(matcher.group(3));
            modern = major > 8 || major == 8 && (!matcher.group(2).equals("0") || patch >= 22);
        }
        return modern ? "show replica status" : "show slave status";
    }

    Reading read(SimpleQuery.Rows rows) {
        if (rows.size() == 0) {
            return new Reading(0, "replication is not configured");
        }
        String seconds = rows.text(0, "Seconds_Behind_Source");
        if (seconds == null) {
            seconds = rows.text(0, "Seconds_Behind_Master");
        }
        long now = ticker.getAsLong();
        if (seconds != null) {
            known = true;
            lastSeconds = Long.parseLong(seconds);
            lastNanos = now;
            return judge(lastSeconds);
        }
        if (!known) {
            return new Reading(0, "replication is not running" + reason(rows));
        }
        return judge(lastSeconds + TimeUnit.NANOSECONDS.toSeconds(now - lastNanos));
    }

    private static String reason(SimpleQuery.Rows rows) {
        for (String column : new String[] {"Last_SQL_Error", "Last_IO_Error"}) {
            String error = rows.text(0, column);
            if (error != null && !error.isEmpty()) {
                return ": " + error;
            }
        }
        return "";
    }

    private Reading judge(long seconds) {
        return new Reading(
                seconds,
                seconds > unhealthy.toSeconds()
                        ? "replication lag of " + seconds + " s is above the limit of " + unhealthy.toSeconds() + " s"
                        : null);
    }
}
