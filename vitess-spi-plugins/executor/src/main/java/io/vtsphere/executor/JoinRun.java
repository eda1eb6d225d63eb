package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.join.JoinStep;
import io.vtsphere.executor.join.JoinedRows;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.JoinPart;
import io.vtsphere.planner.Primitive;
import io.vtsphere.sqltypes.SqlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Answers one query by a {@link Primitive.Join}: reads the first part, then asks every later one for the rows that go together with a batch of
 * what is there. All blocking, on a session thread; used once.
 */
final class JoinRun {
    private final Primitive.Join join;
    private final Reads reads;
    private final ShardRun shards;
    private final long wanted;
    private final List<Query.Row> result = new ArrayList<>();
    private final Map<Integer, JoinStep> steps = new TreeMap<>();
    private final Map<Integer, StatementResult> whole = new TreeMap<>();
    private final List<List<Query.Field>> fields = new ArrayList<>();
    private @Nullable JoinedRows joined;
    private long rows;
    private long bytes;

    /** How a part is read. */
    interface Reads {
        /** @param values what its column must be in; none where the part has no links */
        StatementResult rows(JoinPart part, List<SqlValue> values, boolean everywhere);

        /** The part's columns, without a row. */
        List<Query.Field> fields(JoinPart part);
    }

    /** @param wanted rows after which no more are needed */
    JoinRun(Primitive.Join join, Reads reads, ShardRun shards, long wanted) {
        this.join = join;
        this.reads = reads;
        this.shards = shards;
        this.wanted = wanted;
    }

    StatementResult run() {
        StatementResult first = reads.rows(join.parts().get(0), List.of(), false);
        fields.add(first.fields());
        for (int i = 1; i < join.parts().size(); i++) {
            fields.add(List.of());
        }
        hold(first.rows(), 1);
        join(1, JoinStep.first(first.rows(), join.parts().size()));
        for (int i = 1; i < join.parts().size(); i++) {
            step(i).requireAlike(columns(i));
        }
        return StatementResult.rows(joined().fields(), result);
    }

    /** The columns of the result. */
    List<Query.Field> fields() {
        List<List<Query.Field>> all = join.parts().stream().map(reads::fields).toList();
        return new JoinedRows(join.items(), all).fields();
    }

    private void join(int number, List<Query.@Nullable Row[]> tuples) {
        if (number == join.parts().size()) {
            emit(tuples);
            return;
        }
        JoinPart part = join.parts().get(number);
        for (int start = 0; start < tuples.size() && result.size() < wanted; ) {
            JoinStep step = step(number);
            JoinStep.Batch batch = step.next(tuples, start);
            StatementResult found = ask(number, step, batch);
            List<Query.@Nullable Row[]> longer = step.join(batch, fields.get(number), found.rows());
            boolean kept = part.links().isEmpty();
            hold(found.rows(), kept ? 0 : 1);
            shards.requireRoom(rows + longer.size(), bytes);
            join(number + 1, longer);
            hold(found.rows(), kept ? 0 : -1);
            start += batch.rows().size();
        }
    }

    private JoinStep step(int number) {
        return steps.computeIfAbsent(number, unused -> new JoinStep(join.parts().get(number), number, fields));
    }

    private StatementResult ask(int number, JoinStep step, JoinStep.Batch batch) {
        JoinPart part = join.parts().get(number);
        StatementResult found = whole.get(number);
        if (found != null) {
            return found;
        }
        if (batch.values().isEmpty() && !part.links().isEmpty()) {
            return StatementResult.rows(columns(number), List.of());
        }
        found = reads.rows(part, batch.values(), step.asksEverywhere());
        fields.set(number, found.fields());
        if (part.links().isEmpty()) {
            whole.put(number, found);
            hold(found.rows(), 1);
        }
        return found;
    }

    private List<Query.Field> columns(int number) {
        if (fields.get(number).isEmpty()) {
            fields.set(number, reads.fields(join.parts().get(number)));
        }
        return fields.get(number);
    }

    private JoinedRows joined() {
        JoinedRows known = joined;
        if (known == null) {
            for (int i = 1; i < join.parts().size(); i++) {
                columns(i);
            }
            known = new JoinedRows(join.items(), fields);
            joined = known;
        }
        return known;
    }

    private void emit(List<Query.@Nullable Row[]> tuples) {
        for (Query.@Nullable Row[] tuple : tuples) {
            if (result.size() >= wanted) {
                return;
            }
            Query.Row row = joined().row(tuple);
            result.add(row);
            rows++;
            bytes += row.getValues().size();
        }
        shards.requireRoom(rows, bytes);
    }

    /** Counts rows that are kept, or, with -1, that are not any more. */
    private void hold(List<Query.Row> some, int sign) {
        if (sign == 0) {
            return;
        }
        rows += (long) sign * some.size();
        bytes += sign * Cells.bytes(some);
        shards.requireRoom(rows, bytes);
    }
}
