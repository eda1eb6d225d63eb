package io.vtsphere.executor;

import io.vtsphere.topo.TabletType;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How statements are carried out. The keys are vtgate's flag names; those without a counterpart there say so.
 *
 * <p>Immutable. The constructor refuses values that make no sense with an {@link IllegalArgumentException} that names the key.
 *
 * @param queryTimeout {@code query-timeout}: limit for one statement, whole milliseconds; 0 sets none
 * @param transactionMode {@code transaction-mode}: SINGLE or MULTI
 * @param maxMemoryRows {@code max-memory-rows}: most rows that a statement may keep; at least 1
 * @param warnMemoryRows {@code warn-memory-rows}: above so many there is a warning; at least 1
 * @param maxMemoryBytes {@code max-memory-bytes}: most bytes of rows that a statement may keep; not in vtgate
 * @param gatherBytes {@code gather-bytes}: most bytes of rows, as JSON, in one query to a tablet; not in vtgate
 * @param maxPayloadSize {@code max-payload-size}: longest statement in bytes; 0 sets no limit
 * @param warnPayloadSize {@code warn-payload-size}: above so many bytes there is a warning; 0 for never
 * @param noScatter {@code no-scatter}: a statement to all shards is refused
 * @param defaultTabletType {@code default-tablet-type}: where statements go when the target names no type
 * @param defaultWorkload {@code mysql-default-workload}
 * @param queryCacheMemory {@code gate-query-cache-memory}: bytes of cached plans; 0 caches none
 * @param allowKillStatement {@code allow-kill-statement}: whether KILL may end statements and connections of this gate, of any user
 * @param enableSystemSettings {@code enable-system-settings}: whether SET reaches MySQL's own variables
 * @param mysqlServerVersion {@code mysql-server-version}: what {@code @@version} says
 * @param scatterConcurrency {@code scatter-concurrency}: shards asked at once by one statement; not in vtgate
 * @param sessionThreads {@code session-threads}: statements over several shards that may run at once where the JDK has no virtual
 *     threads; not in vtgate
 * @param rollbackTimeout {@code rollback-timeout}: limit for one COMMIT or ROLLBACK on one shard; not in vtgate
 * @param vschemaWait {@code stale-plan-timeout}: how long a statement that failed on a denied table waits for a newer VSchema; not in
 *     vtgate, which derives it from {@code buffer-max-failover-duration}
 */
public record GateConfig(
        Duration queryTimeout,
        TransactionMode transactionMode,
        int maxMemoryRows,
        int warnMemoryRows,
        long maxMemoryBytes,
        long gatherBytes,
        int maxPayloadSize,
        int warnPayloadSize,
        boolean noScatter,
        TabletType defaultTabletType,
        Workload defaultWorkload,
        long queryCacheMemory,
        boolean allowKillStatement,
        boolean enableSystemSettings,
        String mysqlServerVersion,
        int scatterConcurrency,
        int sessionThreads,
        Duration rollbackTimeout,
        Duration vschemaWait) {

    public GateConfig {
        notNegative("query-timeout", queryTimeout.toMillis());
        require(
                transactionMode == TransactionMode.SINGLE || transactionMode == TransactionMode.MULTI,
                "transaction-mode must be SINGLE or MULTI: " + transactionMode);
        positive("max-memory-rows", maxMemoryRows);
        positive("warn-memory-rows", warnMemoryRows);
        positive("max-memory-bytes", maxMemoryBytes);
        positive("gather-bytes", gatherBytes);
        notNegative("max-payload-size", maxPayloadSize);
        notNegative("warn-payload-size", warnPayloadSize);
        require(defaultTabletType.isServing(), "default-tablet-type is no serving type: " + defaultTabletType.lower());
        notNegative("gate-query-cache-memory", queryCacheMemory);
        require(!mysqlServerVersion.isBlank(), "mysql-server-version must not be empty");
        positive("scatter-concurrency", scatterConcurrency);
        positive("session-threads", sessionThreads);
        positive("rollback-timeout", rollbackTimeout.toMillis());
        positive("stale-plan-timeout", vschemaWait.toMillis());
    }

    /** All defaults. */
    public static GateConfig defaults() {
        return of(Map.of());
    }

    /**
     * The defaults with some keys set.
     *
     * @param flags texts by key; durations in milliseconds
     * @throws IllegalArgumentException naming the key that is unknown or whose value is wrong
     */
    public static GateConfig of(Map<String, String> flags) {
        Reader read = new Reader(flags);
        GateConfig config = new GateConfig(
                Duration.ofMillis(read.number("query-timeout", 0)),
                read.choice("transaction-mode", TransactionMode.class, TransactionMode.MULTI),
                Math.toIntExact(read.number("max-memory-rows", 300_000)),
                Math.toIntExact(read.number("warn-memory-rows", 30_000)),
                read.number("max-memory-bytes", 256L << 20),
                read.number("gather-bytes", 15L << 20),
                Math.toIntExact(read.number("max-payload-size", 0)),
                Math.toIntExact(read.number("warn-payload-size", 0)),
                read.flag("no-scatter", false),
                read.tabletType("default-tablet-type"),
                read.choice("mysql-default-workload", Workload.class, Workload.OLTP),
                read.number("gate-query-cache-memory", 32L << 20),
                read.flag("allow-kill-statement", false),
                read.flag("enable-system-settings", true),
                read.text("mysql-server-version", "8.4.6-Vitess"),
                Math.toIntExact(read.number("scatter-concurrency", 64)),
                Math.toIntExact(read.number("session-threads", 256)),
                Duration.ofMillis(read.number("rollback-timeout", 10_000)),
                Duration.ofMillis(read.number("stale-plan-timeout", 10_000)));
        read.refuseUnknown();
        return config;
    }

    private static void positive(String key, long value) {
        require(value > 0, key + " must be positive: " + value);
    }

    private static void notNegative(String key, long value) {
        require(value >= 0, key + " must not be negative: " + value);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Takes each key once; what nobody took is unknown. */
    private static final class Reader {
        private final Map<String, String> unread;

        Reader(Map<String, String> flags) {
            this.unread = new TreeMap<>(flags);
        }

        String text(String key, String absent) {
            String value = unread.remove(key);
            return value == null ? absent : value.trim();
        }

        long number(String key, long absent) {
            String value = text(key, "");
            if (value.isEmpty()) {
                return absent;
            }
            try {
                long number = Long.parseLong(value);
                if (number > Integer.MAX_VALUE && !key.endsWith("bytes") && !key.endsWith("memory")) {
                    throw new IllegalArgumentException(key + " is too large: " + value);
                }
                return number;
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(key + " must be a whole number: '" + value + "'", e);
            }
        }

        boolean flag(String key, boolean absent) {
            String value = text(key, Boolean.toString(absent)).toLowerCase(Locale.ROOT);
            require(value.equals("true") || value.equals("false"), key + " must be true or false: '" + value + "'");
            return value.equals("true");
        }

        <T extends Enum<T>> T choice(String key, Class<T> type, T absent) {
            String value = text(key, absent.name());
            try {
                return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(key + " has no such value: '" + value + "'", e);
            }
        }

        TabletType tabletType(String key) {
            String value = text(key, "primary");
            @Nullable TabletType type = TabletType.parse(value);
            if (type == null) {
                throw new IllegalArgumentException(key + " is no tablet type: '" + value + "'");
            }
            return type;
        }

        void refuseUnknown() {
            require(unread.isEmpty(), "unknown keys of the gate: " + unread.keySet());
        }
    }
}
