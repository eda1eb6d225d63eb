package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Values of a binary result row, made from MySQL's text form.
 *
 * <p>Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_binary_resultset.html">Binary Protocol Resultset</a>.
 */
public final class BinaryValues {
    private BinaryValues() {}

    /**
     * Writes one value that is not NULL.
     *
     * @param type the column's {@link ColumnType}
     * @param text holds the value's text at {@code offset}, {@code length} bytes long
     * @throws IllegalArgumentException when the text is no value of the type; nothing useful has been written then
     */
    public static void write(ByteBuf out, int type, byte[] text, int offset, int length) {
        switch (type) {
            case ColumnType.TINY -> out.writeByte((int) integer(text, offset, length));
            case ColumnType.SHORT, ColumnType.YEAR -> out.writeShortLE((int) integer(text, offset, length));
            case ColumnType.LONG, ColumnType.INT24 -> out.writeIntLE((int) integer(text, offset, length));
            case ColumnType.LONGLONG -> out.writeLongLE(integer(text, offset, length));
            case ColumnType.FLOAT -> out.writeFloatLE(Float.parseFloat(ascii(text, offset, length)));
            case ColumnType.DOUBLE -> out.writeDoubleLE(Double.parseDouble(ascii(text, offset, length)));
            case ColumnType.DATE, ColumnType.DATETIME, ColumnType.TIMESTAMP ->
                new TemporalText(text, offset, length).writeDateTime(out);
            case ColumnType.TIME -> new TemporalText(text, offset, length).writeTime(out);
            default -> {
                Wire.writeLenencInt(out, length);
                out.writeBytes(text, offset, length);
            }
        }
    }

    /** A decimal integer from Long.MIN_VALUE to 2^64 - 1; what is above Long.MAX_VALUE wraps, as the wire wants it. */
    private static long integer(byte[] text, int offset, int length) {
        int at = offset;
        int end = offset + length;
        boolean negative = at < end && text[at] == '-';
        if (negative) {
            at++;
        }
        if (at >= end || end - at > 20) {
            throw new IllegalArgumentException("'" + ascii(text, offset, length) + "' is no integer");
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                throw new IllegalArgumentException("'" + ascii(text, offset, length) + "' is no integer");
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    static String ascii(byte[] text, int offset, int length) {
        return new String(text, offset, length, StandardCharsets.ISO_8859_1);
    }
}
