package io.vtsphere.gateway;

import io.vtsphere.keys.Keys;
import io.vtsphere.text.GoDurations;
import io.vtsphere.topo.TabletType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway watches and calls tablets. The keys are vtgate's flag names; where a default differs from vtgate's, the key says so.
 *
 * <p>Immutable. The constructor refuses values that contradict each other or make no sense, with an {@link IllegalArgumentException} that
 * names the key.
 *
 * @param cell {@code cell}: the gate's own cell; its replicas are asked first. Not empty
 * @param healthcheckRetryDelay {@code healthcheck-retry-delay}: first pause before a lost tablet is dialled again; it doubles, with jitter,
 *     up to one second
 * @param healthcheckTimeout {@code healthcheck-timeout}: a tablet that is silent for so long leaves rotation. 4 s, where vtgate waits a
 *     minute: a tablet silent for three eighths of it is asked for its health, so that rare reports are no reason to leave. At least 100 ms
 * @param retryCount {@code retry-count}: how many further tablets a call may be tried on; 0 to 100
 * @param refusedReads {@code retry-refused-reads}: which reads are tried again when a tablet's pools are full or it broke them off
 * @param initialTabletTimeout {@code gateway-initial-tablet-timeout}: how long the start waits for tablets
 * @param balancer how one of several replicas is chosen
 * @param lowReplicationLag {@code discovery-low-replication-lag}: up to this lag a replica is as good as any
 * @param highReplicationLag {@code discovery-high-replication-lag-minimum-serving}: above this lag a replica serves nobody
 * @param minServingTablets {@code min-number-serving-vttablets}: so many replicas serve although they lag, if fewer are fresh
 * @param allowedTabletTypes {@code allowed-tablet-types}: types that clients may ask for; empty allows all
 * @param maxMessageSize {@code grpc-max-message-size}: bytes of a request or an answer
 * @param keepaliveTime {@code grpc-keepalive-time}: silence on a connection in use before it is tested; at least 10 s
 * @param keepaliveTimeout {@code grpc-keepalive-timeout}: the test fails after so long
 * @param tls {@code tablet-grpc-ca}, {@code -cert}, {@code -key}, {@code -crl}, {@code -server-name}; null for plain text
 * @param credentials {@code grpc-auth-static-client-creds}: a file that says who this gate is, for tablets that
 *     ask; null for nobody
 * @param buffer how calls are held during failovers
 */
public record GatewayConfig(
        String cell,
        Duration healthcheckRetryDelay,
        Duration healthcheckTimeout,
        int retryCount,
        RefusedReads refusedReads,
        Duration initialTabletTimeout,
        BalancerConfig balancer,
        Duration lowReplicationLag,
        Duration highReplicationLag,
        int minServingTablets,
        Set<TabletType> allowedTabletTypes,
        int maxMessageSize,
        Duration keepaliveTime,
        Duration keepaliveTimeout,
        @Nullable Tls tls,
        @Nullable Path credentials,
        BufferConfig buffer) {
    public GatewayConfig {
        allowedTabletTypes = Set.copyOf(allowedTabletTypes);
        require(!cell.isBlank(), "cell must not be empty");
        positive("healthcheck-retry-delay", healthcheckRetryDelay);
        positive("gateway-initial-tablet-timeout", initialTabletTimeout);
        positive("grpc-keepalive-timeout", keepaliveTimeout);
        require(
                healthcheckTimeout.compareTo(Duration.ofMillis(100)) >= 0,
                "healthcheck-timeout must be at least 100ms: " + GoDurations.print(healthcheckTimeout));
        require(
                healthcheckRetryDelay.compareTo(healthcheckTimeout) <= 0,
                "healthcheck-retry-delay (" + GoDurations.print(healthcheckRetryDelay)
                        + ") must not exceed healthcheck-timeout (" + GoDurations.print(healthcheckTimeout) + ")");
        require(retryCount >= 0 && retryCount <= 100, "retry-count must be 0 to 100: " + retryCount);
        require(
                !lowReplicationLag.isNegative() && lowReplicationLag.compareTo(highReplicationLag) <= 0,
                "discovery-low-replication-lag (" + GoDurations.print(lowReplicationLag)
                        + ") must not be negative or exceed discovery-high-replication-lag-minimum-serving ("
                        + GoDurations.print(highReplicationLag) + ")");
        require(minServingTablets >= 0, "min-number-serving-vttablets must not be negative: " + minServingTablets);
        require(maxMessageSize >= 4096, "grpc-max-message-size must be at least 4096 bytes: " + maxMessageSize);
        require(
                keepaliveTime.compareTo(Duration.ofSeconds(10)) >= 0,
                "grpc-keepalive-time must be at least 10s: " + GoDurations.print(keepaliveTime));
    }

    /** All defaults. */
    public static GatewayConfig of(String cell) {
        return of(cell, Map.of());
    }

    /**
     * The defaults with some keys set.
     *
     * @param flags texts by key; durations as Go writes them ({@code 2ms}, {@code 1m30s})
     * @throws IllegalArgumentException naming the key that is unknown or whose value is wrong
     */
    public static GatewayConfig of(String cell, Map<String, String> flags) {
        Keys text = new Keys(flags);
        GatewayConfig config = new GatewayConfig(
                cell,
                text.duration("healthcheck-retry-delay", Duration.ofMillis(2)),
                text.duration("healthcheck-timeout", Duration.ofSeconds(4)),
                text.integer("retry-count", 2),
                text.choice("retry-refused-reads", RefusedReads.REPLICAS, RefusedReads.values(), RefusedReads::key),
                text.duration("gateway-initial-tablet-timeout", Duration.ofSeconds(30)),
                BalancerConfig.of(text, cell),
                text.duration("discovery-low-replication-lag", Duration.ofSeconds(30)),
                text.duration("discovery-high-replication-lag-minimum-serving", Duration.ofHours(2)),
                text.integer("min-number-serving-vttablets", 2),
                tabletTypes(text),
                text.integer("grpc-max-message-size", 16 * 1024 * 1024),
                text.duration("grpc-keepalive-time", Duration.ofSeconds(10)),
                text.duration("grpc-keepalive-timeout", Duration.ofSeconds(10)),
                Tls.of(text),
                text.path("grpc-auth-static-client-creds"),
                BufferConfig.of(text));
        text.refuseUnused("the gateway");
        return config;
    }

    private static Set<TabletType> tabletTypes(Keys text) {
        Set<TabletType> types = EnumSet.noneOf(TabletType.class);
        for (String name : text.list("allowed-tablet-types")) {
            TabletType type = TabletType.parse(name);
            require(type != null && type.isServing(), "allowed-tablet-types: no serving tablet type '" + name + "'");
            if (type != null) {
                types.add(type);
            }
        }
        return types;
    }

    private static void positive(String key, Duration value) {
        require(!value.isNegative() && !value.isZero(), key + " must be positive: " + GoDurations.print(value));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
