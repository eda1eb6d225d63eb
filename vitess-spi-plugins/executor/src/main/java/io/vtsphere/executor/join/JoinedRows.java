package io.vtsphere.executor.join;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.vitess.proto.Query;
import io.vtsphere.planner.JoinItem;
import io.vtsphere.planner.OrderKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one row of the rows of several parts. Immutable and thread-safe. */
public final class JoinedRows {
    private final List<Query.Field> fields = new ArrayList<>();
    private final int[] parts;
    private final int[] columns;

    /** @param partFields the columns of every part */
    public JoinedRows(List<JoinItem> items, List<List<Query.Field>> partFields) {
        List<int[]> places = new ArrayList<>();
        for (JoinItem item : items) {
            List<Query.Field> from = partFields.get(item.part());
            int last = OrderKey.at(item.last(), from.size());
            for (int column = OrderKey.at(item.first(), from.size()); column <= last; column++) {
                fields.add(from.get(column));
                places.add(new int[] {item.part(), column});
            }
        }
        parts = places.stream().mapToInt(place -> place[0]).toArray();
        columns = places.stream().mapToInt(place -> place[1]).toArray();
    }

    public List<Query.Field> fields() {
        return fields;
    }

    /** The row; NULL in all columns of a part without one. */
    public Query.Row row(Query.@Nullable Row[] tuple) {
        int[][] starts = new int[tuple.length][];
        int size = 0;
        for (int i = 0; i < parts.length; i++) {
            Query.Row part = tuple[parts[i]];
            if (part != null) {
                size += (int) Math.max(0, part.getLengths(columns[i]));
                if (starts[parts[i]] == null) {
                    starts[parts[i]] = starts(part);
                }
            }
        }
        byte[] bytes = new byte[size];
        int at = 0;
        Query.Row.Builder row = Query.Row.newBuilder();
        for (int i = 0; i < parts.length; i++) {
            Query.Row part = tuple[parts[i]];
            int length = part == null ? -1 : (int) part.getLengths(columns[i]);
            row.addLengths(length);
            if (part != null && length > 0) {
                part.getValues().copyTo(bytes, starts[parts[i]][columns[i]], at, length);
                at += length;
            }
        }
        return row.setValues(size == 0 ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap(bytes))
                .build();
    }

    private static int[] starts(Query.Row row) {
        int[] starts = new int[row.getLengthsCount()];
        int start = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = start;
            start += (int) Math.max(0, row.getLengths(i));
        }
        return starts;
    }
}
