package io.vtsphere.executor.rows;

import io.vitess.proto.Query;
import io.vtsphere.planner.OrderKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of rows by some of their columns, as MySQL has it: NULL before every value, text by its collation.
 *
 * <p>Keys are decoded once per row: {@link #key} gives a {@link RowKey}, and those are compared. Immutable and thread-safe.
 */
public final class RowOrder implements Comparator<RowOrder.RowKey> {
    private final List<SortKey> keys = new ArrayList<>();
    private final boolean[] descending;

    /** @param fields the columns of the rows, those of weight strings included */
    public RowOrder(List<OrderKey> orderBy, List<Query.Field> fields) {
        this.descending = new boolean[orderBy.size()];
        for (int i = 0; i < orderBy.size(); i++) {
            keys.add(SortKey.of(orderBy.get(i), fields));
            descending[i] = orderBy.get(i).descending();
        }
    }

    /** The row with its decoded keys. */
    public static final class RowKey {
        private final Query.Row row;
        private final @Nullable Comparable<?>[] values;

        private RowKey(Query.Row row, @Nullable Comparable<?>[] values) {
            this.row = row;
            this.values = values;
        }

        public Query.Row row() {
            return row;
        }
    }

    /** @throws io.vtsphere.vterrors.VtException VT12001 for a value whose order is not known */
    public RowKey key(Query.Row row) {
        @Nullable Comparable<?>[] values = new Comparable<?>[keys.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = keys.get(i).read(row);
        }
        return new RowKey(row, values);
    }

    @Override
    public int compare(RowKey left, RowKey right) {
        for (int i = 0; i < descending.length; i++) {
            int order = compareValues(left.values[i], right.values[i]);
            if (order != 0) {
                return descending[i] ? -order : order;
            }
        }
        return 0;
    }

    /** Both keys come from one {@link SortKey}, so they are of one class. */
    @SuppressWarnings("unchecked")
    static int compareValues(@Nullable Comparable<?> left, @Nullable Comparable<?> right) {
        if (left == null || right == null) {
            return (left == null ? 0 : 1) - (right == null ? 0 : 1);
        }
        int order = ((Comparable<Object>) left).compareTo(right);
        return Integer.signum(order);
    }
}
