package io.vtsphere.shardingsphere.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.vtsphere.testkit.Ports;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
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

    @Test
    void proxy510_withTheSample(@TempDir Path home) throws Exception {
        proxy("proxy-5.1.0", home);
    }

    /** Behind -Plong; that the jar links in 5.1.1 is always checked. */
    @Test
    @EnabledIfSystemProperty(named = "bundle.long", matches = "true")
    void proxy511_withTheSample(@TempDir Path home) throws Exception {
        proxy("proxy-5.1.1", home);
    }

    private static void proxy(String host, Path home) throws Exception {
        Map<String, String> conf = Map.of(
                "server.yaml",
                        Bundle.sample("vindex-algorithms-5.1/server.yaml", commerce.port())
                                .replace("# props:", "props:")
                                .replace("#   proxy-hint", "  proxy-hint"),
                "config-commerce.yaml", Bundle.sample("vindex-algorithms-5.1/config-commerce.yaml", commerce.port()));
        try (StockProxy proxy = StockProxy.start(host, home, conf)) {
            try (Connection queries = proxy.connect("commerce");
                    Connection updates =
                            proxy.connect("commerce", "useServerPrepStmts=true", "emulateUnsupportedPstmts=false");
                    Connection whole = commerce.mysql().connect("whole")) {
                new AlgorithmsCheck(commerce, new AlgorithmsCheck.Host(queries, updates, false, false), whole).run();
            }
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
