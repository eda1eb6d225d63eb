package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one prepared statement: their types, which a client sends once and may leave out afterwards, and long data that has
 * arrived ahead of the execution.
 *
 * <p>A value becomes what MySQL makes of it: integers 64 bits wide, FLOAT the double of the same value, the string types text in the
 * client's character set, the BLOB types bytes. One instance per statement, on its connection's event loop.
 *
 * <p>Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_execute.html">COM_STMT_EXECUTE</a>, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_stmt_send_long_data.html">COM_STMT_SEND_LONG_DATA</a>;
 * {@code sql/sql_prepare.cc} for what each type stands for.
 */
public final class ExecuteParameters {
    private static final int UNSIGNED = 0x8000;

    private final int count;
    private final Charset charset;
    private int @Nullable [] types;
    private final Map<Integer, ByteArrayOutputStream> longData = new HashMap<>();

    /**
     * @param count number of parameter markers
     * @param charset of the client's texts
     */
    public ExecuteParameters(int count, Charset charset) {
        this.count = count;
        this.charset = charset;
    }

    /** Total bytes of long data that wait for the execution. */
    public long longDataBytes() {
        long total = 0;
        for (ByteArrayOutputStream data : longData.values()) {
            total += data.size();
        }
        return total;
    }

    /**
     * Appends to a parameter's long data.
     *
     * @throws MalformedPacketException when there is no such parameter
     */
    public void addLongData(int parameter, byte[] data) {
        if (parameter < 0 || parameter >= count) {
            throw new MalformedPacketException("long data for parameter " + parameter + " of " + count);
        }
        longData.computeIfAbsent(parameter, key -> new ByteArrayOutputStream()).writeBytes(data);
    }

    /** Forgets the long data, as COM_STMT_RESET and the end of an execution do. */
    public void clearLongData() {
        longData.clear();
    }

    /**
     * Reads what follows the iteration count of COM_STMT_EXECUTE.
     *
     * <p>No types need ever be sent for NULL and for long data (which then is text), as in MySQL; Connector/J leaves them out for NULL.
     *
     * @throws MalformedPacketException when the bytes do not hold all values, or the type of one was never sent
     */
    public List<SqlValue> decode(ByteBuf in) {
        if (count == 0) {
            return List.of();
        }
        byte[] nulls = Wire.readBytes(in, (count + 7) / 8);
        Wire.require(in, 1);
        int @Nullable [] known = types;
        if (in.readByte() != 0) {
            known = new int[count];
            Wire.require(in, 2 * count);
            for (int i = 0; i < count; i++) {
                known[i] = in.readUnsignedShortLE();
            }
            types = known;
        }
        List<SqlValue> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ByteArrayOutputStream data = longData.get(i);
            if (data != null) {
                values.add(string(known == null ? ColumnType.VAR_STRING : known[i] & 0xff, data.toByteArray()));
            } else if ((nulls[i >> 3] >> (i & 7) & 1) != 0) {
                values.add(SqlValue.NULL);
            } else if (known == null) {
                throw new MalformedPacketException("the first execution carries no parameter types");
            } else {
                values.add(value(in, known[i] & 0xff, (known[i] & UNSIGNED) != 0));
            }
        }
        return values;
    }

    private SqlValue value(ByteBuf in, int type, boolean unsigned) {
        switch (type) {
            case ColumnType.NULL:
                return SqlValue.NULL;
            case ColumnType.TINY, ColumnType.BOOL:
                Wire.require(in, 1);
                return integer(unsigned ? in.readUnsignedByte() : in.readByte(), unsigned);
            case ColumnType.SHORT, ColumnType.YEAR:
                Wire.require(in, 2);
                return integer(unsigned ? in.readUnsignedShortLE() : in.readShortLE(), unsigned);
            case ColumnType.LONG, ColumnType.INT24:
                Wire.require(in, 4);
                return integer(unsigned ? in.readUnsignedIntLE() : in.readIntLE(), unsigned);
            case ColumnType.LONGLONG:
                Wire.require(in, 8);
                return integer(in.readLongLE(), unsigned);
            case ColumnType.FLOAT:
                Wire.require(in, 4);
                return real(in.readFloatLE());
            case ColumnType.DOUBLE:
                Wire.require(in, 8);
                return real(in.readDoubleLE());
            case ColumnType.DATE, ColumnType.DATETIME, ColumnType.TIMESTAMP:
                return dateTime(in, type);
            case ColumnType.TIME:
                return time(in);
            default:
                return string(type, Wire.readLenencBytes(in));
        }
    }

    private static SqlValue integer(long value, boolean unsigned) {
        return unsigned ? SqlValue.uint64(value) : SqlValue.int64(value);
    }

    /** With an exponent, because MySQL reads a number that has none as DECIMAL. */
    private static SqlValue real(double value) {
        if (!Double.isFinite(value)) {
            throw new MalformedPacketException("parameter value " + value + " has no SQL form");
        }
        String text = Double.toString(value);
        return SqlValue.of(SqlType.FLOAT64, ascii(text.indexOf('E') < 0 ? text + "E0" : text));
    }

    private SqlValue string(int type, byte[] bytes) {
        switch (type) {
            case ColumnType.TINY_BLOB, ColumnType.MEDIUM_BLOB, ColumnType.LONG_BLOB, ColumnType.BLOB:
                return SqlValue.varbinary(bytes);
            case ColumnType.DECIMAL, ColumnType.NEWDECIMAL:
                return SqlValue.of(SqlType.DECIMAL, bytes);
            default:
                return text(bytes);
        }
    }

    /** Drivers send bytes as strings too: those that are no text stay bytes. */
    private SqlValue text(byte[] bytes) {
        String text = new String(bytes, charset);
        if (text.indexOf('\uFFFD') >= 0) {
            byte[] again = text.getBytes(charset);
            if (!Arrays.equals(again, bytes)) {
                return SqlValue.varbinary(bytes);
            }
        }
        boolean asIs = charset.equals(StandardCharsets.UTF_8);
        return SqlValue.of(SqlType.VARCHAR, asIs ? bytes : text.getBytes(StandardCharsets.UTF_8));
    }

    private static SqlValue dateTime(ByteBuf in, int type) {
        int length = temporalLength(in, 0, 4, 7, 11);
        int year = length == 0 ? 0 : in.readUnsignedShortLE();
        int month = length == 0 ? 0 : in.readUnsignedByte();
        int day = length == 0 ? 0 : in.readUnsignedByte();
        String date = String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day);
        String clock = length < 7 ? " 00:00:00" : clock(in, 0, " ");
        String fraction = length < 11 ? "" : micros(in);
        return type == ColumnType.DATE
                ? SqlValue.of(SqlType.DATE, ascii(date))
                : SqlValue.of(SqlType.DATETIME, ascii(date + clock + fraction));
    }

    private static SqlValue time(ByteBuf in) {
        int length = temporalLength(in, 0, 0, 8, 12);
        if (length == 0) {
            return SqlValue.of(SqlType.TIME, ascii("00:00:00"));
        }
        String sign = in.readByte() == 0 ? "" : "-";
        long days = in.readUnsignedIntLE();
        String clock = clock(in, days, sign);
        return SqlValue.of(SqlType.TIME, ascii(length < 12 ? clock : clock + micros(in)));
    }

    private static int temporalLength(ByteBuf in, int none, int first, int second, int third) {
        Wire.require(in, 1);
        int length = in.readUnsignedByte();
        if (length != none && length != first && length != second && length != third) {
            throw new MalformedPacketException("a date or time of " + length + " bytes");
        }
        Wire.require(in, length);
        return length;
    }

    private static String clock(ByteBuf in, long days, String before) {
        long hours = days * 24 + in.readUnsignedByte();
        return String.format(
                Locale.ROOT, "%s%02d:%02d:%02d", before, hours, in.readUnsignedByte(), in.readUnsignedByte());
    }

    private static String micros(ByteBuf in) {
        return String.format(Locale.ROOT, ".%06d", in.readUnsignedIntLE());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
