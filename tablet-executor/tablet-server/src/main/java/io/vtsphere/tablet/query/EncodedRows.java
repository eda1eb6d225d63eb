package io.vtsphere.tablet.query;

import com.google.protobuf.WireFormat;
import io.grpc.Drainable;
import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.Row;
import io.vtsphere.mysql.MalformedPacketException;
import io.vtsphere.mysql.Wire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Rows in the form in which they travel: the field {@code rows} of a {@link QueryResult}, written from MySQL's text rows without an object
 * for a row or a value.
 *
 * <p>Confined to one thread.
 */
public final class EncodedRows {
    /** Room for what stands in front of the rows in a message: tag and length of the result. */
    private static final int HEADROOM = 8;

    private static final int LENGTH_DELIMITED = WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int ROWS_TAG = QueryResult.ROWS_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
    private static final int LENGTHS_TAG = Row.LENGTHS_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
    private static final int VALUES_TAG = Row.VALUES_FIELD_NUMBER << 3 | LENGTH_DELIMITED;
    private static final int MAX_VARINT = 5;
    /** -1 as a protobuf sint64. */
    private static final int NULL_LENGTH = 1;

    private byte[] bytes;
    private int end = HEADROOM;
    private byte[] row = new byte[256];
    private byte[] lengths = new byte[64];

    /** @param capacity bytes that are expected */
    EncodedRows(int capacity) {
        bytes = new byte[HEADROOM + capacity];
    }

    int size() {
        return end - HEADROOM;
    }

    void clear() {
        end = HEADROOM;
    }

    /**
     * Adds a row.
     *
     * @param packet a text row of {@code length} bytes from the reader index on, which moves behind it
     * @return bytes of its values
     * @throws MalformedPacketException when the row has less than {@code columns} values
     */
    int add(ByteBuf packet, int length, int columns) {
        if (row.length < length) {
            row = new byte[length];
        }
        if (lengths.length < columns * MAX_VARINT) {
            lengths = new byte[columns * MAX_VARINT];
        }
        byte[] in = row;
        packet.readBytes(in, 0, length);
        int at = 0;
        int values = 0;
        int lengthBytes = 0;
        for (int column = 0; column < columns; column++) {
            require(at < length, columns);
            int first = in[at++] & 0xff;
            if (first == Wire.NULL_VALUE) {
                lengths[lengthBytes++] = NULL_LENGTH;
                continue;
            }
            int size = first;
            if (first > Wire.NULL_VALUE) {
                int more = first == 0xfe ? 8 : first - 0xfa;
                require(more <= length - at, columns);
                size = littleEndian(in, at, Math.min(4, more));
                at += more;
            }
            require(size >= 0 && size <= length - at, columns);
            lengthBytes = varint(lengths, lengthBytes, size << 1);
            // values move towards the front, where lengths were
            System.arraycopy(in, at, in, values, size);
            at += size;
            values += size;
        }
        append(lengthBytes, values);
        return values;
    }

    private static int littleEndian(byte[] in, int at, int size) {
        int value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | in[at + i] & 0xff;
        }
        return value;
    }

    private static void require(boolean wellFormed, int columns) {
        if (!wellFormed) {
            throw new MalformedPacketException("a row that ends before its " + columns + " values do");
        }
    }

    private void append(int lengthBytes, int values) {
        int size = 2 + varintSize(lengthBytes) + lengthBytes + varintSize(values) + values;
        int needed = end + 1 + MAX_VARINT + size;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
        byte[] out = bytes;
        int at = end;
        out[at++] = ROWS_TAG;
        at = varint(out, at, size);
        out[at++] = LENGTHS_TAG;
        at = varint(out, at, lengthBytes);
        System.arraycopy(lengths, 0, out, at, lengthBytes);
        at += lengthBytes;
        out[at++] = VALUES_TAG;
        at = varint(out, at, values);
        System.arraycopy(row, 0, out, at, values);
        end = at + values;
    }

    /** @param value unsigned */
    private static int varint(byte[] out, int start, int value) {
        int at = start;
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            out[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        out[at++] = (byte) rest;
        return at;
    }

    private static int varintSize(int value) {
        return (38 - Integer.numberOfLeadingZeros(value | 1)) / 7;
    }

    /**
     * The rows as a whole message that has nothing but a result.
     *
     * @param resultField number of the field {@code result} in the message, below 16
     * @return valid until the next row is added
     */
    public ByteArrayInputStream message(int resultField) {
        int start = HEADROOM - 1 - varintSize(size());
        bytes[start] = (byte) (resultField << 3 | LENGTH_DELIMITED);
        varint(bytes, start + 1, size());
        return new Message(bytes, start, end - start);
    }

    /** Lends its array instead of copying it piece by piece. */
    private static final class Message extends ByteArrayInputStream implements Drainable {
        Message(byte[] bytes, int offset, int length) {
            super(bytes, offset, length);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int length = count - pos;
            target.write(buf, pos, length);
            pos = count;
            return length;
        }
    }
}
