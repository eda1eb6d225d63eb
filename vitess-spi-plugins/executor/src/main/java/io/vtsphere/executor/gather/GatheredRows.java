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
import java.util.HashSet;
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

    /** Bytes of a control character in JSON. */
    private static final int CONTROL_BYTES = 6;

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

    public List<Query.Row> rows() {
        return rows;
    }

    /** Some of the rows, or others of the same columns. */
    public GatheredRows with(List<Query.Row> others) {
        return new GatheredRows(columns, others);
    }

    /** The rows whose values of a column {@link KeyForm look} like one of {@code keys}, and those of which that cannot be told. */
    public GatheredRows having(String lowerName, KeyForm form, Set<ByteString> keys) {
        int index = index(lowerName);
        List<Query.Row> chosen = new ArrayList<>();
        for (Query.Row row : rows) {
            ByteString value = Cells.get(row, index);
            ByteString key = value == null ? null : form.of(value);
            if (value != null && (key == null || keys.contains(key))) {
                chosen.add(row);
            }
        }
        return with(chosen);
    }

    /** How the values of a column look but NULL; null where that cannot be told of all. */
    public @Nullable Set<ByteString> forms(String lowerName, KeyForm form) {
        int index = index(lowerName);
        Set<ByteString> forms = new HashSet<>();
        for (Query.Row row : rows) {
            ByteString value = Cells.get(row, index);
            if (value != null) {
                ByteString key = form.of(value);
                if (key == null) {
                    return null;
                }
                forms.add(key);
            }
        }
        return forms;
    }

    /** What {@link #document()} is certainly no longer than; found without a look at the values. */
    public long mostDocumentBytes() {
        return 2 + Cells.bytes(rows) * CONTROL_BYTES + rows.size() * frameBytes();
    }

    /** The length of {@link #document()}; NULLs and numbers make it a little shorter. */
    public long documentBytes() {
        long bytes = 2 + rows.size() * frameBytes();
        for (Query.Row row : rows) {
            ByteString values = row.getValues();
            bytes += values.size();
            for (int i = 0; i < values.size(); i++) {
                int b = values.byteAt(i) & 0xFF;
                bytes += b < 0x20 ? CONTROL_BYTES - 1 : b == '"' || b == '\\' ? 1 : 0;
            }
        }
        return bytes;
    }

    /** What stands around the values of a row: braces and a comma, and for each column its number and its value in quotes, a colon and a comma. */
    private long frameBytes() {
        long bytes = 3;
        for (int i = 0; i < columns.size(); i++) {
            bytes += Integer.toString(i).length() + 6;
        }
        return bytes;
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
