package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Aggregator;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.executor.rows.RowOrder;
import io.vtsphere.planner.Primitive;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a plan through which rows pass one after the other, between one read of shards and the client.
 *
 * <p>Immutable; the sinks that it makes are confined to the session's event loop.
 */
final class StreamSteps {
    private final List<Primitive.Inner> steps;
    private final Primitive.Route route;
    private final Primitive.@Nullable Join join;

    private StreamSteps(List<Primitive.Inner> steps, Primitive.Route route, Primitive.@Nullable Join join) {
        this.steps = steps;
        this.route = route;
        this.join = join;
    }

    /** The steps of the plan; null when one of them needs all its rows before it gives any, or several reads are no join. */
    static @Nullable StreamSteps of(Primitive root) {
        List<Primitive.Inner> steps = new ArrayList<>();
        Primitive step = Primitive.Either.preferred(root);
        while (step instanceof Primitive.Limit
                || step instanceof Primitive.Aggregate
                || step instanceof Primitive.Distinct
                || step instanceof Primitive.RenameFields) {
            Primitive.Inner inner = (Primitive.Inner) step;
            steps.add(inner);
            step = inner.inputs().get(0);
        }
        if (step instanceof Primitive.Join join && JoinStream.streams(join)) {
            Primitive.Route first =
                    (Primitive.Route) JoinReads.unlimited(join.parts().get(0).rows());
            return new StreamSteps(List.copyOf(steps), first, join);
        }
        return step instanceof Primitive.Route route && FastPath.isPlain(route)
                ? new StreamSteps(List.copyOf(steps), route, null)
                : null;
    }

    /** The join of which {@link #route()} is the first part, and whose rows the steps get; null where they get the route's rows. */
    Primitive.@Nullable Join join() {
        return join;
    }

    Primitive.Route route() {
        return route;
    }

    /**
     * The bind variables of the shards' queries.
     *
     * @throws VtException for a LIMIT that is no number of rows
     */
    Binds below(Binds binds) {
        Binds below = binds;
        for (Primitive.Inner step : steps) {
            below = step instanceof Primitive.Limit limit
                    ? RowWindow.of(limit, binds).below(below)
                    : below;
        }
        return below;
    }

    /** What takes the shards' rows, or the joined ones. */
    RowSink before(RowSink client, Binds binds, Scatter.Limits limits) {
        RowSink sink = client;
        for (Primitive.Inner step : steps) {
            sink = step(step, sink, binds, limits);
        }
        return sink;
    }

    private static RowSink step(Primitive.Inner step, RowSink next, Binds binds, Scatter.Limits limits) {
        if (step instanceof Primitive.Limit limit) {
            return new Window(next, RowWindow.of(limit, binds));
        }
        if (step instanceof Primitive.Aggregate aggregate) {
            return new Groups(next, aggregate);
        }
        if (step instanceof Primitive.Distinct distinct) {
            return new Different(next, distinct, limits);
        }
        return new Renamed(next, (Primitive.RenameFields) step);
    }

    /** Hands everything on. */
    private abstract static class Step implements RowSink {
        final RowSink next;

        Step(RowSink next) {
            this.next = next;
        }

        @Override
        public void fields(List<Query.Field> fields) {
            next.fields(fields);
        }

        @Override
        public void rows(List<Query.Row> rows) {
            next.rows(rows);
        }

        @Override
        public void end() {
            next.end();
        }

        @Override
        public boolean wantsMore() {
            return next.wantsMore();
        }

        @Override
        public boolean writable() {
            return next.writable();
        }

        @Override
        public void onWritable(Runnable task) {
            next.onWritable(task);
        }
    }

    /** The shards give no more than the last row that passes, so what comes behind it is read and dropped: a stream that is cut costs more. */
    private static final class Window extends Step {
        private final RowWindow window;
        private long seen;

        Window(RowSink next, RowWindow window) {
            super(next);
            this.window = window;
        }

        @Override
        public boolean wantsMore() {
            return seen < window.last(Long.MAX_VALUE) && next.wantsMore();
        }

        @Override
        public void rows(List<Query.Row> rows) {
            long from = window.first(seen + rows.size()) - seen;
            long to = window.last(seen + rows.size()) - seen;
            seen += rows.size();
            if (Math.max(0, from) < to) {
                next.rows(rows.subList((int) Math.max(0, from), (int) to));
            }
        }
    }

    private static final class Groups extends Step {
        private final Primitive.Aggregate aggregate;
        private Aggregator.@Nullable Run run;
        private int columns;

        Groups(RowSink next, Primitive.Aggregate aggregate) {
            super(next);
            this.aggregate = aggregate;
        }

        @Override
        public void fields(List<Query.Field> fields) {
            Aggregator aggregator = new Aggregator(aggregate.aggregates(), aggregate.groupBy(), fields);
            run = aggregator.start();
            columns = PlanRun.kept(aggregate.resultColumns(), fields.size());
            next.fields(aggregator.fields().subList(0, columns));
        }

        @Override
        public void rows(List<Query.Row> rows) {
            Aggregator.Run groups = Objects.requireNonNull(run, "fields come first");
            List<Query.Row> finished = new ArrayList<>();
            for (Query.Row row : rows) {
                Query.Row group = groups.add(row);
                if (group != null) {
                    finished.add(Cells.leading(group, columns));
                }
            }
            if (!finished.isEmpty()) {
                next.rows(finished);
            }
        }

        @Override
        public void end() {
            Query.Row last = Objects.requireNonNull(run, "fields come first").end();
            if (last != null) {
                next.rows(List.of(Cells.leading(last, columns)));
            }
            next.end();
        }
    }

    /** Remembers every row that it passed, within the limits. */
    private static final class Different extends Step {
        private final Primitive.Distinct distinct;
        private final Scatter.Limits limits;
        private @Nullable RowOrder order;
        private @Nullable TreeSet<RowOrder.RowKey> passed;
        private long bytes;
        private int columns;

        Different(RowSink next, Primitive.Distinct distinct, Scatter.Limits limits) {
            super(next);
            this.distinct = distinct;
            this.limits = limits;
        }

        @Override
        public void fields(List<Query.Field> fields) {
            RowOrder by = new RowOrder(distinct.keys(), fields);
            order = by;
            passed = new TreeSet<>(by);
            columns = PlanRun.kept(distinct.resultColumns(), fields.size());
            next.fields(fields.subList(0, columns));
        }

        @Override
        public void rows(List<Query.Row> rows) {
            RowOrder by = Objects.requireNonNull(order, "fields come first");
            TreeSet<RowOrder.RowKey> seen = Objects.requireNonNull(passed, "fields come first");
            List<Query.Row> different = new ArrayList<>();
            for (Query.Row row : rows) {
                if (seen.add(by.key(row))) {
                    bytes += row.getValues().size();
                    limits.require(seen.size(), bytes);
                    different.add(Cells.leading(row, columns));
                }
            }
            if (!different.isEmpty()) {
                next.rows(different);
            }
        }
    }

    private static final class Renamed extends Step {
        private final Primitive.RenameFields rename;

        Renamed(RowSink next, Primitive.RenameFields rename) {
            super(next);
            this.rename = rename;
        }

        @Override
        public void fields(List<Query.Field> fields) {
            next.fields(Operators.renamed(fields, rename));
        }
    }
}
