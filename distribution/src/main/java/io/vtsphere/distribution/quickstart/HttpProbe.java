package io.vtsphere.distribution.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the operator's port of a process whether it is ready. Thread-safe. */
final class HttpProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    /** The answer of {@code /readyz}: "ready", or why not; a port that does not answer is a reason too. */
    String readiness(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                .timeout(TIMEOUT)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .trim();
        } catch (IOException e) {
            return "port " + port + " does not answer";
        }
    }
}
