package io.vtsphere.executor.gather;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vterrors.VtError;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of one table that were gathered. Immutable once all were given. */
public final class GatheredRows {
    /** A number outside of strings that JSON reads as DOUBLE though it may have been a DECIMAL. */
    private static final Pattern FRACTION =
            Pattern.compile("(?:[^\"\\\\]|\\\\.|\"(?:[^\"\\\\]|\\\\.)*\")*?[0-9][.eE].*", Pattern.DOTALL);

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final List<GatheredColumn> columns;
    private final List<Query.Row> rows;

    public GatheredRows(List<GatheredColumn> columns, List<Query.Row> rows) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
    }

    /** The list of expressions that reads these columns. */
    public static String selectList(List<GatheredColumn> columns) {
        return String.join(", ", columns.stream().map(GatheredColumn::read).toList());
    }

    /** The list of the columns themselves. */
    public static String plainList(List<GatheredColumn> columns) {
        return String.join(", ", columns.stream().map(GatheredColumn::quoted).toList());
    }

    /** The columns of a table with these names; {@code names} is null for all. Never empty. */
    public static List<GatheredColumn> chosen(List<GatheredColumn> table, @Nullable Set<String> names) {
        List<GatheredColumn> chosen = table.stream()
                .filter(column -> names == null || names.contains(column.name().toLowerCase(java.util.Locale.ROOT)))
                .toList();
        return chosen.isEmpty() ? List.of(GatheredColumn.NONE) : chosen;
    }

    public int size() {
        return rows.size();
    }

    /** The column of that name in lower case, or null. */
    public @Nullable GatheredColumn column(String lowerName) {
        int index = index(lowerName);
        return index < 0 ? null : columns.get(index);
    }

    private int index(String lowerName) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(lowerName)) {
                return i;
            }
        }
        return -1;
    }

    /** The different values of a column but NULL; null when there are more than {@code most}. */
    public @Nullable List<SqlValue> keys(String lowerName, SqlType type, int most) {
        int index = index(lowerName);
        Set<ByteString> seen = new LinkedHashSet<>();
        for (Query.Row row : rows) {
            ByteString value = Cells.get(row, index);
            if (value != null) {
                seen.add(value);
            }
            if (seen.size() > most) {
                return null;
            }
        }
        List<SqlValue> keys = new ArrayList<>(seen.size());
        seen.forEach(value -> keys.add(SqlValue.of(type, value.toByteArray())));
        return keys;
    }

    /** The rows as a JSON array of objects; columns by their number, NULL left out. */
    public byte[] document() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        out.write('[');
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            object(rows.get(i), out);
        }
        out.write(']');
        return out.toByteArray();
    }

    private void object(Query.Row row, ByteArrayOutputStream out) {
        out.write('{');
        boolean first = true;
        for (int i = 0; i < columns.size(); i++) {
            ByteString value = Cells.get(row, i);
            if (value == null) {
                continue;
            }
            if (!first) {
                out.write(',');
            }
            first = false;
            ascii("\"" + i + "\":", out);
            if (columns.get(i).isBareNumber()) {
                out.writeBytes(value.toByteArray());
            } else {
                refuseFraction(columns.get(i), value);
                string(value, out);
            }
        }
        out.write('}');
    }

    private static void refuseFraction(GatheredColumn column, ByteString value) {
        if (column.isJson() && FRACTION.matcher(value.toStringUtf8()).matches()) {
            throw VtError.VT12001.with("JSON column '" + column.name()
                    + "' with fractions, which a copy of its text may change, in a query over several shards' rows");
        }
    }

    private static void string(ByteString value, ByteArrayOutputStream out) {
        out.write('"');
        for (int i = 0; i < value.size(); i++) {
            int b = value.byteAt(i) & 0xFF;
            if (b == '"' || b == '\\') {
                out.write('\\');
                out.write(b);
            } else if (b < 0x20) {
                ascii("\\u00" + HEX[b >> 4] + HEX[b & 15], out);
            } else {
                out.write(b);
            }
        }
        out.write('"');
    }

    private static void ascii(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The query that turns the document in a bind variable back into rows. */
    public String query(String bind) {
        StringBuilder types = new StringBuilder();
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            GatheredColumn column = columns.get(i);
            types.append(i == 0 ? "" : ", ")
                    .append(column.quoted())
                    .append(' ')
                    .append(column.documentType())
                    .append(" path '$.\"")
                    .append(i)
                    .append("\"' null on empty error on error");
            list.append(i == 0 ? "" : ", ")
                    .append(column.restored())
                    .append(" as ")
                    .append(column.quoted());
        }
        // The limit keeps MySQL from merging the query into its surroundings: so it gets an index where joins want one.
        return "select " + list + " from json_table(:" + bind + ", '$[*]' columns(" + types
                + ")) as j limit 18446744073709551615";
    }
}
