package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.sqltypes.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short forms of results for tests. */
final class Results {
    private Results() {}

    static Query.Field field(String name, SqlType type) {
        return Fields.of(name, type).toBuilder().setName(name).build();
    }

    static Query.Row row(@Nullable String... values) {
        return Cells.row(Arrays.stream(values)
                .<@Nullable ByteString>map(value -> value == null ? null : ByteString.copyFromUtf8(value))
                .toList());
    }

    static Query.QueryResult rows(List<Query.Field> fields, Query.Row... rows) {
        return Query.QueryResult.newBuilder()
                .addAllFields(fields)
                .addAllRows(Arrays.asList(rows))
                .build();
    }

    static Query.QueryResult affected(long rows) {
        return Query.QueryResult.newBuilder().setRowsAffected(rows).build();
    }

    /** The values of rows as text, null for NULL. */
    static List<List<@Nullable String>> texts(List<Query.Row> rows) {
        List<List<@Nullable String>> texts = new ArrayList<>();
        for (Query.Row row : rows) {
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < Cells.count(row); i++) {
                ByteString cell = Cells.get(row, i);
                values.add(cell == null ? null : cell.toStringUtf8());
            }
            texts.add(values);
        }
        return texts;
    }
}
