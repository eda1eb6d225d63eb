package io.vtsphere.topo.connection;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to reach etcd. Immutable.
 *
 * @param operationTimeout for one answer ({@code --remote-operation-timeout})
 * @param watchTimeout for the read at the begin of a watch ({@code --srv-topo-timeout})
 * @param leaseTtl of a lock whose holder gives no sign of life ({@code --topo-etcd-lease-ttl}), at least a second
 * @param tls null for plain connections
 * @param credentials null when the server asks for none
 */
public record EtcdConfig(
        Duration operationTimeout,
        Duration watchTimeout,
        Duration leaseTtl,
        @Nullable Tls tls,
        @Nullable Credentials credentials) {
    /**
     * PEM files ({@code --topo-etcd-tls-*}). The server is always verified.
     *
     * @param ca null for the certificates that the JVM trusts
     * @param certificate of this client; null together with the key when it has none
     */
    public record Tls(
            @Nullable Path ca,
            @Nullable Path certificate,
            @Nullable Path key) {
        public Tls {
            if ((certificate == null) != (key == null)) {
                throw new IllegalArgumentException(
                        "topo-etcd-tls-cert and topo-etcd-tls-key must be given together or not at all");
            }
        }
    }

    /** A user of etcd's own authentication. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[user=" + user + "]";
        }
    }

    public EtcdConfig {
        if (leaseTtl.toSeconds() < 1) {
            throw new IllegalArgumentException("topo-etcd-lease-ttl must be at least a second: " + leaseTtl);
        }
    }

    /** Vitess' defaults: 15 s for an answer, 5 s for a watch, leases of 30 s, no TLS, no credentials. */
    public static EtcdConfig defaults() {
        return new EtcdConfig(Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(30), null, null);
    }

    public EtcdConfig withTls(Tls files) {
        return new EtcdConfig(operationTimeout, watchTimeout, leaseTtl, files, credentials);
    }

    public EtcdConfig withCredentials(Credentials user) {
        return new EtcdConfig(operationTimeout, watchTimeout, leaseTtl, tls, user);
    }
}
