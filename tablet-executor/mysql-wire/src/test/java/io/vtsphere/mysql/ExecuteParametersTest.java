package io.vtsphere.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecuteParametersTest {
    private static SqlValue decode(int type, boolean unsigned, String hex) {
        ByteBuf in = Unpooled.buffer()
                .writeByte(0)
                .writeByte(1)
                .writeShortLE(type | (unsigned ? 0x8000 : 0))
                .writeBytes(HexFormat.of().parseHex(hex));
        SqlValue value =
                new ExecuteParameters(1, StandardCharsets.UTF_8).decode(in).get(0);
        assertThat(in.isReadable()).isFalse();
        return value;
    }

    @ParameterizedTest
    @CsvSource({
        "1, false, ff, INT64, -1",
        "1, true, ff, UINT64, 255",
        "2, false, feff, INT64, -2",
        "2, true, feff, UINT64, 65534",
        "13, true, e807, UINT64, 2024",
        "3, false, feffffff, INT64, -2",
        "3, true, ffffffff, UINT64, 4294967295",
        "9, false, feffffff, INT64, -2",
        "8, false, 0000000000000080, INT64, -9223372036854775808",
        "8, true, ffffffffffffffff, UINT64, 18446744073709551615",
        "4, false, 0000803e, FLOAT64, 0.25E0",
        "4, false, cdcccc3d, FLOAT64, 0.10000000149011612E0",
        "5, false, 000000205fa00242, FLOAT64, 1.0E10",
        "10, false, 04e807021d, DATE, 2024-02-29",
        "10, false, 00, DATE, 0000-00-00",
        "12, false, 04e807021d, DATETIME, 2024-02-29 00:00:00",
        "12, false, 07e807021d010203, DATETIME, 2024-02-29 01:02:03",
        "7, false, 0be807021d01020320a10700, DATETIME, 2024-02-29 01:02:03.500000",
        "12, false, 00, DATETIME, 0000-00-00 00:00:00",
        "11, false, 00, TIME, 00:00:00",
        "11, false, 080101000000030001, TIME, -27:00:01",
        "11, false, 0c002200000016000090d00300, TIME, 838:00:00.250000",
        "246, false, 05312e313030, DECIMAL, 1.100",
        "253, false, 02c3a9, VARCHAR, é",
        "254, false, 00, VARCHAR, ''",
        "15, false, 0161, VARCHAR, a",
        "245, false, 025b5d, VARCHAR, []",
        "247, false, 0161, VARCHAR, a"
    })
    void value_becomesItsSqlText(int type, boolean unsigned, String hex, SqlType sqlType, String text) {
        SqlValue value = decode(type, unsigned, hex);
        assertThat(value.type()).isEqualTo(sqlType);
        assertThat(value.text()).isEqualTo(text);
    }

    @Test
    void double_isReadBackExactly() {
        for (double d : new double[] {0.1, 1e-300, -5e-324, Double.MAX_VALUE, 1 / 3.0}) {
            SqlValue value = decode(
                    5, false, HexFormat.of().formatHex(bytes(Unpooled.buffer().writeDoubleLE(d))));
            assertThat(Double.parseDouble(value.text())).isEqualTo(d);
            assertThat(value.text()).contains("E");
        }
    }

    @Test
    void nullsAndLongData_needNoTypes() {
        ExecuteParameters parameters = new ExecuteParameters(2, StandardCharsets.UTF_8);
        parameters.addLongData(1, "text".getBytes(StandardCharsets.UTF_8));

        assertThat(parameters.decode(Unpooled.buffer().writeByte(1).writeByte(0)))
                .containsExactly(SqlValue.NULL, SqlValue.varchar("text"));
    }

    @Test
    void value_whoseTypeWasNeverSent_isMalformed() {
        assertThatThrownBy(() -> new ExecuteParameters(2, StandardCharsets.UTF_8)
                        .decode(Unpooled.buffer().writeByte(1).writeByte(0).writeZero(8)))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining("no parameter types");
    }

    @Test
    void bytes_stayBytes() {
        assertThat(decode(252, false, "0200ff")).isEqualTo(SqlValue.varbinary(new byte[] {0, (byte) 0xff}));
        assertThat(decode(253, false, "0200ff")).isEqualTo(SqlValue.varbinary(new byte[] {0, (byte) 0xff}));
        assertThat(decode(253, false, "03efbfbd")).isEqualTo(SqlValue.varchar("\uFFFD"));
    }

    @Test
    void notANumber_hasNoSqlForm() {
        assertThatThrownBy(() -> decode(5, false, "000000000000f87f")).isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @CsvSource({"8, 00", "253, 05616263", "12, 05e807021d01", "11, 0401020304", "10, 04e8"})
    void valueThatIsCut_isMalformed(int type, String hex) {
        assertThatThrownBy(() -> decode(type, false, hex)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void longData_forAParameterThatIsNotThere_isMalformed() {
        ExecuteParameters parameters = new ExecuteParameters(2, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> parameters.addLongData(2, new byte[1])).isInstanceOf(MalformedPacketException.class);
        parameters.addLongData(1, new byte[5]);
        parameters.addLongData(0, new byte[2]);
        assertThat(parameters.longDataBytes()).isEqualTo(7);
    }

    private static byte[] bytes(ByteBuf buf) {
        byte[] bytes = new byte[buf.readableBytes()];
        buf.readBytes(bytes);
        return bytes;
    }
}
