package io.vtsphere.tablet.query;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query.Row;
import io.vtsphere.mysql.Wire;

/** Turns MySQL text rows into Vitess rows: the lengths, and the values one behind the other, without decoding any. Stateless. */
final class TextRow {
    private TextRow() {}

    static Row decode(ByteBuf packet, int columns) {
        Row.Builder row = Row.newBuilder();
        byte[] values = new byte[packet.readableBytes()];
        int size = 0;
        for (int i = 0; i < columns; i++) {
            long length = Wire.readLength(packet);
            row.addLengths(length);
            if (length > 0) {
                packet.readBytes(values, size, (int) length);
                size += (int) length;
            }
        }
        if (size > 0) {
            // The array is not touched again; its unused tail is at most nine bytes per column.
            ByteString whole = UnsafeByteOperations.unsafeWrap(values, 0, size);
            row.setValues(whole);
        }
        return row.build();
    }
}
