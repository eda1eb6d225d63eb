package io.vtsphere.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.vtsphere.mysql.Capabilities;
import io.vtsphere.mysql.ErrPacket;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TlsTest {
    private FrontendFixture server;

    @BeforeEach
    void start() throws Exception {
        server = new FrontendFixture(config(true));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static FrontendConfig config(boolean required) throws Exception {
        try (InputStream cert = TlsTest.class.getResourceAsStream("/tls/server.pem");
                InputStream key = TlsTest.class.getResourceAsStream("/tls/server-key.pem")) {
            SslContext context = SslContextBuilder.forServer(cert, key).build();
            return new FrontendConfig(
                    "8.4.6-Vitess",
                    FrontendFixture.USERS,
                    100,
                    16 << 20,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(100),
                    context,
                    required);
        }
    }

    private Connection connect(String user, String password, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + server.port() + "/?sslMode=REQUIRED" + options, user, password);
    }

    @Test
    void client_logsInAndQueriesOverTls() throws Exception {
        try (Connection connection = connect("app", "s3cret", "")) {
            String value = "x".repeat(1_000_000);
            assertThat(connection.createStatement().execute("set '" + value + "'"))
                    .isFalse();
            assertThat(server.gate.only().commands).endsWith("set '" + value + "'");
        }
    }

    @Test
    void nativeHashOnly_takesThePasswordOverTlsWithoutAnExchangeOfKeys() throws Exception {
        connect("hashed", "password", "&defaultAuthenticationPlugin=caching_sha2_password")
                .close();
        assertThat(server.gate.only().params.user()).isEqualTo("hashed");
    }

    @Test
    void wrongPassword_isDenied() {
        assertThatThrownBy(() -> connect("app", "wrong", ""))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1045));
    }

    @Test
    void clientWithoutTls_isRefusedWhereItIsRequired() throws Exception {
        try (RawClient client = server.client()) {
            assertThat(client.greeting.capabilities() & Capabilities.SSL).isNotZero();
            ErrPacket error = ErrPacket.decode(client.login("root", new byte[0], "mysql_native_password", null));
            assertThat(error.errno()).isEqualTo(3159);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void clientWithoutTls_isLetInWhereItIsOffered() throws Exception {
        try (FrontendFixture offering = new FrontendFixture(config(false));
                RawClient client = offering.client().root()) {
            assertThat(client.query("select 1").ok()).isNotNull();
        }
    }
}
