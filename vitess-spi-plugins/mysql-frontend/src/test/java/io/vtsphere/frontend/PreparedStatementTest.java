package io.vtsphere.frontend;

import static io.vtsphere.frontend.FakeGate.field;
import static io.vtsphere.frontend.FakeGate.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vtsphere.mysql.Capabilities;
import io.vtsphere.mysql.ColumnDefinition;
import io.vtsphere.mysql.ColumnFlags;
import io.vtsphere.mysql.ColumnType;
import io.vtsphere.mysql.EofPacket;
import io.vtsphere.mysql.PrepareOk;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreparedStatementTest {
    private FrontendFixture server;
    private FakeGate gate;

    @BeforeEach
    void start() throws Exception {
        server = new FrontendFixture();
        gate = server.gate;
        gate.onPrepare("select ?, ?", 2, field("a", SqlType.INT64, 63), field("b", SqlType.VARCHAR, 255));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static PrepareOk prepare(RawClient client, String sql) throws Exception {
        client.command(0x16, sql);
        PrepareOk ok = PrepareOk.decode(client.read());
        int packets = ok.parameters() + ok.columns();
        if (!client.deprecateEof()) {
            packets += (ok.parameters() > 0 ? 1 : 0) + (ok.columns() > 0 ? 1 : 0);
        }
        for (int i = 0; i < packets; i++) {
            client.read();
        }
        return ok;
    }

    private static ByteBuf execution(int statement) {
        return Unpooled.buffer().writeIntLE(statement).writeByte(0).writeIntLE(1);
    }

    @Test
    void prepare_describesParametersAndColumns() throws Exception {
        try (RawClient client = server.client().root()) {
            client.command(0x16, "select ?, ?");
            assertThat(PrepareOk.decode(client.read())).isEqualTo(new PrepareOk(1, 2, 2, 0));
            ColumnDefinition marker =
                    new ColumnDefinition("", "", "", "?", "", 63, 0, ColumnType.VAR_STRING, ColumnFlags.BINARY, 0);
            assertThat(ColumnDefinition.decode(client.read())).isEqualTo(marker);
            assertThat(ColumnDefinition.decode(client.read())).isEqualTo(marker);
            assertThat(EofPacket.is(client.read())).isTrue();
            assertThat(ColumnDefinition.decode(client.read()).name()).isEqualTo("a");
            assertThat(ColumnDefinition.decode(client.read()).name()).isEqualTo("b");
            assertThat(EofPacket.is(client.read())).isTrue();
        }
    }

    @Test
    void prepare_leavesTheEofPacketsOutWhereTheyAreDeprecated() throws Exception {
        try (RawClient client =
                server.client(RawClient.BASIC | Capabilities.DEPRECATE_EOF).root()) {
            prepare(client, "select ?, ?");
            client.command(14, "");
            assertThat(client.result().ok()).isNotNull();
        }
    }

    @Test
    void prepare_failureIsAnError() throws Exception {
        try (RawClient client = server.client().root()) {
            client.command(0x16, "select nothing");
            assertThat(client.result().error().errno()).isEqualTo(1235);
        }
    }

    @Test
    void execute_remembersTheTypesOfTheExecutionBefore() throws Exception {
        try (RawClient client = server.client().root()) {
            int id = prepare(client, "select ?, ?").statementId();
            ByteBuf first = execution(id)
                    .writeByte(0)
                    .writeByte(1)
                    .writeShortLE(8 | 0x8000)
                    .writeShortLE(253)
                    .writeLongLE(-3)
                    .writeByte(2)
                    .writeBytes(new byte[] {'h', 'i'});
            client.command(0x17, RawClient.bytes(first));
            assertThat(client.result().ok()).isNotNull();
            ByteBuf second = execution(id).writeByte(2).writeByte(0).writeLongLE(5);
            client.command(0x17, RawClient.bytes(second));
            assertThat(client.result().ok()).isNotNull();
            assertThat(gate.only().parameters)
                    .containsExactly(
                            List.of(SqlValue.uint64(-3), SqlValue.varchar("hi")),
                            List.of(SqlValue.uint64(5), SqlValue.NULL));
        }
    }

    @Test
    void execute_withoutTypesEver_isMalformed() throws Exception {
        try (RawClient client = server.client().root()) {
            int id = prepare(client, "select ?, ?").statementId();
            client.command(0x17, RawClient.bytes(execution(id).writeByte(0).writeByte(0)));
            assertThat(client.result().error().errno()).isEqualTo(1835);
            client.command(14, "");
            assertThat(client.result().ok()).isNotNull();
        }
    }

    @Test
    void longData_isJoinedAndUsedOnce() throws Exception {
        try (RawClient client = server.client().root()) {
            int id = prepare(client, "select ?, ?").statementId();
            byte[] part = new byte[100_000];
            java.util.Arrays.fill(part, (byte) 0xfe);
            for (int i = 0; i < 3; i++) {
                ByteBuf data = Unpooled.buffer().writeIntLE(id).writeShortLE(1).writeBytes(part);
                client.command(0x18, RawClient.bytes(data));
            }
            ByteBuf run =
                    execution(id).writeByte(1).writeByte(1).writeShortLE(8).writeShortLE(252);
            client.command(0x17, RawClient.bytes(run));
            assertThat(client.result().ok()).isNotNull();
            SqlValue value = gate.only().parameters.get(0).get(1);
            assertThat(gate.only().parameters.get(0).get(0)).isEqualTo(SqlValue.NULL);
            assertThat(value.type()).isEqualTo(SqlType.VARBINARY);
            assertThat(value.bytes()).hasSize(300_000).containsOnly(0xfe);
            client.command(0x17, RawClient.bytes(execution(id).writeByte(3).writeByte(0)));
            client.result();
            assertThat(gate.only().parameters.get(1)).containsExactly(SqlValue.NULL, SqlValue.NULL);
        }
    }

    @Test
    void longDataAboveTheLimit_isReportedByTheExecution() throws Exception {
        FrontendConfig config = new FrontendConfig(
                "8",
                FrontendFixture.USERS,
                10,
                1024,
                java.time.Duration.ofSeconds(5),
                java.time.Duration.ZERO,
                null,
                false);
        try (FrontendFixture small = new FrontendFixture(config);
                RawClient client = small.client().root()) {
            small.gate.onPrepare("select ?, ?", 2);
            int id = prepare(client, "select ?, ?").statementId();
            for (int i = 0; i < 2; i++) {
                ByteBuf data = Unpooled.buffer().writeIntLE(id).writeShortLE(0).writeZero(900);
                client.command(0x18, RawClient.bytes(data));
            }
            client.command(0x17, RawClient.bytes(execution(id).writeByte(3).writeByte(0)));
            assertThat(client.result().error().message()).contains("longer than 'max_allowed_packet' bytes");
        }
    }

    @Test
    void reset_dropsLongData_andCloseDropsTheStatement() throws Exception {
        try (RawClient client = server.client().root()) {
            int id = prepare(client, "select ?, ?").statementId();
            byte[] idBytes = RawClient.bytes(Unpooled.buffer().writeIntLE(id));
            ByteBuf data = Unpooled.buffer().writeIntLE(id).writeShortLE(0).writeByte('x');
            client.command(0x18, RawClient.bytes(data));
            client.command(0x1a, idBytes);
            assertThat(client.result().ok()).isNotNull();
            ByteBuf run =
                    execution(id).writeByte(3).writeByte(1).writeShortLE(8).writeShortLE(8);
            client.command(0x17, RawClient.bytes(run));
            client.result();
            assertThat(gate.only().parameters.get(0)).containsExactly(SqlValue.NULL, SqlValue.NULL);
            client.command(0x19, idBytes);
            client.command(0x1a, idBytes);
            assertThat(client.result().error().errno()).isEqualTo(2014);
        }
    }

    @Test
    void binaryRows_areWhatMySqlWouldSend() throws Exception {
        SqlType[] types = {
            SqlType.INT8,
            SqlType.UINT8,
            SqlType.INT16,
            SqlType.YEAR,
            SqlType.INT24,
            SqlType.UINT32,
            SqlType.INT64,
            SqlType.UINT64,
            SqlType.FLOAT32,
            SqlType.FLOAT64,
            SqlType.DECIMAL,
            SqlType.DATE,
            SqlType.DATETIME,
            SqlType.TIMESTAMP,
            SqlType.TIME,
            SqlType.TIME,
            SqlType.VARCHAR,
            SqlType.BIT,
            SqlType.VARBINARY,
            SqlType.INT32
        };
        Object[] values = {
            "-5",
            "255",
            "-300",
            "2024",
            "-70000",
            "4294967295",
            "-9223372036854775808",
            "18446744073709551615",
            "0.25",
            "-1.5e10",
            "-0.10",
            "2024-02-29",
            "2024-02-29 01:02:03.500000",
            "0000-00-00 00:00:00",
            "-27:00:01.25",
            "00:00:00",
            "é",
            new byte[] {1, (byte) 0xff},
            new byte[] {0},
            null
        };
        io.vitess.proto.Query.Field[] fields = new io.vitess.proto.Query.Field[types.length];
        for (int i = 0; i < types.length; i++) {
            fields[i] = field("c" + i, types[i], types[i] == SqlType.VARCHAR ? 255 : 63);
        }
        gate.onPrepare("select all", 0, fields);
        gate.on("select all", (session, handler) -> {
            handler.fields(List.of(fields));
            handler.rows(List.of(row(values)));
            handler.end(session.end());
        });
        try (RawClient client = server.client().root()) {
            int id = prepare(client, "select all").statementId();
            client.command(0x17, RawClient.bytes(execution(id)));
            byte[] packet = client.result().packets().get(0);
            assertThat(HexFormat.of().formatHex(packet))
                    .isEqualTo("00" + "000020" + "fb" + "ff" + "d4fe" + "e807" + "90eefeff" + "ffffffff"
                            + "0000000000000080" + "ffffffffffffffff" + "0000803e"
                            + hexDouble(-1.5e10) + "052d302e3130" + "04e807021d" + "0be807021d01020320a10700" + "00"
                            + "0c" + "01" + "01000000" + "030001" + "90d00300" + "00" + "02c3a9" + "0201ff" + "0100");
        }
    }

    private static String hexDouble(double value) {
        return HexFormat.of().formatHex(RawClient.bytes(Unpooled.buffer().writeDoubleLE(value)));
    }

    @Test
    void parametersInTheClientsCharset_becomeUtf8() throws Exception {
        try (RawClient client = server.client()) {
            client.login("root", new byte[0], "mysql_native_password", null, 8);
            int id = prepare(client, "select ?, ?").statementId();
            ByteBuf run = execution(id)
                    .writeByte(0)
                    .writeByte(1)
                    .writeShortLE(253)
                    .writeShortLE(252)
                    .writeByte(1)
                    .writeByte(0xe9)
                    .writeByte(1)
                    .writeByte(0xe9);
            client.command(0x17, RawClient.bytes(run));
            client.result();
            assertThat(gate.only().parameters.get(0))
                    .containsExactly(SqlValue.varchar("é"), SqlValue.varbinary(new byte[] {(byte) 0xe9}));
            assertThat("é".getBytes(StandardCharsets.UTF_8)).hasSize(2);
        }
    }
}
