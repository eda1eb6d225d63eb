package io.vtsphere.executor.rows;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading and writing single values of a row on the wire: lengths, with -1 for NULL, and one string of bytes. */
public final class Cells {
    private Cells() {}

    /** The bytes of a value, shared with the row; null for SQL NULL. */
    public static @Nullable ByteString get(Query.Row row, int column) {
        int length = Math.toIntExact(row.getLengths(column));
        if (length < 0) {
            return null;
        }
        int start = offset(row, column);
        return row.getValues().substring(start, start + length);
    }

    /** The bytes of all values of the rows: what they count for in memory. */
    public static long bytes(List<Query.Row> rows) {
        long bytes = 0;
        for (int i = 0; i < rows.size(); i++) {
            bytes += rows.get(i).getValues().size();
        }
        return bytes;
    }

    /** Number of values. */
    public static int count(Query.Row row) {
        return row.getLengthsCount();
    }

    /** The first {@code columns} values; the row itself when it has no more. */
    public static Query.Row leading(Query.Row row, int columns) {
        if (row.getLengthsCount() <= columns) {
            return row;
        }
        Query.Row.Builder leading = Query.Row.newBuilder();
        for (int i = 0; i < columns; i++) {
            leading.addLengths(row.getLengths(i));
        }
        return leading.setValues(row.getValues().substring(0, offset(row, columns)))
                .build();
    }

    /** A row of these values; null stands for SQL NULL. */
    public static Query.Row row(List<@Nullable ByteString> values) {
        Query.Row.Builder row = Query.Row.newBuilder();
        ByteString bytes = ByteString.EMPTY;
        for (ByteString value : values) {
            row.addLengths(value == null ? -1 : value.size());
            bytes = value == null ? bytes : bytes.concat(value);
        }
        return row.setValues(bytes).build();
    }

    private static int offset(Query.Row row, int column) {
        long offset = 0;
        for (int i = 0; i < column; i++) {
            offset += Math.max(0, row.getLengths(i));
        }
        return Math.toIntExact(offset);
    }
}
