package io.vtsphere.frontend;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query;
import io.vtsphere.mysql.BinaryValues;
import io.vtsphere.mysql.ColumnType;
import io.vtsphere.mysql.OkPacket;
import io.vtsphere.mysql.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Turns Vitess rows into the payloads of MySQL's text or binary rows, straight from the array that the tablet's answer lies in.
 *
 * <p>One instance per connection, on its event loop; {@link #fields} sets it up for the result set that follows.
 */
final class RowEncoder {
    private final Charset charset;
    private final Values values = new Values();
    private int[] types = {};
    private boolean[] converted = {};
    private boolean binary;

    /**
     * @param charset what the client speaks; text is converted when it is not UTF-8
     */
    RowEncoder(Charset charset) {
        this.charset = charset;
    }

    void fields(List<Query.Field> fields, boolean binaryRows) {
        binary = binaryRows;
        int count = fields.size();
        if (types.length != count) {
            types = new int[count];
            converted = new boolean[count];
        }
        boolean utf8 = charset.equals(StandardCharsets.UTF_8);
        for (int i = 0; i < count; i++) {
            Query.Field field = fields.get(i);
            types[i] = FieldTypes.mysqlType(field);
            converted[i] = !utf8 && FieldTypes.isText(field);
        }
    }

    /**
     * Writes the payload of one row.
     *
     * @throws IllegalArgumentException when the row does not fit the fields, or a value not its type
     */
    void write(ByteBuf out, Query.Row row) {
        int count = row.getLengthsCount();
        if (count != types.length) {
            throw new IllegalArgumentException(
                    "a row of " + count + " values in a result of " + types.length + " fields");
        }
        values.load(row.getValues());
        if (binary) {
            writeBinary(out, row);
        } else {
            writeText(out, row);
        }
    }

    private void writeText(ByteBuf out, Query.Row row) {
        for (int i = 0; i < types.length; i++) {
            int length = (int) row.getLengths(i);
            if (length < 0) {
                out.writeByte(Wire.NULL_VALUE);
                continue;
            }
            int offset = values.take(length);
            if (converted[i]) {
                Wire.writeLenencBytes(out, convert(offset, length));
            } else {
                Wire.writeLenencInt(out, length);
                out.writeBytes(values.array, offset, length);
            }
        }
    }

    /** Header, a bitmap of the NULL values shifted by two bits, then the values. */
    private void writeBinary(ByteBuf out, Query.Row row) {
        out.writeByte(OkPacket.HEADER);
        int bitmap = out.writerIndex();
        out.writeZero((types.length + 9) / 8);
        for (int i = 0; i < types.length; i++) {
            int length = (int) row.getLengths(i);
            if (length < 0 || types[i] == ColumnType.NULL) {
                int bit = i + 2;
                int index = bitmap + (bit >> 3);
                out.setByte(index, out.getByte(index) | 1 << (bit & 7));
                continue;
            }
            int offset = values.take(length);
            if (converted[i]) {
                Wire.writeLenencBytes(out, convert(offset, length));
            } else {
                BinaryValues.write(out, types[i], values.array, offset, length);
            }
        }
    }

    private byte[] convert(int offset, int length) {
        return new String(values.array, offset, length, StandardCharsets.UTF_8).getBytes(charset);
    }

    /** Lends the array behind a ByteString; copies only one that lies in pieces or outside the heap. */
    private static final class Values extends ByteOutput {
        private static final byte[] NOTHING = {};

        private byte[] array = NOTHING;
        private int at;
        private int end;
        private int pieces;

        void load(ByteString bytes) {
            pieces = 0;
            array = NOTHING;
            at = 0;
            end = 0;
            try {
                UnsafeByteOperations.unsafeWriteTo(bytes, this);
            } catch (IOException e) {
                throw new IllegalStateException("this output does no I/O", e);
            }
            if (pieces != 1 && !bytes.isEmpty()) {
                array = bytes.toByteArray();
                at = 0;
                end = array.length;
            }
        }

        /** The offset of the next value, which is {@code length} bytes long. */
        int take(int length) {
            int offset = at;
            if (length > end - offset) {
                throw new IllegalArgumentException(
                        "a value of " + length + " bytes, the row has " + (end - offset) + " left");
            }
            at = offset + length;
            return offset;
        }

        private void lend(byte[] value, int offset, int length) {
            pieces++;
            array = value;
            at = offset;
            end = offset + length;
        }

        @Override
        public void writeLazy(byte[] value, int offset, int length) {
            lend(value, offset, length);
        }

        @Override
        public void write(byte[] value, int offset, int length) {
            lend(value, offset, length);
        }

        @Override
        public void write(byte value) {
            pieces = 2;
        }

        @Override
        public void write(ByteBuffer value) {
            pieces = 2;
        }

        @Override
        public void writeLazy(ByteBuffer value) {
            pieces = 2;
        }
    }
}
