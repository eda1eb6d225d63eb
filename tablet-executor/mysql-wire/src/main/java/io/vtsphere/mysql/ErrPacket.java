package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * An error.
 *
 * <p>Source: MySQL, <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_err_packet.html">ERR_Packet</a>.
 *
 * @param errno 1 to 65535
 * @param sqlState five characters; {@code HY000} where the packet, sent before the handshake, has none
 */
public record ErrPacket(int errno, String sqlState, String message) {
    public static final int HEADER = 0xff;

    /** Writes the payload. */
    public static void encode(ByteBuf out, int errno, String sqlState, String message) {
        out.writeByte(HEADER);
        out.writeShortLE(errno);
        out.writeByte('#');
        out.writeCharSequence(sqlState, StandardCharsets.US_ASCII);
        out.writeCharSequence(message, StandardCharsets.UTF_8);
    }

    /** Reads the payload, header included. */
    public static ErrPacket decode(ByteBuf in) {
        Wire.require(in, 3);
        in.skipBytes(1);
        int errno = in.readUnsignedShortLE();
        String sqlState = "HY000";
        if (in.isReadable() && in.getByte(in.readerIndex()) == '#') {
            Wire.require(in, 6);
            in.skipBytes(1);
            sqlState = in.readCharSequence(5, StandardCharsets.US_ASCII).toString();
        }
        return new ErrPacket(errno, sqlState, Wire.readRestString(in));
    }
}
