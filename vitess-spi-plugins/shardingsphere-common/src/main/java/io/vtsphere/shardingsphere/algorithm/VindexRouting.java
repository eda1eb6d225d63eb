package io.vtsphere.shardingsphere.algorithm;

import io.vtsphere.shardingsphere.errors.HostErrors;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.Destination;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vindex.MultiColumnVindex;
import io.vtsphere.vindex.None;
import io.vtsphere.vindex.SingleColumnVindex;
import io.vtsphere.vindex.Vindex;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From the values of sharding columns to targets, by a vindex.
 *
 * <p>Never by ranges: a host reads {@code 3 < id} as {@code id < 3}, so that its range may miss rows, and no answer that trusts it is exact.
 * Immutable but for what {@link ShardTargets} remembers; thread-safe.
 *
 * @param columns the vindex's columns in its order; empty when the one column may have any name
 * @param types one for each column
 */
record VindexRouting(Vindex vindex, List<String> columns, List<ColumnType> types, ShardTargets targets) {
    /** So many combinations of values are looked at; a statement with more goes to all targets. */
    private static final int MAX_ROWS = 10_000;

    VindexRouting {
        columns = List.copyOf(columns);
        types = List.copyOf(types);
    }

    /** The one target of a value, for a standard strategy. */
    String one(Collection<String> available, @Nullable Object value) {
        Set<String> reached = reached(available, List.of(value(0, value)));
        if (reached.size() != 1) {
            throw HostErrors.unsupported(vindex.type() + " maps one value to the targets " + reached
                    + ", a standard strategy can take only one: use a complex strategy");
        }
        return reached.iterator().next();
    }

    /**
     * The targets of the values that a statement allows for each column.
     *
     * @param values by column name; a column without values may have any
     */
    Collection<String> several(Collection<String> available, Map<String, ? extends Collection<?>> values) {
        List<List<SqlValue>> rows = List.of(List.of());
        for (int i = 0; i < types.size(); i++) {
            Collection<?> of = valuesOf(i, values);
            if (of == null || (long) rows.size() * of.size() > MAX_ROWS) {
                break;
            }
            rows = product(rows, i, of);
        }
        if (rows.isEmpty()) {
            throw HostErrors.unsupported("a sharding column without any value");
        }
        int given = rows.get(0).size();
        if (given == 0 || (given < types.size() && !partial())) {
            return targets.reached(available, KeyRange.complete());
        }
        Set<String> reached = new LinkedHashSet<>();
        for (List<SqlValue> row : rows) {
            reached.addAll(reached(available, row));
        }
        return reached;
    }

    /**
     * The targets of hint values: for a vindex over one column each is a value of that column, for one over several they are a row.
     *
     * @param values in the order in which they were set
     */
    Collection<String> hinted(Collection<String> available, Collection<?> values) {
        if (values.isEmpty()) {
            return targets.reached(available, KeyRange.complete());
        }
        List<List<SqlValue>> rows = new ArrayList<>();
        if (vindex instanceof MultiColumnVindex) {
            if (values.size() > types.size() || (values.size() < types.size() && !partial())) {
                throw HostErrors.unsupported(vindex.type() + " is over " + types.size() + " columns, not the "
                        + values.size() + " hint values");
            }
            List<SqlValue> row = new ArrayList<>();
            values.forEach(value -> row.add(value(row.size(), value)));
            rows.add(row);
        } else {
            values.forEach(value -> rows.add(List.of(value(0, value))));
        }
        Set<String> reached = new LinkedHashSet<>();
        rows.forEach(row -> reached.addAll(reached(available, row)));
        return reached;
    }

    private @Nullable Collection<?> valuesOf(int column, Map<String, ? extends Collection<?>> values) {
        if (columns.isEmpty()) {
            if (values.size() > 1) {
                throw HostErrors.unsupported(
                        "columns must name the vindex's column, the strategy has " + values.keySet());
            }
            return values.isEmpty() ? null : values.values().iterator().next();
        }
        String name = columns.get(column);
        for (Map.Entry<String, ? extends Collection<?>> entry : values.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private List<List<SqlValue>> product(List<List<SqlValue>> rows, int column, Collection<?> values) {
        List<List<SqlValue>> result = new ArrayList<>(rows.size() * values.size());
        for (Object value : values) {
            SqlValue next = value(column, value);
            for (List<SqlValue> row : rows) {
                List<SqlValue> longer = new ArrayList<>(row);
                longer.add(next);
                result.add(longer);
            }
        }
        return result;
    }

    private SqlValue value(int column, @Nullable Object value) {
        return value == null ? SqlValue.NULL : types.get(column).of(value);
    }

    private boolean partial() {
        return vindex instanceof MultiColumnVindex several && several.partial();
    }

    private Set<String> reached(Collection<String> available, List<SqlValue> row) {
        Destination destination;
        try {
            destination = vindex instanceof MultiColumnVindex several
                    ? several.map(row)
                    : ((SingleColumnVindex) vindex).map(row.get(0));
        } catch (VtException e) {
            throw HostErrors.asSqlException(e);
        }
        if (destination == None.INSTANCE) {
            // no row has such a value; but the statement may be the one that would insert it
            throw HostErrors.unsupported("could not map " + row + " to a keyspace id by " + vindex.type());
        }
        return targets.reached(available, destination);
    }
}
