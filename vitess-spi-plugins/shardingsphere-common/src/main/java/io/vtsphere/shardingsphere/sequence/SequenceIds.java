package io.vtsphere.shardingsphere.sequence;

import io.vtsphere.shardingsphere.errors.HostErrors;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands out the ids of reserved blocks, each once, in ascending order.
 *
 * <p>Thread-safe. A block is reserved when the last one is used up; other threads wait for it, at most for the timeout. Ids that were not handed
 * out when the process ends are lost.
 */
public final class SequenceIds {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final BlockSource source;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by {@link #lock}; the next id, and the first behind the block. */
    private long next = 1;

    private long end = 1;

    SequenceIds(BlockSource source, Duration timeout) {
        this.source = source;
        this.timeout = timeout;
    }

    /**
     * The sequence that the {@code props} of a key generator describe: {@code url}, {@code username}, {@code password}, {@code sequence} and
     * {@code timeout-milliseconds}. Connects to nothing yet.
     *
     * @throws IllegalArgumentException that names the key which is missing, unknown or wrong
     */
    public static SequenceIds of(Properties props) {
        Map<String, String> left = new TreeMap<>();
        props.forEach((key, value) -> left.put(String.valueOf(key), value == null ? "" : String.valueOf(value)));
        String url = required(left, "url");
        String sequence = required(left, "sequence");
        String user = left.getOrDefault("username", "");
        String password = left.getOrDefault("password", "");
        Duration timeout = timeout(left.get("timeout-milliseconds"));
        left.keySet().removeAll(List.of("url", "sequence", "username", "password", "timeout-milliseconds"));
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("VITESS_SEQUENCE: unknown props " + left.keySet());
        }
        return new SequenceIds(new SequenceTable(url, user, password, sequence, timeout), timeout);
    }

    private static String required(Map<String, String> props, String key) {
        String value = props.get(key);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("VITESS_SEQUENCE: " + key + " is missing in props");
        }
        return value;
    }

    private static Duration timeout(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return DEFAULT_TIMEOUT;
        }
        try {
            int milliseconds = Integer.parseInt(text.trim());
            if (milliseconds > 0) {
                return Duration.ofMillis(milliseconds);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "VITESS_SEQUENCE: timeout-milliseconds must be a number: '" + text + "'", e);
        }
        throw new IllegalArgumentException("VITESS_SEQUENCE: timeout-milliseconds must be positive: " + text);
    }

    /**
     * One id.
     *
     * @throws SQLException unchecked, when no block could be reserved; a later call tries again
     */
    public long next() {
        return next(1).get(0);
    }

    /**
     * So many ids, which need not be adjacent.
     *
     * @throws SQLException unchecked, when no block could be reserved; ids that were taken for this call are lost
     */
    public List<Long> next(int count) {
        List<Long> ids = new ArrayList<>(count);
        acquire();
        try {
            while (ids.size() < count) {
                if (next == end) {
                    BlockSource.Block block = source.reserve(end);
                    next = block.first();
                    end = block.end();
                }
                ids.add(next++);
            }
        } catch (SQLException e) {
            throw HostErrors.unchecked(e);
        } finally {
            lock.unlock();
        }
        return ids;
    }

    private void acquire() {
        try {
            if (!lock.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw HostErrors.unchecked(new SQLException(
                        "sequence " + source + ": no block of ids within " + timeout.toMillis() + " ms",
                        "70100",
                        1317));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HostErrors.unchecked(
                    new SQLException("sequence " + source + ": interrupted while waiting", "70100", 1317, e));
        }
    }
}
