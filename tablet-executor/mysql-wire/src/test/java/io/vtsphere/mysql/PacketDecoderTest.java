package io.vtsphere.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketDecoderTest {
    private EmbeddedChannel channel = new EmbeddedChannel(new PacketDecoder(64 << 20));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static ByteBuf packet(byte[] payload, int sequenceId) {
        ByteBuf out = Unpooled.buffer();
        int start = Packets.begin(out);
        out.writeBytes(payload);
        Packets.finish(out, start, sequenceId);
        return out;
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 5000, Packets.MAX_FRAME - 1, Packets.MAX_FRAME, Packets.MAX_FRAME + 1, 2 * Packets.MAX_FRAME})
    void payload_isSplitAndJoined(int length) {
        byte[] payload = random(length);
        ByteBuf framed = packet(payload, 254);
        int frames = length / Packets.MAX_FRAME + 1;
        assertThat(framed.readableBytes()).isEqualTo(length + 4 * frames);
        channel.writeInbound(framed);
        Packet packet = channel.readInbound();
        assertThat(packet.sequenceId()).isEqualTo((254 + frames - 1) & 0xff);
        byte[] read = new byte[packet.content().readableBytes()];
        packet.content().readBytes(read);
        assertThat(java.util.Arrays.equals(read, payload)).isTrue();
        packet.release();
        assertThat(packet.refCnt()).isZero();
        assertThat((Object) channel.readInbound()).isNull();
    }

    @Test
    void bytesInPieces_giveTheSamePackets() {
        ByteBuf stream = Unpooled.buffer();
        for (int i = 0; i < 20; i++) {
            stream.writeBytes(packet(random(i * 7), i));
        }
        Random random = new Random(42);
        while (stream.isReadable()) {
            channel.writeInbound(stream.readBytes(Math.min(stream.readableBytes(), 1 + random.nextInt(11))));
        }
        for (int i = 0; i < 20; i++) {
            Packet packet = channel.readInbound();
            assertThat(packet.sequenceId()).isEqualTo(i);
            assertThat(packet.content()).isEqualTo(Unpooled.wrappedBuffer(random(i * 7)));
            packet.release();
        }
    }

    @Test
    void rows_goToTheReceiverInTheirOrderWithTheirPackets_endsAndErrorsDownThePipeline() {
        PacketDecoder decoder = new PacketDecoder(64 << 20);
        channel = new EmbeddedChannel(decoder);
        List<String> seen = new ArrayList<>();
        decoder.rows(new RowReceiver() {
            @Override
            public boolean inRows() {
                Packet packet = channel.readInbound();
                if (packet != null) {
                    seen.add("packet " + packet.content().getUnsignedByte(0) + " of "
                            + packet.content().readableBytes());
                    packet.release();
                }
                return !seen.contains("packet 254 of 5");
            }

            @Override
            public void row(ByteBuf in, int length) {
                seen.add("row " + in.getUnsignedByte(in.readerIndex()) + " of " + length);
                // a receiver that reads less than the row disturbs nothing
                in.readByte();
            }
        });
        ByteBuf stream = Unpooled.buffer();
        int[][] packets = {{1, 3}, {0xfd, 70_000}, {0xfb, 1}, {7, Packets.MAX_FRAME + 2}, {8, 9}, {0xfe, 5}, {9, 9}};
        for (int i = 0; i < packets.length; i++) {
            byte[] payload = new byte[packets[i][1]];
            payload[0] = (byte) packets[i][0];
            stream.writeBytes(packet(payload, i));
        }
        Random random = new Random(43);
        while (stream.isReadable()) {
            channel.writeInbound(stream.readBytes(Math.min(stream.readableBytes(), 1 + random.nextInt(1 << 20))));
        }
        channel.<Packet>readInbound().release();

        assertThat(seen)
                .containsExactly(
                        "row 1 of 3",
                        "row 253 of 70000",
                        "row 251 of 1",
                        "packet 7 of " + (Packets.MAX_FRAME + 2),
                        "row 8 of 9",
                        "packet 254 of 5");
    }

    @Test
    void packetAboveTheLimit_isRefusedByItsHeader() {
        channel = new EmbeddedChannel(new PacketDecoder(1024));
        channel.writeInbound(packet(random(1024), 0));
        assertThat((Object) channel.readInbound()).isInstanceOf(Packet.class);
        assertThatThrownBy(() -> channel.writeInbound(
                        Unpooled.buffer().writeMediumLE(1025).writeByte(3)))
                .isInstanceOfSatisfying(PacketTooLargeException.class, e -> assertThat(e.sequenceId())
                        .isEqualTo(3));
        channel.writeInbound(packet(random(5), 0));
        assertThat((Object) channel.readInbound()).isNull();
    }

    @Test
    void joinedPacketAboveTheLimit_isRefusedByItsSecondHeader() {
        channel = new EmbeddedChannel(new PacketDecoder(Packets.MAX_FRAME + 10));
        assertThatThrownBy(() -> channel.writeInbound(packet(random(Packets.MAX_FRAME + 11), 0)))
                .isInstanceOf(PacketTooLargeException.class);
    }

    @Test
    void frameOutOfOrder_isMalformed() {
        ByteBuf framed = packet(random(Packets.MAX_FRAME + 3), 0);
        framed.setByte(4 + Packets.MAX_FRAME + 3, 9);
        assertThatThrownBy(() -> channel.writeInbound(framed)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void connectionThatEndsInAJoinedPacket_keepsNoBuffer() {
        ByteBuf framed = packet(random(Packets.MAX_FRAME + 100), 0);
        ByteBuf part = framed.readRetainedSlice(Packets.MAX_FRAME + 20);
        framed.release();
        channel.writeInbound(part);
        channel.finishAndReleaseAll();
        assertThat(part.refCnt()).isZero();
    }
}
