package io.vtsphere.tablet.query;

import com.google.protobuf.UnsafeByteOperations;
import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query.Row;
import io.vtsphere.mysql.Wire;

/** Turns MySQL text rows into Vitess rows: the lengths, and the values one behind the other, without decoding any. Stateless. */
final class TextRow {
    private TextRow() {}

    /** Reads a row of so many bytes. */
    static Row decode(ByteBuf packet, int length, int columns) {
        Row.Builder row = Row.newBuilder();
        byte[] values = new byte[length];
        int size = 0;
        for (int i = 0; i < columns; i++) {
            long valueLength = Wire.readLength(packet);
            row.addLengths(valueLength);
            if (valueLength > 0) {
                packet.readBytes(values, size, (int) valueLength);
                size += (int) valueLength;
            }
        }
        if (size > 0) {
            // The array is not touched again; its unused tail is at most nine bytes per column.
            row.setValues(UnsafeByteOperations.unsafeWrap(values, 0, size));
        }
        return row.build();
    }
}
