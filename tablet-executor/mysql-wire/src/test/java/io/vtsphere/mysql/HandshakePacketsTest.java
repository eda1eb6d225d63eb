package io.vtsphere.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandshakePacketsTest {
    private static final byte[] SCRAMBLE = "abcdefghijklmnopqrst".getBytes(StandardCharsets.US_ASCII);
    private static final int BASIC =
            Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION | Capabilities.PLUGIN_AUTH;

    @Test
    void greeting_isReadBack() {
        Greeting greeting = new Greeting(
                "8.4.6-Vitess",
                0xfffffffeL,
                SCRAMBLE,
                BASIC | Capabilities.DEPRECATE_EOF,
                255,
                StatusFlags.AUTOCOMMIT,
                CachingSha2Password.NAME);
        ByteBuf buf = Unpooled.buffer();
        greeting.encode(buf);
        assertThat(Greeting.decode(buf)).usingRecursiveComparison().isEqualTo(greeting);
        assertThat(buf.readableBytes()).isLessThanOrEqualTo(1);
    }

    @Test
    void greeting_bytesAreThoseOfTheProtocol() {
        ByteBuf buf = Unpooled.buffer();
        new Greeting("8", 1, SCRAMBLE, 0x01020304, 45, 2, "p").encode(buf);
        byte[] bytes = new byte[buf.readableBytes()];
        buf.readBytes(bytes);
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("0a" + "3800" + "01000000" + "6162636465666768" + "00" + "0403" + "2d" + "0200" + "0201"
                        + "15" + "00000000000000000000" + "696a6b6c6d6e6f7071727374" + "00" + "7000");
    }

    @Test
    void greetingOfAnotherProtocol_isMalformed() {
        assertThatThrownBy(() -> Greeting.decode(Unpooled.buffer().writeByte(9)))
                .isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void handshakeResponse_isReadBack() {
        int all = BASIC
                | Capabilities.CONNECT_WITH_DB
                | Capabilities.CONNECT_ATTRS
                | Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA;
        for (int capabilities : new int[] {all, all & ~Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA}) {
            HandshakeResponse response = new HandshakeResponse(
                    capabilities, 1 << 24, 45, "usér", SCRAMBLE, "ks@replica", NativePassword.NAME, Map.of("a", "1"));
            ByteBuf buf = Unpooled.buffer();
            response.encode(buf);
            assertThat(HandshakeResponse.isSslRequest(buf)).isFalse();
            assertThat(HandshakeResponse.decode(buf)).usingRecursiveComparison().isEqualTo(response);
        }
    }

    @Test
    void sslRequest_isToldApart() {
        ByteBuf buf = Unpooled.buffer();
        HandshakeResponse.encodeSslRequest(buf, BASIC | Capabilities.SSL, 1 << 24, 45);
        assertThat(HandshakeResponse.isSslRequest(buf)).isTrue();
    }

    @Test
    void handshakeResponse_thatIsCut_isMalformedAtEveryLength() {
        ByteBuf whole = Unpooled.buffer();
        new HandshakeResponse(BASIC, 1 << 24, 45, "user", SCRAMBLE, null, NativePassword.NAME, Map.of()).encode(whole);
        int beforePlugin = whole.readableBytes() - NativePassword.NAME.length() - 1;
        for (int length = 0; length < beforePlugin; length++) {
            ByteBuf cut = whole.slice(0, length);
            assertThatThrownBy(() -> HandshakeResponse.decode(cut))
                    .as("length %s", length)
                    .isInstanceOf(MalformedPacketException.class);
        }
    }

    @Test
    void clientBefore41_isMalformed() {
        ByteBuf buf = Unpooled.buffer().writeZero(40);
        assertThatThrownBy(() -> HandshakeResponse.decode(buf))
                .isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining("4.1");
    }

    @Test
    void authSwitch_isReadBack() {
        ByteBuf buf = Unpooled.buffer();
        new AuthSwitchRequest(CachingSha2Password.NAME, SCRAMBLE).encode(buf);
        AuthSwitchRequest read = AuthSwitchRequest.decode(buf);
        assertThat(read.plugin()).isEqualTo(CachingSha2Password.NAME);
        assertThat(read.scramble()).isEqualTo(SCRAMBLE);
    }
}
