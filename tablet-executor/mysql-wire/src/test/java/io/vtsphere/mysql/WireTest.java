package io.vtsphere.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "250, fa",
        "251, fcfb00",
        "65535, fcffff",
        "65536, fd000001",
        "16777215, fdffffff",
        "16777216, fe0000000100000000",
        "9223372036854775807, feffffffffffffff7f",
        "-1, feffffffffffffffff"
    })
    void lenencInt_isWrittenAsTheProtocolSaysAndReadBack(long value, String hex) {
        ByteBuf out = Unpooled.buffer();
        Wire.writeLenencInt(out, value);
        assertThat(Wire.lenencSize(value)).isEqualTo(out.readableBytes());
        byte[] bytes = new byte[out.readableBytes()];
        out.getBytes(0, bytes);
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
        assertThat(Wire.readLenencInt(out)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fc", "fc00", "fd0000", "fe00000000000000", "ff", "fb"})
    void lenencInt_thatIsCutOrNone_isMalformed(String hex) {
        ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
        assertThatThrownBy(() -> Wire.readLenencInt(in)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void length_ofNull_isToldApart() {
        assertThat(Wire.readLength(Unpooled.buffer().writeByte(0xfb))).isEqualTo(Wire.NULL_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05616263", "fe00000000ffffffff", "feffffffffffffffff", "fc"})
    void lenencString_longerThanThePacket_isMalformed(String hex) {
        ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
        assertThatThrownBy(() -> Wire.readLenencBytes(in)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void strings_areReadBack() {
        ByteBuf buf = Unpooled.buffer();
        Wire.writeLenencString(buf, "日本");
        Wire.writeNulString(buf, "é");
        assertThat(Wire.readLenencString(buf)).isEqualTo("日本");
        assertThat(Wire.readNulString(buf)).isEqualTo("é");
        assertThatThrownBy(() -> Wire.readNulString(Unpooled.buffer().writeByte('x')))
                .isInstanceOf(MalformedPacketException.class);
    }
}
