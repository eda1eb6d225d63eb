package io.vtsphere.frontend.schema;

import io.vitess.proto.Query;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.topo.ColumnVSchema;
import io.vtsphere.topo.TrackedSchema;
import io.vtsphere.topo.TrackedSchema.ForeignKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts a schema together from rows of MySQL's {@code information_schema}. Used by one thread. */
final class TrackedSchemaReader {
    /** Every column of every table and view, in order. */
    static final String COLUMNS =
            "select c.table_name, c.column_name, c.data_type, c.column_type, c.collation_name, c.extra, c.is_nullable,"
                    + " coalesce(c.character_maximum_length, c.numeric_precision, c.datetime_precision, 0),"
                    + " coalesce(c.numeric_scale, 0), t.table_type from information_schema.columns c"
                    + " join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name"
                    + " where c.table_schema = database() order by c.table_name, c.ordinal_position";

    /** Every column of every foreign key between tables of the same database, in order. */
    static final String FOREIGN_KEYS = "select k.table_name, k.constraint_name, k.column_name, k.referenced_table_name,"
            + " k.referenced_column_name, r.update_rule, r.delete_rule from information_schema.key_column_usage k"
            + " join information_schema.referential_constraints r on r.constraint_schema = k.constraint_schema"
            + " and r.constraint_name = k.constraint_name and r.table_name = k.table_name"
            + " where k.table_schema = database() and k.referenced_table_schema = database()"
            + " order by k.table_name, k.constraint_name, k.ordinal_position";

    private final Map<String, List<ColumnVSchema>> columns = new TreeMap<>();
    private final Map<String, Map<String, Key>> keys = new TreeMap<>();
    private final Set<String> views = new HashSet<>();

    /** A foreign key as far as it was read. */
    private record Key(String parent, String update, String delete, List<String> columns, List<String> parentColumns) {
        private ForeignKey finished() {
            return new ForeignKey(
                    columns, parent, parentColumns, restricts(update) && restricts(delete), delete.equals("CASCADE"));
        }

        private static boolean restricts(String rule) {
            return rule.equals("RESTRICT") || rule.equals("NO ACTION");
        }
    }

    void column(Query.Row row) {
        List<String> cells = cells(row);
        String columnType = cells.get(3).toLowerCase(Locale.ROOT);
        String dataType = cells.get(2).toLowerCase(Locale.ROOT);
        ColumnVSchema column = new ColumnVSchema(
                cells.get(1),
                type(dataType, columnType.contains("unsigned")),
                cells.get(5).toUpperCase(Locale.ROOT).contains("INVISIBLE"),
                null,
                cells.get(4),
                number(cells.get(7)),
                number(cells.get(8)),
                cells.get(6).equals("YES"),
                dataType.equals("enum") || dataType.equals("set") ? members(cells.get(3)) : List.of());
        if (cells.get(9).contains("VIEW")) {
            views.add(cells.get(0));
        }
        columns.computeIfAbsent(cells.get(0), table -> new ArrayList<>()).add(column);
    }

    void foreignKey(Query.Row row) {
        List<String> cells = cells(row);
        Key key = keys.computeIfAbsent(cells.get(0), table -> new LinkedHashMap<>())
                .computeIfAbsent(
                        cells.get(1),
                        name -> new Key(
                                cells.get(3), cells.get(5), cells.get(6), new ArrayList<>(), new ArrayList<>()));
        key.columns().add(cells.get(2));
        key.parentColumns().add(cells.get(4));
    }

    TrackedSchema schema() {
        Map<String, TrackedSchema.Table> tables = new TreeMap<>();
        columns.forEach((name, list) -> tables.put(
                name,
                new TrackedSchema.Table(
                        list,
                        keys.getOrDefault(name, Map.of()).values().stream()
                                .map(Key::finished)
                                .toList(),
                        views.contains(name))));
        return new TrackedSchema(tables);
    }

    /** The texts of a row's cells; empty ones for NULL. */
    private static List<String> cells(Query.Row row) {
        List<String> cells = new ArrayList<>(row.getLengthsCount());
        int offset = 0;
        for (long length : row.getLengthsList()) {
            int end = offset + (int) Math.max(0, length);
            cells.add(row.getValues().substring(offset, end).toString(StandardCharsets.UTF_8));
            offset = end;
        }
        return cells;
    }

    private static int number(String text) {
        return text.isEmpty() ? 0 : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(text));
    }

    /** Source: MySQL's {@code information_schema.columns.data_type}; {@link SqlType#NULL_TYPE} for one that is not known. */
    static SqlType type(String dataType, boolean unsigned) {
        @Nullable
        SqlType integral =
                switch (dataType) {
                    case "tinyint" -> unsigned ? SqlType.UINT8 : SqlType.INT8;
                    case "smallint" -> unsigned ? SqlType.UINT16 : SqlType.INT16;
                    case "mediumint" -> unsigned ? SqlType.UINT24 : SqlType.INT24;
                    case "int" -> unsigned ? SqlType.UINT32 : SqlType.INT32;
                    case "bigint" -> unsigned ? SqlType.UINT64 : SqlType.INT64;
                    default -> null;
                };
        return integral != null
                ? integral
                : switch (dataType) {
                    case "float" -> SqlType.FLOAT32;
                    case "double" -> SqlType.FLOAT64;
                    case "decimal" -> SqlType.DECIMAL;
                    case "varchar" -> SqlType.VARCHAR;
                    case "char" -> SqlType.CHAR;
                    case "binary" -> SqlType.BINARY;
                    case "varbinary" -> SqlType.VARBINARY;
                    case "tinytext", "text", "mediumtext", "longtext" -> SqlType.TEXT;
                    case "tinyblob", "blob", "mediumblob", "longblob" -> SqlType.BLOB;
                    case "date" -> SqlType.DATE;
                    case "datetime" -> SqlType.DATETIME;
                    case "timestamp" -> SqlType.TIMESTAMP;
                    case "time" -> SqlType.TIME;
                    case "year" -> SqlType.YEAR;
                    case "bit" -> SqlType.BIT;
                    case "enum" -> SqlType.ENUM;
                    case "set" -> SqlType.SET;
                    case "json" -> SqlType.JSON;
                    case "vector" -> SqlType.VECTOR;
                    case "geometry",
                            "point",
                            "linestring",
                            "polygon",
                            "multipoint",
                            "multilinestring",
                            "multipolygon",
                            "geomcollection",
                            "geometrycollection" -> SqlType.GEOMETRY;
                    default -> SqlType.NULL_TYPE;
                };
    }

    /** The members in {@code enum('a','it''s')}. */
    static List<String> members(String columnType) {
        List<String> members = new ArrayList<>();
        int at = columnType.indexOf('\'');
        while (at >= 0 && at < columnType.length()) {
            StringBuilder member = new StringBuilder();
            int i = at + 1;
            while (i < columnType.length()) {
                char c = columnType.charAt(i++);
                boolean quote = c == '\'';
                if (quote && (i >= columnType.length() || columnType.charAt(i) != '\'')) {
                    break;
                }
                member.append(c);
                i += quote ? 1 : 0;
            }
            members.add(member.toString());
            at = columnType.indexOf('\'', i);
        }
        return members;
    }
}
