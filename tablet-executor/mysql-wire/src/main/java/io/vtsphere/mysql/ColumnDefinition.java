package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;

/**
 * A column of a result set, or a parameter of a prepared statement.
 *
 * <p>Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset_column_definition.html">Column
 * Definition</a>.
 *
 * @param charset collation id; 63 for values that have no character set
 * @param length the greatest length of a value in bytes, unsigned
 * @param type one of {@link ColumnType}
 * @param flags of {@link ColumnFlags}
 * @param decimals digits after the point; 31 for a number without a fixed count
 */
public record ColumnDefinition(
        String schema,
        String table,
        String orgTable,
        String name,
        String orgName,
        int charset,
        long length,
        int type,
        int flags,
        int decimals) {
    private static final int FIXED_BYTES = 0x0c;

    /** Writes the payload. */
    public void encode(ByteBuf out) {
        encode(out, schema, table, orgTable, name, orgName, charset, length, type, flags, decimals);
    }

    /** Writes the payload without an object for it. */
    public static void encode(
            ByteBuf out,
            String schema,
            String table,
            String orgTable,
            String name,
            String orgName,
            int charset,
            long length,
            int type,
            int flags,
            int decimals) {
        Wire.writeLenencString(out, "def");
        Wire.writeLenencString(out, schema);
        Wire.writeLenencString(out, table);
        Wire.writeLenencString(out, orgTable);
        Wire.writeLenencString(out, name);
        Wire.writeLenencString(out, orgName);
        out.writeByte(FIXED_BYTES);
        out.writeShortLE(charset);
        out.writeIntLE((int) length);
        out.writeByte(type);
        out.writeShortLE(flags);
        out.writeByte(decimals);
        out.writeZero(2);
    }

    /** Reads the payload. */
    public static ColumnDefinition decode(ByteBuf in) {
        Wire.skipLenenc(in);
        String schema = Wire.readLenencString(in);
        String table = Wire.readLenencString(in);
        String orgTable = Wire.readLenencString(in);
        String name = Wire.readLenencString(in);
        String orgName = Wire.readLenencString(in);
        long fixed = Wire.readLenencInt(in);
        if (fixed < FIXED_BYTES - 2) {
            throw new MalformedPacketException("column definition with " + fixed + " bytes of fixed fields");
        }
        Wire.require(in, FIXED_BYTES - 2);
        int charset = in.readUnsignedShortLE();
        long length = in.readUnsignedIntLE();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedShortLE();
        int decimals = in.readUnsignedByte();
        return new ColumnDefinition(schema, table, orgTable, name, orgName, charset, length, type, flags, decimals);
    }
}
