package io.vtsphere.topo.connection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.vtsphere.topo.connection.EtcdConfig.Credentials;
import io.vtsphere.topo.connection.EtcdConfig.Tls;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLException;

/**
 * Connections to etcd 3.4 and later in Vitess' layout ({@code etcd2}). Connections to one address share a client. Thread-safe.
 *
 * <p>Source of the semantics: Vitess' {@code go/vt/topo/etcd2topo}.
 */
public final class EtcdTopo implements TopoConnector {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** A connection without traffic is checked this often; etcd refuses clients that ask more than every 5 s. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(6);

    private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(3);

    /** 64 MiB: some 200,000 tablets in one range read. */
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    private final EtcdConfig config;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "topology-locks");
        thread.setDaemon(true);
        return thread;
    });
    private final Object lock = new Object();

    @GuardedBy("lock")
    private final Map<String, EtcdTransport> clients = new HashMap<>();

    public EtcdTopo(EtcdConfig config) {
        this.config = config;
    }

    @Override
    public String implementation() {
        return "etcd2";
    }

    @Override
    public TopoConnection connect(String serverAddress, String root) {
        synchronized (lock) {
            EtcdTransport transport = clients.computeIfAbsent(serverAddress, this::transport);
            return new EtcdTopoConnection(transport, root, config, timer);
        }
    }

    @Override
    public void close() {
        List<EtcdTransport> closing;
        synchronized (lock) {
            closing = List.copyOf(clients.values());
            clients.clear();
        }
        closing.forEach(EtcdTransport::close);
        timer.shutdownNow();
    }

    private EtcdTransport transport(String serverAddress) {
        String scheme = config.tls() == null ? "http://" : "https://";
        List<URI> endpoints = Arrays.stream(serverAddress.split(",", -1))
                .map(String::trim)
                .filter(address -> !address.isEmpty())
                .map(address -> URI.create(address.contains("://") ? address : scheme + address))
                .toList();
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no address of a topology server: '" + serverAddress + "'");
        }
        ClientBuilder builder = Client.builder()
                .endpoints(endpoints)
                .connectTimeout(CONNECT_TIMEOUT)
                .keepaliveTime(KEEP_ALIVE)
                .keepaliveTimeout(KEEP_ALIVE_TIMEOUT)
                // etcd ends connections that ping while no call is open; a watch is a call.
                .keepaliveWithoutCalls(false)
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                // A call fails at once while there is no connection; whoever follows the topology asks again soon.
                .waitForReady(false)
                .retryMaxDuration(config.operationTimeout());
        Credentials credentials = config.credentials();
        if (credentials != null) {
            builder.user(bytes(credentials.user())).password(bytes(credentials.password()));
        }
        Tls tls = config.tls();
        if (tls != null) {
            try {
                builder.sslContext(context -> {
                    context.protocols("TLSv1.3", "TLSv1.2");
                    if (tls.ca() != null) {
                        context.trustManager(tls.ca().toFile());
                    }
                    if (tls.certificate() != null && tls.key() != null) {
                        context.keyManager(tls.certificate().toFile(), tls.key().toFile());
                    }
                });
            } catch (SSLException e) {
                throw TopoException.of(Kind.OTHER, "cannot use the TLS files " + tls + ": " + e.getMessage(), e);
            }
        }
        return new EtcdTransport(builder::build);
    }

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
