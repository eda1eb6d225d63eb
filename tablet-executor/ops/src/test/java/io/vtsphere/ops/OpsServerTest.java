package io.vtsphere.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpsServerTest {
    private final AtomicReference<String> notReady = new AtomicReference<>("no topology yet");
    private final PrometheusMeterRegistry registry = OpsServer.newRegistry();
    private OpsServer server;

    @BeforeEach
    void start() throws Exception {
        server = OpsServer.start("127.0.0.1", 0, registry, notReady::get);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void metrics_withACounter_showsIt() throws Exception {
        registry.counter("vtgate.api.rows.returned", "operation", "Execute").increment(3);
        assertThat(get("/metrics").body())
                .contains("vtgate_api_rows_returned_total{operation=\"Execute\"} 3.0")
                .contains("process_uptime_seconds");
    }

    @Test
    void readyz_followsTheReason() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("not ready: no topology yet\n");
        notReady.set(null);
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
    }

    @Test
    void page_thatThrows_is500WithTheText() throws Exception {
        server.page("/debug/broken", "text/plain", () -> {
            throw new IllegalStateException("the cause");
        });
        assertThat(get("/debug/broken").statusCode()).isEqualTo(500);
        assertThat(get("/debug/broken").body()).contains("the cause");
        assertThat(get("/debug/broken/deeper").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
