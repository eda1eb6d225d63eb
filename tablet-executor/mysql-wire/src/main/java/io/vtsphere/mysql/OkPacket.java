package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;

/**
 * The answer of a statement without rows, and, with header 0xfe and CLIENT_DEPRECATE_EOF, the end of rows.
 *
 * <p>Source: MySQL, <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_ok_packet.html">OK_Packet</a>.
 *
 * @param affectedRows unsigned
 * @param lastInsertId unsigned
 * @param statusFlags of {@link StatusFlags}
 * @param warnings 0 to 65535
 * @param info empty for none
 * @param sessionState the raw session state changes; empty for none
 */
public record OkPacket(
        long affectedRows, long lastInsertId, int statusFlags, int warnings, String info, byte[] sessionState) {
    public static final int HEADER = 0x00;

    /** First byte where an OK packet ends the rows. */
    public static final int END_OF_ROWS_HEADER = 0xfe;

    private static final byte[] NONE = {};

    public OkPacket(long affectedRows, long lastInsertId, int statusFlags, int warnings, String info) {
        this(affectedRows, lastInsertId, statusFlags, warnings, info, NONE);
    }

    /** Writes the payload; {@code header} is one of the two above. Session state changes are not written. */
    public static void encode(
            ByteBuf out,
            int header,
            long affectedRows,
            long lastInsertId,
            int statusFlags,
            int warnings,
            String info,
            int capabilities) {
        out.writeByte(header);
        Wire.writeLenencInt(out, affectedRows);
        Wire.writeLenencInt(out, lastInsertId);
        out.writeShortLE(statusFlags);
        out.writeShortLE(warnings);
        if ((capabilities & Capabilities.SESSION_TRACK) != 0) {
            Wire.writeLenencString(out, info);
        } else {
            out.writeCharSequence(info, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** Reads the payload, header included. */
    public static OkPacket decode(ByteBuf in, int capabilities) {
        Wire.require(in, 1);
        in.skipBytes(1);
        long affectedRows = Wire.readLenencInt(in);
        long lastInsertId = Wire.readLenencInt(in);
        Wire.require(in, 4);
        int statusFlags = in.readUnsignedShortLE();
        int warnings = in.readUnsignedShortLE();
        if ((capabilities & Capabilities.SESSION_TRACK) == 0) {
            return new OkPacket(affectedRows, lastInsertId, statusFlags, warnings, Wire.readRestString(in));
        }
        String info = in.isReadable() ? Wire.readLenencString(in) : "";
        boolean changed = (statusFlags & StatusFlags.SESSION_STATE_CHANGED) != 0 && in.isReadable();
        byte[] state = changed ? Wire.readLenencBytes(in) : NONE;
        return new OkPacket(affectedRows, lastInsertId, statusFlags, warnings, info, state);
    }
}
