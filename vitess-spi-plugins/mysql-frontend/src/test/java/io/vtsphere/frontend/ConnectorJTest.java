package io.vtsphere.frontend;

import static io.vtsphere.frontend.FakeGate.field;
import static io.vtsphere.frontend.FakeGate.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MySQL Connector/J as the client. */
class ConnectorJTest {
    private FrontendFixture server;
    private FakeGate gate;

    @BeforeEach
    void start() throws Exception {
        server = new FrontendFixture();
        gate = server.gate;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Connection connect(String user, String password, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + server.port() + "/customer?sslMode=DISABLED&connectionTimeZone=UTC"
                        + options,
                user,
                password);
    }

    @Test
    void logsIn_byNativePasswordAndBySha2() throws Exception {
        connect("app", "s3cret", "").close();
        connect("sha2", "päss", "&passwordCharacterEncoding=UTF-8").close();
        connect("hashed", "password", "&defaultAuthenticationPlugin=caching_sha2_password&allowPublicKeyRetrieval=true")
                .close();
        assertThat(gate.sessions).hasSize(3).allMatch(session -> session.target.equals("customer"));
    }

    @Test
    void wrongPassword_is1045() {
        assertThatThrownBy(() -> connect("app", "wrong", "")).isInstanceOfSatisfying(SQLException.class, e -> {
            assertThat(e.getErrorCode()).isEqualTo(1045);
            assertThat(e.getSQLState()).isEqualTo("28000");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void values_areReadAlikeInTextAndBinary(boolean prepared) throws Exception {
        io.vitess.proto.Query.Field[] fields = {
            field("i", SqlType.INT64, 63).toBuilder().setColumnLength(20).build(),
            field("u", SqlType.UINT64, 63).toBuilder().setColumnLength(20).build(),
            field("d", SqlType.DECIMAL, 63).toBuilder().setDecimals(2).build(),
            field("f", SqlType.FLOAT64, 63),
            field("s", SqlType.VARCHAR, 255),
            field("b", SqlType.VARBINARY, 63),
            field("dt", SqlType.DATETIME, 63).toBuilder()
                    .setDecimals(6)
                    .setColumnLength(26)
                    .build(),
            field("da", SqlType.DATE, 63),
            field("n", SqlType.VARCHAR, 255)
        };
        String sql = prepared ? "select p" : "select t";
        gate.onPrepare(sql, 0, fields);
        gate.on(sql, (session, handler) -> {
            handler.fields(java.util.List.of(fields));
            handler.rows(java.util.List.of(row(
                    "-9000000000",
                    "18446744073709551615",
                    "12.30",
                    "0.5",
                    "日本 😀",
                    new byte[] {0, (byte) 0xff, 39},
                    "2024-02-29 01:02:03.000004",
                    "2024-02-29",
                    null)));
            handler.end(session.end());
        });
        try (Connection connection = connect("root", "", prepared ? "&useServerPrepStmts=true" : "");
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong("i")).isEqualTo(-9000000000L);
            assertThat(rows.getObject("u")).isEqualTo(new BigInteger("18446744073709551615"));
            assertThat(rows.getBigDecimal("d")).isEqualTo(new BigDecimal("12.30"));
            assertThat(rows.getDouble("f")).isEqualTo(0.5);
            assertThat(rows.getString("s")).isEqualTo("日本 😀");
            assertThat(rows.getBytes("b")).containsExactly(0, 0xff, 39);
            assertThat(rows.getObject("dt", LocalDateTime.class))
                    .isEqualTo(LocalDateTime.of(2024, 2, 29, 1, 2, 3, 4000));
            assertThat(rows.getObject("da", LocalDate.class)).isEqualTo(LocalDate.of(2024, 2, 29));
            assertThat(rows.getString("n")).isNull();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void serverPreparedParameters_keepTheirTypes() throws Exception {
        String sql = "insert into t values (?, ?, ?, ?, ?, ?, ?)";
        gate.onPrepare(sql, 7);
        byte[] blob = new byte[300_000];
        blob[7] = (byte) 0xff;
        try (Connection connection = connect("root", "", "&useServerPrepStmts=true");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, -5);
            statement.setString(2, "日本");
            statement.setBytes(3, new byte[] {0, (byte) 0xff});
            statement.setTimestamp(4, Timestamp.valueOf(LocalDateTime.of(2024, 2, 29, 1, 2, 3, 123_456_000)));
            statement.setDouble(5, 0.25);
            statement.setNull(6, java.sql.Types.INTEGER);
            statement.setBinaryStream(7, new java.io.ByteArrayInputStream(blob));
            statement.execute();
            assertThat(gate.only().parameters.get(0).subList(0, 6))
                    .containsExactly(
                            SqlValue.int64(-5),
                            SqlValue.varchar("日本"),
                            SqlValue.varbinary(new byte[] {0, (byte) 0xff}),
                            SqlValue.of(SqlType.DATETIME, "2024-02-29 01:02:03.123456".getBytes("US-ASCII")),
                            SqlValue.of(SqlType.FLOAT64, "0.25E0".getBytes("US-ASCII")),
                            SqlValue.NULL);
            assertThat(gate.only().parameters.get(0).get(6).bytes()).isEqualTo(blob);
        }
    }

    @Test
    void clientPreparedBytes_arriveWhole() throws Exception {
        try (Connection connection = connect("root", "", "");
                PreparedStatement statement = connection.prepareStatement("insert into t values (?)")) {
            byte[] bytes = new byte[256];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
            statement.setBytes(1, bytes);
            statement.execute();
            assertThat(gate.only().commands)
                    .endsWith("insert into t values (x'"
                            + java.util.HexFormat.of().formatHex(bytes) + "')");
        }
    }

    @Test
    void multiQueries_andErrorsInThem() throws Exception {
        gate.on(
                "b",
                (session, handler) -> handler.fail(
                        VtException.of(Code.ALREADY_EXISTS, "Duplicate entry (errno 1062) (sqlstate 23000)")));
        try (Connection connection = connect("root", "", "&allowMultiQueries=true");
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("a; c")).isFalse();
            assertThat(statement.getMoreResults()).isFalse();
            assertThatThrownBy(() -> {
                        statement.execute("a; b; c");
                        statement.getMoreResults();
                    })
                    .isInstanceOfSatisfying(SQLException.class, e -> {
                        assertThat(e.getErrorCode()).isEqualTo(1062);
                        assertThat(e.getSQLState()).isEqualTo("23000");
                    });
        }
    }
}
