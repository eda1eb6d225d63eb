package io.vtsphere.planner;

import org.jspecify.annotations.Nullable;

/**
 * Says that a column of a query is a column of gathered rows; see {@link Primitive.Gather}. Immutable and thread-safe.
 *
 * @param table the name of a table or derived table in the query's own FROM
 * @param output a column of it, lower case; null for each, under its own name
 * @param rows the name of the {@link GatheredTable} or {@link GatheredUnit}
 * @param column the name of the column there, lower case; null where {@code output} is. Several entries may name one output: it is then a
 *     column of whichever has it
 * @param nullable whether the query may put NULL in place of the rows
 */
public record GatheredOrigin(
        String table,
        @Nullable String output,
        String rows,
        @Nullable String column,
        boolean nullable) {

    /** Whether a column that MySQL says is {@code name} of the table, its own name or that of what is behind it, may be meant. */
    public boolean isNamed(String name) {
        return output == null || output.equalsIgnoreCase(name) || (column != null && column.equalsIgnoreCase(name));
    }

    /** The name of the column among the rows, for one that {@link #isNamed} so. */
    public String columnOf(String name) {
        return column == null ? name : column;
    }
}
