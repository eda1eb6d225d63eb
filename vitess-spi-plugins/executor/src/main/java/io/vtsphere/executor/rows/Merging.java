package io.vtsphere.executor.rows;

import io.vitess.proto.Query;
import io.vtsphere.planner.OrderKey;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;

/** Putting lists of rows together. All rows have the same columns. */
public final class Merging {
    private Merging() {}

    /** One sorted list from several that are each sorted by {@code orderBy}; of equal rows, those of an earlier list come first. */
    public static List<Query.Row> merge(
            List<List<Query.Row>> sorted, List<OrderKey> orderBy, List<Query.Field> fields) {
        RowOrder order = new RowOrder(orderBy, fields);
        PriorityQueue<Head> heads = new PriorityQueue<>((left, right) -> {
            int byKey = order.compare(left.key, right.key);
            return byKey != 0 ? byKey : Integer.compare(left.list, right.list);
        });
        int size = 0;
        for (int i = 0; i < sorted.size(); i++) {
            size += sorted.get(i).size();
            if (!sorted.get(i).isEmpty()) {
                heads.add(new Head(i, 0, order.key(sorted.get(i).get(0))));
            }
        }
        List<Query.Row> merged = new ArrayList<>(size);
        for (Head head = heads.poll(); head != null; head = heads.poll()) {
            merged.add(head.key.row());
            int next = head.row + 1;
            if (next < sorted.get(head.list).size()) {
                heads.add(new Head(
                        head.list, next, order.key(sorted.get(head.list).get(next))));
            }
        }
        return merged;
    }

    /** The rows sorted; equal ones keep their order. */
    public static List<Query.Row> sort(List<Query.Row> rows, List<OrderKey> orderBy, List<Query.Field> fields) {
        RowOrder order = new RowOrder(orderBy, fields);
        List<RowOrder.RowKey> keyed = new ArrayList<>(rows.size());
        for (Query.Row row : rows) {
            keyed.add(order.key(row));
        }
        keyed.sort(order);
        return new ArrayList<>(keyed.stream().map(RowOrder.RowKey::row).toList());
    }

    /** The first of each group of rows that are equal under {@code keys}, in the order of the input. */
    public static List<Query.Row> distinct(List<Query.Row> rows, List<OrderKey> keys, List<Query.Field> fields) {
        RowOrder order = new RowOrder(keys, fields);
        TreeSet<RowOrder.RowKey> seen = new TreeSet<>(order);
        List<Query.Row> distinct = new ArrayList<>();
        for (Query.Row row : rows) {
            if (seen.add(order.key(row))) {
                distinct.add(row);
            }
        }
        return distinct;
    }

    private record Head(int list, int row, RowOrder.RowKey key) {}
}
