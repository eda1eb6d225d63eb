package io.vtsphere.shardingsphere.metrics;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vtsphere.keys.Keys;
import io.vtsphere.ops.OpsServer;
import io.vtsphere.shardingsphere.rule.VitessSettings;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One host's endpoint: what every part of the plug-ins counts, which is in this process' global registry, and the host's pools. Thread-safe.
 */
final class MetricsEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsEndpoint.class);
    private static final String PORT = "port";

    private final PrometheusMeterRegistry registry;
    private final OpsServer server;

    private MetricsEndpoint(PrometheusMeterRegistry registry, OpsServer server) {
        this.registry = registry;
        this.server = server;
    }

    /**
     * Opens it where the rule says.
     *
     * @return null when the rule names no {@code port}, or there is none
     * @throws IllegalStateException when the port cannot be had, with the port named
     */
    static @Nullable MetricsEndpoint open(HostView host) {
        VitessSettings settings = host.settings();
        if (settings == null || !settings.values().containsKey(PORT)) {
            return null;
        }
        Keys keys = new Keys(settings.values());
        int port = keys.integer(PORT, 0);
        String address = keys.text("bind-address", "0.0.0.0");
        PrometheusMeterRegistry registry = OpsServer.newRegistry();
        registry.getPrometheusRegistry().register(new PoolCollector(host));
        try {
            OpsServer server = OpsServer.start(address, port, registry, () -> null);
            Metrics.addRegistry(registry);
            LOG.info("VTSphere plug-ins: metrics on {}:{}", address, server.port());
            return new MetricsEndpoint(registry, server);
        } catch (IOException e) {
            throw new IllegalStateException("port " + address + ":" + port + " cannot be had: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        Metrics.removeRegistry(registry);
        server.close();
    }
}
