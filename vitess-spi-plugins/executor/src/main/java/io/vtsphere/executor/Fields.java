package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns and rows that the gate makes by itself.
 *
 * <p>Numbers are MySQL's: see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/group__group__cs__column__definition__flags.html">
 * column definition flags</a> and the collation ids of {@code information_schema.collations}.
 */
final class Fields {
    static final int NOT_NULL = 1;
    private static final int UNSIGNED = 32;
    private static final int NO_DEFAULT_VALUE = 4096;
    private static final int BINARY_FLAG = 128;
    static final int PART_KEY = 16384;
    private static final int NUM = 32768;
    private static final int UTF8MB3_GENERAL_CI = 33;
    private static final int UTF8MB4_0900_AI_CI = 255;
    private static final int BINARY = 63;

    private Fields() {}

    /** A column of a SHOW that Vitess answers: VARCHAR NOT NULL in utf8mb3. */
    static Query.Field listing(String name) {
        return Query.Field.newBuilder()
                .setName(name)
                .setType(Query.Type.VARCHAR)
                .setCharset(UTF8MB3_GENERAL_CI)
                .setFlags(NOT_NULL)
                .build();
    }

    static List<Query.Field> listing(List<String> names) {
        return names.stream().map(Fields::listing).toList();
    }

    /** Columns of a SHOW that Vitess answers: text as {@link #listing(String)}, and numbers NOT NULL without default. */
    static List<Query.Field> listing(List<String> names, List<SqlType> types) {
        List<Query.Field> fields = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            Query.Field number = number(names.get(i), types.get(i));
            fields.add(
                    types.get(i).isNumber()
                            ? number.toBuilder()
                                    .setFlags(number.getFlags() | NOT_NULL | NO_DEFAULT_VALUE)
                                    .build()
                            : listing(names.get(i)));
        }
        return fields;
    }

    static Query.Field number(String name, SqlType type) {
        return Query.Field.newBuilder()
                .setName(name)
                .setTypeValue(type.number())
                .setCharset(BINARY)
                .setFlags(NUM | (type.isUnsigned() ? UNSIGNED : 0))
                .build();
    }

    /** The column of a value that the session knows. */
    static Query.Field of(String name, SqlType type) {
        if (type.isNumber()) {
            return number(name, type);
        }
        return Query.Field.newBuilder()
                .setName(name)
                .setTypeValue(type.number())
                .setCharset(type.isText() ? UTF8MB4_0900_AI_CI : BINARY)
                .setFlags(type.isText() ? 0 : BINARY_FLAG)
                .build();
    }

    static Query.Row row(List<SqlValue> values) {
        List<@Nullable ByteString> cells = new ArrayList<>(values.size());
        for (SqlValue value : values) {
            cells.add(value.isNull() ? null : ByteString.copyFrom(value.bytes()));
        }
        return Cells.row(cells);
    }

    static Query.Row textRow(List<String> values) {
        return row(values.stream().map(SqlValue::varchar).toList());
    }
}
