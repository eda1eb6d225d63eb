package io.vtsphere.executor.rows;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.planner.Aggregation;
import io.vtsphere.planner.OrderKey;
import io.vtsphere.sqltypes.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates over the partial results of shards.
 *
 * <p>Immutable; every {@link Run} has state of its own.
 */
public final class Aggregator {
    private final List<Aggregation> aggregates;
    private final List<OrderKey> groupBy;
    private final List<Query.Field> fields;

    /** @param fields the columns of the partial results */
    public Aggregator(List<Aggregation> aggregates, List<OrderKey> groupBy, List<Query.Field> fields) {
        this.aggregates = aggregates;
        this.groupBy = groupBy;
        this.fields = fields;
    }

    /** The columns of the result: those of the input, with the names and, for AVG, the scale of the aggregates. */
    public List<Query.Field> fields() {
        List<Query.Field> result = new ArrayList<>(fields);
        for (Aggregation aggregation : aggregates) {
            Query.Field field = fields.get(aggregation.column());
            Query.Field.Builder changed = field.toBuilder().setName(aggregation.alias());
            if (aggregation.op() == Aggregation.Op.AVG && field.getType() == Query.Type.DECIMAL) {
                changed.setDecimals(Math.min(30, field.getDecimals() + Accumulator.DIV_PRECISION_INCREMENT));
            }
            result.set(aggregation.column(), changed.build());
        }
        return result;
    }

    /**
     * One row for each group of the rows, which come sorted by the group's keys; without keys exactly one row.
     *
     * @throws io.vtsphere.vterrors.VtException VT12001 for a type that cannot be merged exactly, 1690 for a result out of range
     */
    public List<Query.Row> aggregate(List<Query.Row> rows) {
        Run run = start();
        List<Query.Row> result = new ArrayList<>();
        for (Query.Row row : rows) {
            Query.Row finished = run.add(row);
            if (finished != null) {
                result.add(finished);
            }
        }
        Query.Row last = run.end();
        if (last != null) {
            result.add(last);
        }
        return result;
    }

    /** Begins with no rows. */
    public Run start() {
        return new Run();
    }

    /** The group that is being read. Not thread-safe. */
    public final class Run {
        private final @Nullable RowOrder order = groupBy.isEmpty() ? null : new RowOrder(groupBy, fields);
        private List<Accumulator> accumulators = accumulators();
        private Query.@Nullable Row first;
        private RowOrder.@Nullable RowKey group;

        private Run() {}

        /**
         * Takes the next row.
         *
         * @return the row of the group before it, when that ends here
         */
        public Query.@Nullable Row add(Query.Row row) {
            Query.Row finished = null;
            RowOrder by = order;
            if (by != null) {
                RowOrder.RowKey key = by.key(row);
                if (group != null && by.compare(group, key) != 0) {
                    finished = finish(first, accumulators);
                    first = null;
                    accumulators = accumulators();
                }
                group = first == null ? key : group;
            }
            first = first == null ? row : first;
            for (Accumulator accumulator : accumulators) {
                accumulator.add(row);
            }
            return finished;
        }

        /** The row of the last group; null when there is none, which cannot be without keys. */
        public Query.@Nullable Row end() {
            return first == null && order != null ? null : finish(first, accumulators);
        }
    }

    private List<Accumulator> accumulators() {
        List<Accumulator> accumulators = new ArrayList<>(aggregates.size());
        for (Aggregation aggregation : aggregates) {
            accumulators.add(Accumulator.of(aggregation, fields));
        }
        return accumulators;
    }

    /** @param first the first row of the group, which gives what is not aggregated; null when there is none */
    private Query.Row finish(Query.@Nullable Row first, List<Accumulator> accumulators) {
        List<@Nullable ByteString> values = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            values.add(first == null ? null : Cells.get(first, i));
        }
        for (int i = 0; i < accumulators.size(); i++) {
            Aggregation aggregation = aggregates.get(i);
            values.set(aggregation.column(), accumulators.get(i).result());
            boolean extreme = aggregation.op() == Aggregation.Op.MIN || aggregation.op() == Aggregation.Op.MAX;
            if (extreme && aggregation.second() != OrderKey.NONE) {
                values.set(aggregation.second(), accumulators.get(i).weight());
            }
        }
        return Cells.row(values);
    }

    static SqlType typeOf(Query.Field field) {
        SqlType type = SqlType.ofNumber(field.getTypeValue());
        return type == null ? SqlType.RAW : type;
    }
}
