package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.testkit.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The samples of vindex algorithms in the hosts that they are for, with one real MySQL; in the proxy with its hints on. */
class VindexAlgorithmsIT {
    private static Commerce commerce;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        commerce = new Commerce(directory);
    }

    @AfterAll
    static void stop() {
        if (commerce != null) {
            commerce.close();
        }
    }

    @BeforeEach
    void reset() throws Exception {
        commerce.reset();
    }

    /** Two at once, for the sequence: one with its hints on, one with the sample as it is. */
    @Test
    void proxies510_withTheSample(@TempDir Path home) throws Exception {
        CompletableFuture<StockProxy> second =
                CompletableFuture.supplyAsync(() -> start("proxy-5.1.0", home, "second"));
        try (StockProxy first = start("proxy-5.1.0", home, "hints")) {
            check(first);
            SequenceCheck.run(
                    commerce,
                    first,
                    () -> second.isDone() && !second.get().isAlive()
                            ? start("proxy-5.1.0", home, "second")
                            : second.get(90, TimeUnit.SECONDS));
        }
    }

    /** Behind -Plong; that the jar links in 5.1.1 is always checked. */
    @Test
    @EnabledIfSystemProperty(named = "bundle.long", matches = "true")
    void proxy511_withTheSample(@TempDir Path home) throws Exception {
        try (StockProxy proxy = start("proxy-5.1.1", home, "hints")) {
            check(proxy);
        }
    }

    private static StockProxy start(String host, Path home, String name) {
        try {
            String server = Bundle.sample("vindex-algorithms-5.1/server.yaml", commerce.port(), Ports.free());
            boolean hints = name.equals("hints");
            return StockProxy.start(
                    host,
                    home.resolve(name),
                    Map.of(
                            "server.yaml",
                            hints
                                    ? server.replace("# props:", "props:").replace("#   proxy-hint", "  proxy-hint")
                                    : server,
                            "config-commerce.yaml",
                            Bundle.sample("vindex-algorithms-5.1/config-commerce.yaml", commerce.port())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(StockProxy proxy) throws Exception {
        try (Connection queries = proxy.connect("commerce");
                Connection updates =
                        proxy.connect("commerce", "useServerPrepStmts=true", "emulateUnsupportedPstmts=false");
                Connection whole = commerce.mysql().connect("whole")) {
            new AlgorithmsCheck(commerce, new AlgorithmsCheck.Host(queries, updates, false, false), whole).run();
        }
    }

    @Test
    void jdbc_withTheSample(@TempDir Path home) throws Exception {
        int metricsPort = Ports.free();
        String yaml = Bundle.sample("vindex-algorithms-5.5/commerce.yaml", commerce.port(), metricsPort);
        try (JdbcHost host = new JdbcHost(home, yaml).start();
                Connection connection = host.connect();
                Connection whole = commerce.mysql().connect("whole")) {
            new AlgorithmsCheck(commerce, new AlgorithmsCheck.Host(connection, connection, true, true), whole).run();
            assertThat(Metrics.scrape(metricsPort))
                    .contains(
                            "hikaricp_connections_total{database=\"commerce\",pool=\"ds_0\"}",
                            "vtsphere_sharding_algorithm_routings_total{reach=\"some\",type=\"VITESS_HASH\"}");
        }
    }
}
