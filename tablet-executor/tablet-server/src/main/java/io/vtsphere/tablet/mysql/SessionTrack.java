package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBuf;
import io.vtsphere.mysql.Wire;

/**
 * The session state changes at the end of an OK packet.
 *
 * <p>Source: MySQL, "Session State Information" of <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_ok_packet.html">OK_Packet</a>.
 */
final class SessionTrack {
    private static final int GTIDS = 3;

    private SessionTrack() {}

    /**
     * The GTID set among the changes; empty when they are about something else.
     *
     * @param packet where the changes begin; read to their end
     */
    static String gtids(ByteBuf packet) {
        int end = (int) Wire.readLenencInt(packet);
        end += packet.readerIndex();
        String gtids = "";
        while (packet.readerIndex() < end) {
            int type = packet.readUnsignedByte();
            int next = (int) Wire.readLenencInt(packet);
            next += packet.readerIndex();
            if (type == GTIDS) {
                // the one encoding that is defined
                packet.skipBytes(1);
                gtids = Wire.readLenencString(packet);
            }
            packet.readerIndex(next);
        }
        return gtids;
    }
}
