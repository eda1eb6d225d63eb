package io.vtsphere.frontend;

import io.netty.handler.ssl.SslContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the MySQL port needs to know. Immutable.
 *
 * @param serverVersion what the greeting says; at most 50 characters without a zero
 * @param users entries by user name, tried in their order
 * @param maxConnections clients at one time, those that still log in included; at least 1
 * @param maxAllowedPacket longest command in bytes, 1024 to 1 GB
 * @param connectTimeout time for the whole log-in; not zero
 * @param waitTimeout a client that says nothing for this long is disconnected; zero for never
 * @param sslContext offers TLS to clients; null for none
 * @param requireSecureTransport refuses clients without TLS; only with {@code sslContext}
 */
public record FrontendConfig(
        String serverVersion,
        Map<String, List<UserConfig>> users,
        int maxConnections,
        int maxAllowedPacket,
        Duration connectTimeout,
        Duration waitTimeout,
        @Nullable SslContext sslContext,
        boolean requireSecureTransport) {
    /** vtgate's {@code --mysql-server-version}. */
    public static final String DEFAULT_SERVER_VERSION = "8.4.6-Vitess";

    /** MySQL's max_allowed_packet, 64 MB. */
    public static final int DEFAULT_MAX_ALLOWED_PACKET = 64 << 20;

    /** MySQL's connect_timeout. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private static final int MAX_ALLOWED_PACKET_LIMIT = 1 << 30;

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException with the key named
     */
    public FrontendConfig {
        users = Map.copyOf(users);
        if (serverVersion.isEmpty() || serverVersion.length() > 50 || serverVersion.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "mysql-server-version: 1 to 50 characters without a zero are due, not '" + serverVersion + "'");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("max-connections: at least 1 is due, not " + maxConnections);
        }
        if (maxAllowedPacket < 1024 || maxAllowedPacket > MAX_ALLOWED_PACKET_LIMIT) {
            throw new IllegalArgumentException(
                    "max-allowed-packet: 1024 to 1073741824 bytes are due, not " + maxAllowedPacket);
        }
        if (connectTimeout.isZero() || connectTimeout.isNegative()) {
            throw new IllegalArgumentException("connect-timeout: a time above zero is due, not " + connectTimeout);
        }
        if (waitTimeout.isNegative()) {
            throw new IllegalArgumentException("wait-timeout: zero or more is due, not " + waitTimeout);
        }
        if (requireSecureTransport && sslContext == null) {
            throw new IllegalArgumentException(
                    "mysql-server-require-secure-transport: needs mysql-server-ssl-cert and mysql-server-ssl-key");
        }
    }

    /** Everything at its default, with these users and up to 10,000 clients. */
    public static FrontendConfig of(Map<String, List<UserConfig>> users) {
        return new FrontendConfig(
                DEFAULT_SERVER_VERSION,
                users,
                10_000,
                DEFAULT_MAX_ALLOWED_PACKET,
                DEFAULT_CONNECT_TIMEOUT,
                Duration.ZERO,
                null,
                false);
    }
}
