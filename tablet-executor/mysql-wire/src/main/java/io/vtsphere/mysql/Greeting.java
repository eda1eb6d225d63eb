package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The server's first packet.
 *
 * <p>Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html">Protocol::HandshakeV10</a>.
 *
 * @param connectionId unsigned 32 bit
 * @param scramble 20 bytes without a zero
 * @param collation collation id, the lower 8 bits
 * @param authPlugin the server's default authentication plugin
 */
public record Greeting(
        String serverVersion,
        long connectionId,
        byte[] scramble,
        int capabilities,
        int collation,
        int statusFlags,
        String authPlugin) {
    /** Length of {@link #scramble}. */
    public static final int SCRAMBLE_BYTES = 20;

    private static final int PROTOCOL = 10;
    private static final int FIRST_PART = 8;

    /** Writes the payload. */
    public void encode(ByteBuf out) {
        out.writeByte(PROTOCOL);
        Wire.writeNulString(out, serverVersion);
        out.writeIntLE((int) connectionId);
        out.writeBytes(scramble, 0, FIRST_PART);
        out.writeByte(0);
        out.writeShortLE(capabilities);
        out.writeByte(collation);
        out.writeShortLE(statusFlags);
        out.writeShortLE(capabilities >>> 16);
        out.writeByte(SCRAMBLE_BYTES + 1);
        out.writeZero(10);
        out.writeBytes(scramble, FIRST_PART, SCRAMBLE_BYTES - FIRST_PART);
        out.writeByte(0);
        Wire.writeNulString(out, authPlugin);
    }

    /** Reads the payload. */
    public static Greeting decode(ByteBuf in) {
        Wire.require(in, 1);
        int protocol = in.readUnsignedByte();
        if (protocol != PROTOCOL) {
            throw new MalformedPacketException("handshake protocol " + protocol + ", only 10 is known");
        }
        String version = Wire.readNulString(in);
        Wire.require(in, 4 + FIRST_PART + 1 + 2 + 1 + 2 + 2 + 1 + 10);
        long connectionId = in.readUnsignedIntLE();
        byte[] scramble = new byte[SCRAMBLE_BYTES];
        in.readBytes(scramble, 0, FIRST_PART);
        in.skipBytes(1);
        int low = in.readUnsignedShortLE();
        int collation = in.readUnsignedByte();
        int statusFlags = in.readUnsignedShortLE();
        int capabilities = low | in.readUnsignedShortLE() << 16;
        int scrambleLength = in.readUnsignedByte();
        in.skipBytes(10);
        int secondPart = Math.max(13, scrambleLength - FIRST_PART);
        Wire.require(in, secondPart);
        in.readBytes(scramble, FIRST_PART, SCRAMBLE_BYTES - FIRST_PART);
        in.skipBytes(secondPart - (SCRAMBLE_BYTES - FIRST_PART));
        String plugin = NativePassword.NAME;
        if ((capabilities & Capabilities.PLUGIN_AUTH) != 0) {
            int end = in.bytesBefore((byte) 0);
            plugin = in.readCharSequence(end < 0 ? in.readableBytes() : end, StandardCharsets.US_ASCII)
                    .toString();
        }
        return new Greeting(version, connectionId, scramble, capabilities, collation, statusFlags, plugin);
    }
}
