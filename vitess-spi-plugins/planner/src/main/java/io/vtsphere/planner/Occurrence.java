package io.vtsphere.planner;

import io.vtsphere.topo.ColumnVindex;
import io.vtsphere.topo.TableVSchema;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One table, derived table or common table expression at one place of a FROM clause. Two of them are never equal: {@code t a, t b} are two.
 */
final class Occurrence {
    private final String exposedName;
    private final @Nullable TableVSchema table;
    private final Map<String, ColumnId> outputs;
    /** Confined to the thread that plans the statement. */
    private boolean nullable;

    private final VindexHint hint;

    private Occurrence(
            String exposedName,
            @Nullable TableVSchema table,
            Map<String, ColumnId> outputs,
            boolean nullable,
            VindexHint hint) {
        this.exposedName = exposedName;
        this.table = table;
        this.outputs = outputs;
        this.nullable = nullable;
        this.hint = hint;
    }

    static Occurrence of(TableVSchema table, String exposedName, boolean nullable, VindexHint hint) {
        return new Occurrence(exposedName, table, Map.of(), nullable, hint);
    }

    /** A table of which the VSchema says nothing that routing could use: one of MySQL's own. */
    static Occurrence opaque(String exposedName, boolean nullable) {
        return new Occurrence(exposedName, null, Map.of(), nullable, VindexHint.NONE);
    }

    /**
     * A derived table.
     *
     * @param outputs those of its columns that are columns of tables inside, by lower-case name
     */
    static Occurrence derived(String exposedName, Map<String, ColumnId> outputs, boolean nullable) {
        return new Occurrence(exposedName, null, Map.copyOf(outputs), nullable, VindexHint.NONE);
    }

    /** The name that qualifies its columns. */
    String exposedName() {
        return exposedName;
    }

    /** The table's VSchema; null for a derived table. */
    @Nullable
    TableVSchema table() {
        return table;
    }

    /** Whether an outer join may put NULL in place of its rows. */
    boolean nullable() {
        return nullable;
    }

    /** An outer join around the derived table that this is in may put NULL in place of its rows. */
    void setNullable() {
        nullable = true;
    }

    /** Which vindexes the statement wants used for the table. */
    VindexHint hint() {
        return hint;
    }

    /** The column of that name; null when it is not one of a table (an expression of a derived table). */
    @Nullable
    ColumnId column(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return table != null ? new ColumnId(this, lower) : outputs.get(lower);
    }

    /** The lower-case names of a derived table's columns that are columns of tables inside. */
    Set<String> outputNames() {
        return outputs.keySet();
    }

    /** Whether the VSchema says that it has a column of that name. */
    boolean knows(String name) {
        if (table == null) {
            return outputs.containsKey(name.toLowerCase(Locale.ROOT));
        }
        if (table.column(name) != null) {
            return true;
        }
        for (ColumnVindex vindex : table.columnVindexes()) {
            if (vindex.columns().stream().anyMatch(name::equalsIgnoreCase)) {
                return true;
            }
        }
        return table.autoIncrement() != null && table.autoIncrement().column().equalsIgnoreCase(name);
    }

    /** Whether the VSchema lists every column, so that a name it does not list is not there. */
    boolean listsAllColumns() {
        return table != null && table.columnListAuthoritative();
    }

    @Override
    public String toString() {
        return table == null || table.name().equals(exposedName) ? exposedName : table.name() + " as " + exposedName;
    }
}
