package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;

/**
 * First packet of the answer to COM_STMT_PREPARE.
 *
 * <p>Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_prepare.html">COM_STMT_PREPARE_OK</a>.
 *
 * @param statementId unsigned 32 bit
 */
public record PrepareOk(int statementId, int columns, int parameters, int warnings) {
    /** Writes the payload. */
    public void encode(ByteBuf out) {
        out.writeByte(OkPacket.HEADER);
        out.writeIntLE(statementId);
        out.writeShortLE(columns);
        out.writeShortLE(parameters);
        out.writeByte(0);
        out.writeShortLE(warnings);
    }

    /** Reads the payload, header included. */
    public static PrepareOk decode(ByteBuf in) {
        Wire.require(in, 12);
        in.skipBytes(1);
        int statementId = in.readIntLE();
        int columns = in.readUnsignedShortLE();
        int parameters = in.readUnsignedShortLE();
        in.skipBytes(1);
        return new PrepareOk(statementId, columns, parameters, in.readUnsignedShortLE());
    }
}
