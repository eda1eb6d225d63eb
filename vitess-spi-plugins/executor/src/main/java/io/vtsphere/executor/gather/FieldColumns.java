package io.vtsphere.executor.gather;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.vterrors.VtError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a result as columns of a table. */
public final class FieldColumns {
    private static final String BINARY = "binary";

    /** Bytes of one character on the wire. */
    private static final int UTF8MB4_BYTES = 4;

    /** Characters up to which text is a VARCHAR: a row of a table has 65,535 bytes. */
    private static final int MAX_VARCHAR = 4_000;

    private FieldColumns() {}

    /** Whether a field alone does not tell how its values compare. */
    public static boolean hasCollation(Query.Field field) {
        SqlType type = SqlType.ofNumber(field.getTypeValue());
        return type != null && (type.isText() || type.isBinary());
    }

    /**
     * @param collations one for each field; empty where no field needs one
     * @throws io.vtsphere.vterrors.VtException VT12001 for a type that the field does not tell in full
     */
    public static List<GatheredColumn> of(List<Query.Field> fields, List<String> collations) {
        List<GatheredColumn> columns = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            columns.add(column(fields.get(i), hasCollation(fields.get(i)) ? collations.get(i) : null));
        }
        return columns;
    }

    private static GatheredColumn column(Query.Field field, @Nullable String collation) {
        String name = field.getName();
        if (collation != null) {
            if (collation.equals(BINARY)) {
                return new GatheredColumn(name, "longblob", "longblob", null, null);
            }
            long characters = field.getColumnLength() / UTF8MB4_BYTES;
            String type = characters > 0 && characters <= MAX_VARCHAR ? "varchar(" + characters + ")" : "longtext";
            String charset = collation.contains("_") ? collation.substring(0, collation.indexOf('_')) : collation;
            return new GatheredColumn(name, type.startsWith("v") ? "varchar" : type, type, charset, collation);
        }
        String type = type(field);
        String plain = type.contains("(") ? type.substring(0, type.indexOf('(')) : type.split(" ", 2)[0];
        return new GatheredColumn(name, plain, type, null, null);
    }

    private static String type(Query.Field field) {
        String fraction = "(" + field.getDecimals() + ")";
        return switch (field.getType()) {
            case INT8 -> "tinyint";
            case UINT8 -> "tinyint unsigned";
            case INT16 -> "smallint";
            case UINT16 -> "smallint unsigned";
            case INT24 -> "mediumint";
            case UINT24 -> "mediumint unsigned";
            case INT32, NULL_TYPE -> "int";
            case UINT32 -> "int unsigned";
            case INT64 -> "bigint";
            case UINT64 -> "bigint unsigned";
            case FLOAT64 -> "double";
            case DECIMAL -> "decimal(65," + field.getDecimals() + ")";
            case DATE -> "date";
            case TIME -> "time" + fraction;
            case DATETIME -> "datetime" + fraction;
            case TIMESTAMP -> "timestamp" + fraction;
            case YEAR -> "year";
            default ->
                throw VtError.VT12001.with("column '" + field.getName() + "' of type " + field.getType()
                        + " of a derived table over several shards");
        };
    }

    /** The rows with bytes as hexadecimal digits, as {@link GatheredColumn#read()} reads them. */
    public static List<Query.Row> rows(List<Query.Field> fields, List<String> collations, List<Query.Row> rows) {
        boolean bytes = false;
        for (int i = 0; i < collations.size(); i++) {
            bytes |= isBytes(fields, collations, i);
        }
        if (!bytes) {
            return rows;
        }
        List<Query.Row> changed = new ArrayList<>(rows.size());
        for (Query.Row row : rows) {
            List<@Nullable ByteString> cells = new ArrayList<>(fields.size());
            for (int i = 0; i < fields.size(); i++) {
                ByteString cell = Cells.get(row, i);
                cells.add(cell == null || !isBytes(fields, collations, i) ? cell : hex(cell));
            }
            changed.add(Cells.row(cells));
        }
        return changed;
    }

    private static boolean isBytes(List<Query.Field> fields, List<String> collations, int column) {
        return hasCollation(fields.get(column)) && collations.get(column).equals(BINARY);
    }

    private static ByteString hex(ByteString bytes) {
        return ByteString.copyFrom(HexFormat.of().formatHex(bytes.toByteArray()), StandardCharsets.US_ASCII);
    }
}
