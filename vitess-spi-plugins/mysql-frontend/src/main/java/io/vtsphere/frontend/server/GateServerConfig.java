package io.vtsphere.frontend.server;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vtsphere.executor.GateConfig;
import io.vtsphere.frontend.FrontendConfig;
import io.vtsphere.gateway.GatewayConfig;
import io.vtsphere.keys.Keys;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.watch.StartPolicy;
import io.vtsphere.topo.watch.TopologyConfig;
import io.vtsphere.topo.watch.TopologyFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a gate is told at its start. The keys are vtgate's flag names; docs/configuration.md lists them all. Immutable.
 *
 * @param topoImplementation {@code topo-implementation}: etcd2, or memory for a topology inside this process
 * @param topoAddress {@code topo-global-server-address}
 * @param topoRoot {@code topo-global-root}
 * @param tabletTypesToWait {@code tablet-types-to-wait}: types that must serve in every shard before the gate is ready
 * @param mysqlBindAddress {@code mysql-server-bind-address}
 * @param opsPort {@code port}: of metrics and health pages; 0 takes a free one
 * @param opsBindAddress {@code bind-address}: of the same
 * @param ontermTimeout {@code onterm-timeout}: how long running statements and transactions may go on after a request to stop
 * @param ioThreads {@code io-threads}: event loops for clients and tablets; 0 for one per processor
 * @param schemaTracking {@code schema-tracking-interval}: how often keyspaces are asked for their tables; null for never ({@code
 *     schema-change-signal} off)
 */
public record GateServerConfig(
        String topoImplementation,
        String topoAddress,
        String topoRoot,
        EtcdConfig etcd,
        TopologyConfig topology,
        GatewayConfig gateway,
        Set<TabletType> tabletTypesToWait,
        GateConfig gate,
        FrontendConfig frontend,
        String mysqlBindAddress,
        int opsPort,
        String opsBindAddress,
        Duration ontermTimeout,
        int ioThreads,
        @Nullable Duration schemaTracking) {
    /** The keys that {@link GateConfig} reads; what no one else knows is the gateway's to take or refuse. */
    private static final List<String> GATE_KEYS = List.of(
            "query-timeout",
            "transaction-mode",
            "max-memory-rows",
            "warn-memory-rows",
            "max-memory-bytes",
            "gather-bytes",
            "max-payload-size",
            "warn-payload-size",
            "no-scatter",
            "allow-kill-statement",
            "default-tablet-type",
            "mysql-default-workload",
            "gate-query-cache-memory",
            "enable-system-settings",
            "mysql-server-version",
            "scatter-concurrency",
            "session-threads",
            "rollback-timeout",
            "stale-plan-timeout");

    public GateServerConfig {
        tabletTypesToWait = Set.copyOf(tabletTypesToWait);
        if (opsPort < 0 || opsPort > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535: " + opsPort);
        }
        if (ontermTimeout.isNegative()) {
            throw new IllegalArgumentException("onterm-timeout must not be negative: " + ontermTimeout);
        }
        if (schemaTracking != null && schemaTracking.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("schema-tracking-interval must be at least 100ms: " + schemaTracking);
        }
        if (ioThreads < 0 || ioThreads > 1024) {
            throw new IllegalArgumentException("io-threads must be 0 to 1024: " + ioThreads);
        }
    }

    /**
     * Reads the keys.
     *
     * @param values by key; texts, numbers, flags, lists, and a map for {@code users}
     * @throws IllegalArgumentException that names the key which is unknown, missing, wrong or contradicts another
     */
    public static GateServerConfig of(Map<String, ?> values) {
        Keys keys = new Keys(values);
        String implementation = keys.text("topo-implementation", "etcd2");
        if (!implementation.equals("etcd2") && !implementation.equals("memory")) {
            throw new IllegalArgumentException("topo-implementation must be etcd2 or memory: '" + implementation + "'");
        }
        boolean memory = implementation.equals("memory");
        String address =
                memory ? keys.text("topo-global-server-address", "") : keys.required("topo-global-server-address");
        String root = memory ? keys.text("topo-global-root", "/vitess/global") : keys.required("topo-global-root");
        String cell = keys.required("cell");
        String version = keys.has("mysql-server-version")
                ? keys.required("mysql-server-version")
                : FrontendConfig.DEFAULT_SERVER_VERSION;
        FrontendConfig frontend = frontend(keys, version);
        TopologyConfig topology = topology(keys, cell);
        EtcdConfig etcd = etcd(keys);
        Set<TabletType> toWait = types(keys);
        String mysqlBindAddress = keys.text("mysql-server-bind-address", "0.0.0.0");
        int opsPort = keys.integer("port", 0);
        String opsBindAddress = keys.text("bind-address", "0.0.0.0");
        Duration onterm = keys.duration("onterm-timeout", Duration.ofSeconds(10));
        int ioThreads = keys.integer("io-threads", 0);
        Duration trackingInterval = keys.duration("schema-tracking-interval", Duration.ofSeconds(30));
        boolean tracking = keys.flag("schema-change-signal", true);
        Map<String, String> gateKeys = keys.taken(GATE_KEYS);
        gateKeys.put("mysql-server-version", version);
        return new GateServerConfig(
                implementation,
                address,
                root,
                etcd,
                topology,
                GatewayConfig.of(cell, keys.rest()),
                toWait,
                GateConfig.of(gateKeys),
                frontend,
                mysqlBindAddress,
                opsPort,
                opsBindAddress,
                onterm,
                ioThreads,
                tracking ? trackingInterval : null);
    }

    private static FrontendConfig frontend(Keys keys, String version) {
        return new FrontendConfig(
                version,
                UserKeys.read(keys.take("users")),
                keys.integer("max-connections", 10_000),
                keys.integer("max-allowed-packet", FrontendConfig.DEFAULT_MAX_ALLOWED_PACKET),
                keys.duration("connect-timeout", FrontendConfig.DEFAULT_CONNECT_TIMEOUT),
                keys.duration("wait-timeout", Duration.ZERO),
                tls(keys.path("mysql-server-ssl-cert"), keys.path("mysql-server-ssl-key")),
                keys.flag("mysql-server-require-secure-transport", false));
    }

    private static @Nullable SslContext tls(@Nullable Path cert, @Nullable Path key) {
        if (cert == null && key == null) {
            return null;
        }
        if (cert == null || key == null) {
            throw new IllegalArgumentException("mysql-server-ssl-cert and mysql-server-ssl-key must be set together");
        }
        try {
            return SslContextBuilder.forServer(cert.toFile(), key.toFile())
                    .protocols("TLSv1.2", "TLSv1.3")
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "mysql-server-ssl-cert " + cert + " and mysql-server-ssl-key " + key + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    private static TopologyConfig topology(Keys keys, String cell) {
        List<String> cells = keys.list("cells-to-watch");
        if (cells.isEmpty()) {
            throw new IllegalArgumentException("cells-to-watch must name at least one cell");
        }
        TopologyConfig defaults = TopologyConfig.of(cell, cells);
        return defaults.withStart(
                        startPolicy(keys),
                        keys.path("topo-snapshot-file"),
                        keys.duration("topo-start-timeout", defaults.startTimeout()))
                .withIntervals(
                        keys.duration("srv-topo-cache-refresh", defaults.retryInterval()),
                        keys.duration("topo-silence-limit", defaults.silenceLimit()),
                        keys.duration("tablet-refresh-interval", defaults.auditInterval()))
                .withFilter(TopologyFilter.of(
                        keys.list("keyspaces-to-watch"), keys.list("tablet-filters"), keys.list("tablet-filter-tags")));
    }

    private static StartPolicy startPolicy(Keys keys) {
        String text = keys.text("topo-start-policy", "fail");
        for (StartPolicy policy : StartPolicy.values()) {
            if (policy.name().toLowerCase(Locale.ROOT).equals(text)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("topo-start-policy must be fail, wait or snapshot: '" + text + "'");
    }

    private static EtcdConfig etcd(Keys keys) {
        EtcdConfig defaults = EtcdConfig.defaults();
        Path ca = keys.path("topo-etcd-tls-ca");
        Path cert = keys.path("topo-etcd-tls-cert");
        Path key = keys.path("topo-etcd-tls-key");
        String user = keys.text("topo-etcd-username");
        String password = keys.text("topo-etcd-password");
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("topo-etcd-username and topo-etcd-password must be set together");
        }
        return new EtcdConfig(
                keys.duration("remote-operation-timeout", defaults.operationTimeout()),
                keys.duration("srv-topo-timeout", defaults.watchTimeout()),
                keys.duration("topo-etcd-lease-ttl", defaults.leaseTtl()),
                ca == null && cert == null && key == null ? null : new EtcdConfig.Tls(ca, cert, key),
                user == null || password == null ? null : new EtcdConfig.Credentials(user, password));
    }

    private static Set<TabletType> types(Keys keys) {
        Set<TabletType> types = EnumSet.noneOf(TabletType.class);
        for (String name : keys.list("tablet-types-to-wait")) {
            TabletType type = TabletType.parse(name);
            if (type == null || !type.isServing()) {
                throw new IllegalArgumentException("tablet-types-to-wait: no serving tablet type '" + name + "'");
            }
            types.add(type);
        }
        return types;
    }
}
