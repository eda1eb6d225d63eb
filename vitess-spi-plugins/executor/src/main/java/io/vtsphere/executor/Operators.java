package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Aggregator;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.executor.rows.Merging;
import io.vtsphere.planner.Primitive;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The steps that turn one list of rows into another without asking anyone. */
final class Operators {
    private Operators() {}

    /** @throws io.vtsphere.vterrors.VtException VT12001 where values cannot be compared or summed exactly */
    static StatementResult apply(Primitive.Inner step, StatementResult input) {
        if (step instanceof Primitive.Aggregate aggregate) {
            Aggregator aggregator = new Aggregator(aggregate.aggregates(), aggregate.groupBy(), input.fields());
            StatementResult result = StatementResult.rows(aggregator.fields(), aggregator.aggregate(input.rows()));
            return PlanRun.cut(result, aggregate.resultColumns());
        }
        if (step instanceof Primitive.Sort sort) {
            return PlanRun.cut(
                    input.withRows(Merging.sort(input.rows(), sort.orderBy(), input.fields())), sort.resultColumns());
        }
        if (step instanceof Primitive.Distinct distinct) {
            return PlanRun.cut(
                    input.withRows(Merging.distinct(input.rows(), distinct.keys(), input.fields())),
                    distinct.resultColumns());
        }
        if (step instanceof Primitive.Merged merged) {
            return merged.way() == Primitive.Merged.Way.VGTID
                    ? vgtid(input)
                    : input.withRows(new ArrayList<>(new LinkedHashSet<>(input.rows())));
        }
        if (step instanceof Primitive.RenameFields rename) {
            return StatementResult.rows(renamed(input.fields(), rename), input.rows());
        }
        throw new IllegalArgumentException("no operator for " + step);
    }

    /** Source: {@code AggregateGtid} in Vitess' {@code go/vt/vtgate/engine/aggregations.go}. */
    private static StatementResult vgtid(StatementResult input) {
        Query.Field.Builder column = input.fields().get(1).toBuilder().setName("global vgtid_executed");
        List<Query.Field> fields = List.of(input.fields().get(0), column.build());
        if (input.rows().isEmpty()) {
            return StatementResult.rows(fields, List.of());
        }
        List<String> position = new ArrayList<>();
        for (Query.Row row : input.rows()) {
            position.add("shard_gtids:{keyspace:\"" + text(row, 0) + "\" shard:\"" + text(row, 2) + "\" gtid:\""
                    + text(row, 1).replace("\n", "\\n") + "\"}");
        }
        List<String> row = List.of(text(input.rows().get(0), 0), String.join(" ", position));
        return StatementResult.rows(fields, List.of(Fields.textRow(row)));
    }

    private static String text(Query.Row row, int column) {
        ByteString cell = Cells.get(row, column);
        return cell == null ? "" : cell.toStringUtf8();
    }

    static List<Query.Field> renamed(List<Query.Field> input, Primitive.RenameFields rename) {
        List<Query.Field> fields = new ArrayList<>(input);
        for (int i = 0; i < rename.names().size(); i++) {
            int index = rename.indices().get(i);
            fields.set(
                    index,
                    fields.get(index).toBuilder().setName(rename.names().get(i)).build());
        }
        return fields;
    }
}
