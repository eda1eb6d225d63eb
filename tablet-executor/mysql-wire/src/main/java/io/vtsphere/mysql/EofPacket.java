package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;

/**
 * Ends the column definitions, and the rows, for a client without CLIENT_DEPRECATE_EOF.
 *
 * <p>Source: MySQL, <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_eof_packet.html">EOF_Packet</a>.
 *
 * @param warnings 0 to 65535
 * @param statusFlags of {@link StatusFlags}
 */
public record EofPacket(int warnings, int statusFlags) {
    public static final int HEADER = 0xfe;
    private static final int LENGTH = 5;

    /** Whether the payload is an EOF packet and not a row that starts with an eight byte length. */
    public static boolean is(ByteBuf payload) {
        return payload.readableBytes() <= LENGTH
                && payload.isReadable()
                && payload.getUnsignedByte(payload.readerIndex()) == HEADER;
    }

    /**
     * Whether the payload ends the rows, in the form that the capabilities call for: an EOF packet, or an OK packet with header 0xfe,
     * which a row of 16 MB and more has too but in a full frame.
     */
    public static boolean endsRows(ByteBuf payload, int capabilities) {
        if ((capabilities & Capabilities.DEPRECATE_EOF) == 0) {
            return is(payload);
        }
        return payload.isReadable()
                && payload.readableBytes() < Packets.MAX_FRAME
                && payload.getUnsignedByte(payload.readerIndex()) == OkPacket.END_OF_ROWS_HEADER;
    }

    /** Writes the payload. */
    public static void encode(ByteBuf out, int warnings, int statusFlags) {
        out.writeByte(HEADER);
        out.writeShortLE(warnings);
        out.writeShortLE(statusFlags);
    }

    /** Reads the payload, header included. */
    public static EofPacket decode(ByteBuf in) {
        Wire.require(in, LENGTH);
        in.skipBytes(1);
        int warnings = in.readUnsignedShortLE();
        return new EofPacket(warnings, in.readUnsignedShortLE());
    }
}
