package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.executor.rows.Merging;
import io.vtsphere.planner.JoinPart;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.OtherWay;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.planner.Routing;
import io.vtsphere.planner.StatementKind;
import io.vtsphere.sqltypes.SqlType;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan step by step on a session thread.
 *
 * <p>Not thread-safe: belongs to the thread that runs the statement.
 */
final class PlanRun {
    private final Plan plan;
    private final Router router;
    private final ShardRun shards;
    private final LocalRows local;
    private final TabletType type;
    private final @Nullable LookupWrites lookups;
    private @Nullable ExplainRun trace;
    private @Nullable Given given;

    PlanRun(Plan plan, Router router, ShardRun shards, LocalRows local, TabletType type) {
        this(plan, router, shards, local, type, null);
    }

    /** @param lookups keeps lookup tables in step; null where statements that need that are refused */
    PlanRun(
            Plan plan,
            Router router,
            ShardRun shards,
            LocalRows local,
            TabletType type,
            @Nullable LookupWrites lookups) {
        this.lookups = lookups;
        this.plan = plan;
        this.router = router;
        this.shards = shards;
        this.local = local;
        this.type = type;
    }

    /** What a read of the plan has brought before the plan runs. */
    private record Given(Primitive.Route route, List<StatementResult> results) {}

    StatementResult run(Binds binds) {
        return run(plan.root(), binds);
    }

    /** Runs a step around a read of several shards that has been carried out; asks no tablet where the step holds no other read. */
    StatementResult runWith(Primitive step, Binds binds, Primitive.Route route, List<StatementResult> results) {
        given = new Given(route, results);
        return run(step, binds);
    }

    private StatementResult run(Primitive step, Binds binds) {
        return traced(step, () -> perform(step, binds));
    }

    private StatementResult traced(Primitive step, Supplier<StatementResult> work) {
        ExplainRun traced = trace;
        return traced == null ? work.get() : traced.step(step, primitive -> work.get());
    }

    private JoinRun join(Primitive.Join join, Binds binds, long wanted) {
        JoinRun.Reads reads = new JoinRun.Reads() {
            @Override
            public StatementResult rows(JoinPart part, List<SqlValue> values, boolean everywhere) {
                if (part.links().isEmpty()) {
                    return run(part.rows(), binds);
                }
                Binds with = binds.copy().setList(part.keys(), values);
                List<ShardQuery> all = everywhere ? JoinReads.everywhere(part.rows(), part.keys(), with, router) : null;
                return all == null
                        ? run(part.rows(), with)
                        : traced(part.rows(), () -> route(JoinReads.route(part.rows()), with, all));
            }

            @Override
            public List<Query.Field> fields(JoinPart part) {
                return PlanRun.this.fields(part.rows(), binds);
            }
        };
        return new JoinRun(join, reads, shards, wanted);
    }

    /** VEXPLAIN of a plan that runs. */
    private StatementResult explain(Primitive.Explained explained, Binds binds) {
        ExplainRun run = new ExplainRun(explained, shards);
        PlanRun inner = new PlanRun(explained.plan(), router, shards, local, type, lookups);
        inner.trace = run;
        return run.run(() -> inner.run(binds));
    }

    private StatementResult perform(Primitive step, Binds binds) {
        if (step instanceof Primitive.Explained explained && explained.detail() != Primitive.Explained.Detail.PLAN) {
            return explain(explained, binds);
        }
        if (step instanceof Primitive.Route route) {
            Given known = given;
            return known != null && known.route() == route
                    ? cut(merge(known.results(), route), route.resultColumns())
                    : route(route, binds);
        }
        if (step instanceof Primitive.VindexLookup lookup) {
            return route(lookup.route(), binds, new LookupRun(router, shards).shards(lookup, binds));
        }
        if (step instanceof Primitive.Inner inner) {
            return inner(inner, binds);
        }
        if (step instanceof Primitive.Insert insert) {
            requirePrimary("insert");
            return new InsertRun(router, shards, lookups).run(insert, binds);
        }
        if (step instanceof Primitive.Update update) {
            requirePrimary("update");
            return write(update.routing(), update.query(), binds);
        }
        if (step instanceof Primitive.Delete delete) {
            requirePrimary("delete");
            return write(delete.routing(), delete.query(), binds);
        }
        if (step instanceof Primitive.LookupWrite write) {
            requirePrimary("dml");
            return write(write, binds);
        }
        if (step instanceof Primitive.Send send) {
            return send(send, binds);
        }
        if (step instanceof Primitive.Lock lock) {
            return shards.lock(
                    lock, router.resolve(lock.routing(), binds).get(0).target(), binds);
        }
        return local.run(step, binds);
    }

    private StatementResult insertSelect(Primitive.InsertSelect insert, Binds binds) {
        requirePrimary("insert");
        LookupWrites writes = requireWrites("INSERT … SELECT");
        return writes.atomically(
                () -> shards.toWrite(false, () -> new InsertSelectRun(insert, writes::plan, this::run).run(binds)));
    }

    private StatementResult inputWrite(Primitive.InputWrite write, Binds binds) {
        requirePrimary("dml");
        LookupWrites writes = requireWrites("write of rows that a query finds");
        return writes.atomically(() -> new InputWriteRun(write, router, shards, writes::plan, this::run).run(binds));
    }

    private StatementResult withValues(Primitive.WithValues step, Binds binds) {
        requirePrimary("insert");
        return requireWrites("values that a query computes").atomically(() -> {
            StatementResult found = shards.toWrite(true, () -> run(step.input(), binds));
            Binds all = binds.copy();
            List<SqlValue> values = LookupRun.values(found.rows().get(0), found.fields());
            for (int i = 0; i < step.names().size(); i++) {
                SqlType columnType = InsertSelectRun.bindType(found.fields().get(i));
                all.set(step.names().get(i), InsertSelectRun.bound(values.get(i), columnType));
            }
            return run(step.statement(), all);
        });
    }

    private LookupWrites requireWrites(String what) {
        LookupWrites writes = lookups;
        if (writes == null) {
            throw VtError.VT12001.with(what + " in a vindex");
        }
        return writes;
    }

    private StatementResult inner(Primitive.Inner inner, Binds binds) {
        if (inner instanceof Primitive.InsertSelect insert) {
            return insertSelect(insert, binds);
        }
        if (inner instanceof Primitive.InputWrite write) {
            return inputWrite(write, binds);
        }
        if (inner instanceof Primitive.WithValues values) {
            return withValues(values, binds);
        }
        if (inner instanceof Primitive.Gather gather) {
            return new GatherRun(gather, router, shards, binds, shards.definitions(), steps(binds)).run(binds);
        }
        if (inner instanceof Primitive.Join join) {
            return join(join, binds, Long.MAX_VALUE).run();
        }
        if (inner instanceof Primitive.Either either) {
            return either(either, binds);
        }
        if (inner instanceof Primitive.Limit limit) {
            return limit(limit, binds);
        }
        if (inner instanceof Primitive.Concatenate concatenate) {
            return concatenate(concatenate, binds);
        }
        if (inner instanceof Primitive.FoundRows found) {
            StatementResult rows = run(found.limited(), binds);
            ByteString count = Cells.get(run(found.count(), binds).rows().get(0), 0);
            return rows.withFound(count == null ? 0 : Long.parseLong(count.toStringUtf8()));
        }
        return Operators.apply(inner, run(inner.inputs().get(0), binds));
    }

    private GatherRun.Steps steps(Binds binds) {
        return new GatherRun.Steps() {
            @Override
            public StatementResult run(Primitive unit) {
                return PlanRun.this.run(unit, binds);
            }

            @Override
            public StatementResult over(Primitive step, Primitive.Route read, List<StatementResult> results) {
                return new PlanRun(plan, router, shards, local, type, lookups).runWith(step, binds, read, results);
            }
        };
    }

    private StatementResult concatenate(Primitive.Concatenate concatenate, Binds binds) {
        List<StatementResult> results = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        for (Primitive input : concatenate.inputs()) {
            StatementResult result = run(input, binds);
            results.add(result);
            rows += result.rows().size();
            bytes += Cells.bytes(result.rows());
            shards.requireRoom(rows, bytes);
        }
        return Concatenation.of(results);
    }

    private StatementResult either(Primitive.Either either, Binds binds) {
        try {
            return run(either.preferred(), binds);
        } catch (VtException refusal) {
            Primitive otherwise = OtherWay.after(either, refusal);
            if (otherwise == null || shards.hasWarned()) {
                throw refusal;
            }
            return run(otherwise, binds);
        }
    }

    private StatementResult route(Primitive.Route route, Binds binds) {
        if (route.routing().opcode() == Opcode.NEXT) {
            Target target = router.resolve(route.routing(), binds).get(0).target();
            return shards.standalone(target, binds.bind(route.query(), Map.of()));
        }
        return route(route, binds, SchemaNames.resolve(route, router, binds));
    }

    private StatementResult route(Primitive.Route route, Binds binds, List<ShardQuery> found) {
        List<ShardQuery> resolved = found;
        if (resolved.isEmpty()) {
            Target any = router.any(
                    route.routing().keyspace(),
                    router.state().keyspace(route.routing().keyspace()).shards(type));
            if (!route.rowWithoutInput()) {
                return cut(shards.read(any, fieldQuery(route, binds), false), route.resultColumns());
            }
            resolved = List.of(new ShardQuery(any, noValues(route.query())));
        }
        if (resolved.size() == 1) {
            ShardQuery only = resolved.get(0);
            StatementResult result =
                    shards.read(only.target(), binds.bind(route.query(), only.own()), plan.touchesData());
            return cut(result, route.resultColumns());
        }
        List<StatementResult> results = shards.read(resolved, route.query(), binds);
        return cut(merge(results, route), route.resultColumns());
    }

    /** For a shard's own values of an IN where no shard has any: {@code in (null)} finds nothing. */
    private static Map<String, Query.BindVariable> noValues(QueryText query) {
        Map<String, Query.BindVariable> none = new HashMap<>();
        for (String name : query.binds()) {
            if (name.startsWith(Routing.VALS)) {
                none.put(name, Binds.listVariable(List.of(SqlValue.NULL)));
            }
        }
        return none;
    }

    private static StatementResult merge(List<StatementResult> results, Primitive.Route route) {
        StatementResult first = results.get(0);
        List<List<Query.Row>> rows = new ArrayList<>(results.size());
        for (StatementResult result : results) {
            rows.add(result.rows());
        }
        if (!route.orderBy().isEmpty()) {
            return first.withRows(Merging.merge(rows, route.orderBy(), first.fields()));
        }
        List<Query.Row> all = new ArrayList<>();
        rows.forEach(all::addAll);
        return first.withRows(all);
    }

    /** Only the leading columns, where others served only the merging; 0 keeps all, a negative number all but so many. */
    static StatementResult cut(StatementResult result, int resultColumns) {
        int columns = kept(resultColumns, result.fields().size());
        if (result.fields().size() <= columns) {
            return result;
        }
        List<Query.Row> rows = new ArrayList<>(result.rows().size());
        for (Query.Row row : result.rows()) {
            rows.add(Cells.leading(row, columns));
        }
        return new StatementResult(
                result.fields().subList(0, columns),
                rows,
                result.affectedRows(),
                result.insertId(),
                result.insertIdChanged(),
                result.info());
    }

    /** How many leading columns of so many a {@code resultColumns} of the plan keeps. */
    static int kept(int resultColumns, int columns) {
        return resultColumns > 0 ? resultColumns : columns + resultColumns;
    }

    private static Query.BoundQuery fieldQuery(Primitive.Route route, Binds binds) {
        return binds.bindForFields(
                new QueryText(route.fieldQuery(), route.query().binds()));
    }

    private StatementResult limit(Primitive.Limit limit, Binds binds) {
        RowWindow window = RowWindow.of(limit, binds);
        Binds below = window.below(binds);
        StatementResult result = limit.input() instanceof Primitive.Join join
                ? traced(join, () -> join(join, below, window.last(Long.MAX_VALUE))
                        .run())
                : run(limit.input(), below);
        int size = result.rows().size();
        int from = (int) window.first(size);
        int to = (int) window.last(size);
        return from == 0 && to == size ? result : result.withRows(result.rows().subList(from, to));
    }

    private StatementResult write(Routing routing, QueryText query, Binds binds) {
        boolean copies = routing.opcode() == Opcode.REFERENCE;
        List<ShardQuery> resolved = copies ? router.everyShard(routing) : resolve(routing, binds);
        if (resolved.isEmpty()) {
            return StatementResult.OK;
        }
        List<StatementResult> results = shards.write(resolved, query, binds);
        return copies ? results.get(0) : sum(results);
    }

    private List<ShardQuery> resolve(Routing routing, Binds binds) {
        return lookups == null ? router.resolve(routing, binds) : lookups.resolve(routing, binds);
    }

    private StatementResult write(Primitive.LookupWrite write, Binds binds) {
        LookupWrites writes = lookups;
        if (writes == null) {
            throw VtError.VT12001.with("lookup table '" + write.table() + "' that owns a lookup vindex");
        }
        return writes.atomically(() -> {
            List<ShardQuery> resolved = writes.resolve(write.routing(), binds);
            if (resolved.isEmpty()) {
                return StatementResult.OK;
            }
            writes.maintain(write.owned(), resolved, binds);
            return sum(shards.write(resolved, write.query(), binds));
        });
    }

    private StatementResult send(Primitive.Send send, Binds binds) {
        if (send.dml()) {
            requirePrimary("dml");
        }
        List<ShardQuery> resolved = router.resolve(send.routing(), binds);
        if (send.singleShardOnly() && resolved.size() != 1) {
            throw VtError.VT09022.with(resolved.stream().map(ShardQuery::target).toList());
        }
        if (send.dml()) {
            return sum(shards.write(resolved, send.query(), binds));
        }
        return Concatenation.of(shards.pass(resolved, send.query(), binds, plan.touchesData()));
    }

    /** Affected rows add up; the insert id is that of the last shard that set one. */
    static StatementResult sum(List<StatementResult> results) {
        if (results.size() == 1) {
            return results.get(0);
        }
        long affected = 0;
        StatementResult idFrom = StatementResult.OK;
        for (StatementResult result : results) {
            affected += result.affectedRows();
            idFrom = result.insertIdChanged() ? result : idFrom;
        }
        return new StatementResult(List.of(), List.of(), affected, idFrom.insertId(), idFrom.insertIdChanged(), "");
    }

    private void requirePrimary(String verb) {
        if (type != TabletType.PRIMARY) {
            throw plan.root() instanceof Primitive.Send
                    ? VtError.VT09002.with(verb)
                    : VtException.of(
                            Code.FAILED_PRECONDITION,
                            "supported only for primary tablet type, current type: " + type.lower());
        }
    }

    /** The columns that the plan will give, asked from tablets where only they know; empty for a statement without rows. */
    List<Query.Field> fields(Primitive step, Binds binds) {
        if (step instanceof Primitive.Route route) {
            if (route.fieldQuery().isEmpty()) {
                return List.of();
            }
            Target any = router.any(
                    route.routing().keyspace(),
                    router.state().keyspace(route.routing().keyspace()).shards(type));
            return cut(shards.read(any, fieldQuery(route, binds), false), route.resultColumns())
                    .fields();
        }
        if (step instanceof Primitive.Send send) {
            // A SHOW does no harm; of other statements that are only passed on, the columns are not known before they
            // run.
            return plan.kind() == StatementKind.SHOW ? send(send, binds).fields() : List.of();
        }
        if (step instanceof Primitive.Lock lock) {
            return lock.calls().stream()
                    .map(call -> Fields.number(call.label(), SqlType.INT64))
                    .toList();
        }
        if (step instanceof Primitive.VindexLookup lookup) {
            return fields(lookup.route(), binds);
        }
        if (step instanceof Primitive.InsertSelect
                || step instanceof Primitive.InputWrite
                || step instanceof Primitive.WithValues) {
            return List.of();
        }
        if (step instanceof Primitive.Gather gather) {
            return new GatherRun(gather, router, shards, binds, shards.definitions(), steps(binds)).fields(binds);
        }
        if (step instanceof Primitive.Join join) {
            return join(join, binds, 0).fields();
        }
        if (step instanceof Primitive.Either either) {
            return fields(either.preferred(), binds);
        }
        if (step instanceof Primitive.Limit limit) {
            return fields(limit.input(), binds);
        }
        if (step instanceof Primitive.FoundRows found) {
            return fields(found.limited(), binds);
        }
        if (step instanceof Primitive.Concatenate concatenate) {
            return fields(concatenate.inputs().get(0), binds);
        }
        if (step instanceof Primitive.Inner inner) {
            StatementResult empty = StatementResult.rows(fields(inner.inputs().get(0), binds), List.of());
            return Operators.apply(inner, empty).fields();
        }
        return step instanceof Primitive.Insert
                        || step instanceof Primitive.Update
                        || step instanceof Primitive.Delete
                        || step instanceof Primitive.LookupWrite
                ? List.of()
                : local.fields(step, binds);
    }
}
