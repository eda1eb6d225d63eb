package io.vtsphere.planner;

import io.vtsphere.sql.SqlPrinter;
import io.vtsphere.sql.ast.Literal;
import io.vtsphere.sql.ast.Select;
import io.vtsphere.sql.ast.SelectItem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * One table of a query whose rows are gathered; see {@link Primitive.Gather}. Immutable and thread-safe.
 *
 * @param name by what the query knows the rows
 * @param keyspace where the table is
 * @param table its name there
 * @param columns names in lower case of the columns that the query can mean; some may be of other tables. Null for all
 * @param rows reads every row that can matter, a {@link Primitive.Route} or a {@link Primitive.VindexLookup}; {@link #COLUMNS} stands for
 *     the columns in its text
 * @param reduced reads fewer of them once an earlier table's rows are there, or null
 * @param distinct whether of equal rows one is read
 */
public record GatheredTable(
        String name,
        String keyspace,
        String table,
        @Nullable Set<String> columns,
        Primitive rows,
        @Nullable Reduced reduced,
        boolean distinct) {
    /** Stands for the list of columns in a query. */
    public static final String COLUMNS = "__columns";

    /** The list bind variable of {@link Reduced}. */
    public static final String KEYS = "__keys";

    /**
     * A read of the rows with {@code column IN ::}{@link #KEYS}.
     *
     * @param source the {@link GatheredTable#name()} of an earlier table
     * @param sourceColumn the column of that table, lower case, that an equality ties to {@code column}
     * @param column the column of this table, lower case
     */
    public record Reduced(String source, String sourceColumn, String column, Primitive.Route rows) {}

    public GatheredTable {
        columns = columns == null ? null : Set.copyOf(columns);
    }

    /** The query of a common table expression whose rows are not there yet. */
    static final Select PLACEHOLDER = Select.of(List.of(SelectItem.Item.of(Literal.NULL)), List.of(), null);

    /** What stands in {@link Primitive.Gather#query()} until the rows are there. */
    public String placeholder() {
        return placeholder(name);
    }

    static String placeholder(String name) {
        return name + " as (" + SqlPrinter.print(PLACEHOLDER) + ")";
    }

    /** The read that a plan shows, with the columns' names in it. */
    Primitive shown() {
        if (rows instanceof Primitive.VindexLookup lookup && reduced == null) {
            return new Primitive.VindexLookup(lookup.routing(), lookup.lookup(), shown(lookup.route()));
        }
        return shown(reduced == null ? (Primitive.Route) rows : reduced.rows());
    }

    private Primitive.Route shown(Primitive.Route route) {
        String list = columns == null ? "*" : columns.isEmpty() ? "1" : String.join(", ", new TreeSet<>(columns));
        return new Primitive.Route(
                route.routing(),
                new QueryText(
                        route.query().sql().replaceFirst(COLUMNS, Matcher.quoteReplacement(list)),
                        route.query().binds()),
                route.fieldQuery().replaceFirst(COLUMNS, Matcher.quoteReplacement(list)),
                route.orderBy(),
                route.resultColumns(),
                route.rowWithoutInput(),
                route.tables(),
                route.schemaNames());
    }

    /** For messages: the columns sorted. */
    @Override
    public String toString() {
        return keyspace + "." + table + (columns == null ? "" : new TreeSet<>(columns));
    }
}
