package io.vtsphere.shardingsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitess.proto.Topodata;
import io.vtsphere.frontend.server.GateServer;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.server.TopoServer;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.apache.shardingsphere.infra.database.type.DatabaseTypeRegistry;
import org.apache.shardingsphere.infra.executor.sql.execute.engine.driver.jdbc.sane.JDBCSaneQueryResultEngineFactory;
import org.apache.shardingsphere.proxy.config.YamlProxyConfiguration;
import org.apache.shardingsphere.sql.parser.sql.dialect.statement.mysql.dml.MySQLSelectStatement;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The host, our front end in it and a gate over a topology without keyspaces. */
class ProxyLauncherTest {
    @TempDir
    Path directory;

    private GateServer server;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(directory.resolve("server.yaml"), """
                rules:
                  - !VITESS
                    topo-implementation: memory
                    cell: zone1
                    cells-to-watch: zone1
                    tablet-types-to-wait: PRIMARY
                    gateway-initial-tablet-timeout: 1s
                    mysql-server-bind-address: 127.0.0.1
                    bind-address: 127.0.0.1
                    onterm-timeout: 0s
                    users:
                      app: {password: s3cret, userData: app}
                """);
        MemoryTopo memory = new MemoryTopo();
        try (TopoServer topo = TopoServer.open(memory, "", "/vitess/global")) {
            topo.cells()
                    .create(
                            "zone1",
                            Topodata.CellInfo.newBuilder()
                                    .setServerAddress("memory")
                                    .setRoot("/vitess/zone1")
                                    .build());
            topo.vschemas().rebuild(List.of());
        }
        YamlProxyConfiguration yaml = HostConfiguration.load(directory);
        server = ProxyLauncher.start(
                yaml, HostConfiguration.prepare(yaml.getServerConfiguration()).gate(), memory, 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.opsPort() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void client_isServedByOurFrontEndOnTheEventLoop() throws Exception {
        try (PlainClient client = new PlainClient(server.mysqlPort(), "app", "s3cret")) {
            assertThat(client.greeting.serverVersion()).isEqualTo("8.4.6-Vitess");
            assertThat(client.rows("show databases"))
                    .containsExactlyInAnyOrder("information_schema", "mysql", "performance_schema", "sys");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("Connection-")
                        || thread.getName().startsWith("Command-"));
    }

    @Test
    void wrongPassword_isDenied() {
        assertThatThrownBy(() -> DriverManager.getConnection(
                        "jdbc:mysql://127.0.0.1:" + server.mysqlPort() + "/?sslMode=DISABLED", "app", "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
    }

    @Test
    void silentClient_seesOneGreeting() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.mysqlPort())) {
            byte[] header = socket.getInputStream().readNBytes(5);
            assertThat(header[3]).isZero();
            assertThat(header[4]).isEqualTo((byte) 10);
            socket.getInputStream().readNBytes((header[0] & 0xff) - 1);
            assertThat(socket.getInputStream().available()).isZero();
        }
    }

    @Test
    void operatorsPages_tellReadinessAndMetrics() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
        assertThat(get("/healthz").body()).isEqualTo("ok\n");
        new PlainClient(server.mysqlPort(), "app", "s3cret").close();
        Awaitility.await().untilAsserted(() -> assertThat(get("/metrics").body())
                .contains("vtgate_mysql_server_conn_count 0.0", "vtgate_mysql_server_conn_accepted_total"));
        assertThat(get("/debug/gateway").body().strip()).isEqualTo("[]");
    }

    @Test
    void failedSelect_isNotAnsweredByTheHostWithARow() {
        assertThat(JDBCSaneQueryResultEngineFactory.newInstance(
                                DatabaseTypeRegistry.getActualDatabaseType(VitessDatabaseType.NAME))
                        .getSaneQueryResult(new MySQLSelectStatement()))
                .isEmpty();
    }
}
