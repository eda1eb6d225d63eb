package io.vtsphere.ops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's HTTP port of a process: {@code /metrics} for Prometheus, {@code /healthz} (alive), {@code /readyz} (may get traffic) and
 * further pages.
 *
 * <p>Thread-safe. Two threads answer; a request beyond sixteen waiting ones is refused by closing it.
 */
public final class OpsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);
    private static final int THREADS = 2;
    private static final int WAITING_REQUESTS = 16;

    private final HttpServer server;
    private final ExecutorService executor;
    private final PrometheusMeterRegistry registry;
    private final Supplier<@Nullable String> notReady;

    private OpsServer(
            HttpServer server,
            ExecutorService executor,
            PrometheusMeterRegistry registry,
            Supplier<@Nullable String> notReady) {
        this.server = server;
        this.executor = executor;
        this.registry = registry;
        this.notReady = notReady;
    }

    /** A registry that {@link #start} can serve; the process registers all its meters here. */
    public static PrometheusMeterRegistry newRegistry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new ProcessMetrics().bindTo(registry);
        return registry;
    }

    /**
     * Listens and answers.
     *
     * @param bindAddress host name or address, never null
     * @param port 0 takes a free one, see {@link #port}
     * @param notReady gives null when the process may get traffic, else one line that says why not; asked at each request of
     *     {@code /readyz}
     * @throws IOException when the port is taken; nothing is left open
     */
    public static OpsServer start(
            String bindAddress, int port, PrometheusMeterRegistry registry, Supplier<@Nullable String> notReady)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(bindAddress, port), WAITING_REQUESTS);
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_REQUESTS), task -> {
                    Thread thread = new Thread(task, "ops-http");
                    thread.setDaemon(true);
                    return thread;
                });
        server.setExecutor(executor);
        OpsServer ops = new OpsServer(server, executor, registry, notReady);
        ops.page("/metrics", "text/plain; version=0.0.4; charset=utf-8", registry::scrape);
        ops.page("/healthz", "text/plain; charset=utf-8", () -> "ok\n");
        server.createContext("/readyz", ops::readyz);
        server.start();
        return ops;
    }

    /** Adds a page; {@code body} is asked at each request, an exception of it becomes a 500 with its text. */
    public void page(String path, String contentType, Supplier<String> body) {
        server.createContext(path, exchange -> {
            try {
                if (!exchange.getRequestURI().getPath().equals(path)) {
                    answer(
                            exchange,
                            404,
                            "text/plain; charset=utf-8",
                            "no such page: " + exchange.getRequestURI() + "\n");
                } else {
                    answer(exchange, 200, contentType, body.get());
                }
            } catch (RuntimeException e) {
                LOG.warn("page {} failed", path, e);
                answer(exchange, 500, "text/plain; charset=utf-8", e + "\n");
            }
        });
    }

    private void readyz(HttpExchange exchange) throws IOException {
        String reason = notReady.get();
        answer(
                exchange,
                reason == null ? 200 : 503,
                "text/plain; charset=utf-8",
                reason == null ? "ready\n" : "not ready: " + reason + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Closes the port; requests that are being answered are cut off. */
    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
