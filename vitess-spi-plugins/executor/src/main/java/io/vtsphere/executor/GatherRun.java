package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.gather.GatheredColumn;
import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.GatherParts;
import io.vtsphere.planner.GatheredTable;
import io.vtsphere.planner.GatheredUnit;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers one query over rows that it gathers on a tablet; see {@link Primitive.Gather}. All blocking, on a session thread; used once.
 *
 * <p>What it asks: the query itself with LIMIT 0, for its errors and columns; the tables' definitions; the rows of the tables; the query. What does
 * not depend on each other is asked at the same time.
 */
final class GatherRun {
    /** MySQL's ER_BAD_FIELD_ERROR. */
    private static final int BAD_FIELD = 1054;

    private final Primitive.Gather gather;
    private final Router router;
    private final ShardRun shards;
    private final TableDefinitions known;
    private final Target target;
    private final Steps steps;
    private final Map<String, GatheredRows> gathered = new HashMap<>();
    private final GatherDefinitions definitions;
    private final GatherOwnFields own;
    private boolean checked;
    private long rows;
    private long bytes;

    GatherRun(
            Primitive.Gather gather, Router router, ShardRun shards, Binds binds, TableDefinitions known, Steps steps) {
        this.gather = gather;
        this.router = router;
        this.shards = shards;
        this.known = known;
        this.steps = steps;
        this.target = router.resolve(gather.routing(), binds).get(0).target();
        this.definitions = new GatherDefinitions(gather, router, known, shards.mayReadTogether());
        this.own = new GatherOwnFields(gather, gathered);
    }

    /** The steps of the plan besides, with the same bind variables. */
    interface Steps {
        /** Runs the plan of a query inside the query. */
        StatementResult run(Primitive unit);

        /** Runs a plan whose only read has been made, with its results. */
        StatementResult over(Primitive plan, Primitive.Route read, List<StatementResult> results);
    }

    /** Values do not come as the definition of their table, which others had asked for, would have them. */
    private static final class OutOfDate extends RuntimeException {
        private static final long serialVersionUID = 1;

        OutOfDate() {
            super(null, null, false, false);
        }
    }

    StatementResult run(Binds binds) {
        try {
            return answer(binds);
        } catch (OutOfDate e) {
            return again(binds);
        } catch (VtException e) {
            if (!definitions.isRemembered() || !checked || !isOfTheQuery(e)) {
                throw e;
            }
            return again(binds);
        }
    }

    /** With definitions asked anew. */
    private StatementResult again(Binds binds) {
        definitions.forget();
        return new GatherRun(gather, router, shards, binds, known, steps).run(binds);
    }

    /** Whether an error may be due to a definition that is out of date. */
    private static boolean isOfTheQuery(VtException error) {
        return switch (error.code()) {
            case CANCELED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNAVAILABLE, CLUSTER_EVENT -> false;
            default -> true;
        };
    }

    private StatementResult answer(Binds binds) {
        GatherReads reads = new GatherReads(gather.tables(), gathered, definitions, router, shards, binds);
        boolean streams = shards.streams();
        GatheredTable streamed = streams ? toStream() : null;
        if (streamed != null) {
            reads.without(streamed);
        }
        List<Query.Field> fields = first(reads, binds, !streams);
        for (GatheredUnit unit : gather.units()) {
            StatementResult found = answered(unit);
            own.ofUnit(unit.name(), found.fields());
            gathered.put(unit.name(), GatherUnit.of(unit, found, router, shards, binds));
            count(found.rows());
        }
        while (!reads.isEmpty()) {
            List<GatherReads.TableRead> wave = reads.next();
            if (wave.isEmpty()) {
                throw new IllegalStateException("tables that wait for each other's rows: " + gather.tables());
            }
            take(wave, streams ? pulled(toShards(wave)) : shards.together(toShards(wave)));
        }
        GatherQuery query = new GatherQuery(gather, target, documents(), shards, steps, fields, binds);
        StatementResult described =
                streamed == null ? query.answer(gathered, rows, bytes) : streamed(reads.read(streamed), query);
        return described.withFields(own.in(described.fields(), this::ask));
    }

    /** The table whose rows come as a stream: one that may be split, and that no other's rows wait for. */
    private @Nullable GatheredTable toStream() {
        List<GatheredTable> tables = gather.tables();
        for (int i = tables.size() - 1; i >= 0; i--) {
            GatheredTable table = tables.get(i);
            boolean awaited = tables.stream()
                    .anyMatch(other ->
                            other.reduced() != null && other.reduced().source().equals(table.name()));
            if (!awaited && split(table) != null) {
                return table;
            }
        }
        return null;
    }

    private GatherParts.@Nullable Split split(GatheredTable table) {
        return gather.parts() == null
                ? null
                : gather.parts().split().stream()
                        .filter(split -> split.table().equals(table.name()))
                        .findFirst()
                        .orElse(null);
    }

    private StatementResult streamed(GatherReads.TableRead table, GatherQuery query) {
        GatherParts parts = gather.parts();
        GatherParts.Split split = split(table.table());
        if (table.read() == null || parts == null || split == null) {
            take(table.table(), table.columns(), List.of());
            return query.answer(gathered, rows, bytes);
        }
        try (PulledRows pulled = shards.pull(table.read())) {
            GatherPartsRun run = null;
            while (true) {
                PulledRows.Batch batch = pulled.next(shards.gatherBytes() / 2);
                shards.requireRoom(rows + batch.rows().size(), bytes + Cells.bytes(batch.rows()));
                describe(table.table(), table.columns(), batch.fields());
                GatheredRows some = new GatheredRows(table.columns(), batch.rows());
                gathered.put(table.table().name(), some);
                if (run == null && batch.last()) {
                    return query.answer(gathered, rows, bytes);
                }
                run = run == null ? query.start(parts, split, gathered, rows, bytes) : run;
                if (!batch.rows().isEmpty()) {
                    run.ask(some);
                }
                if (batch.last()) {
                    return query.merged(parts, run, gathered);
                }
            }
        }
    }

    /** The same reads as streams, which tablets do not bound: one when it is asked for. */
    private List<Supplier<List<StatementResult>>> pulled(List<ShardRead> reads) {
        List<Supplier<List<StatementResult>>> results = new ArrayList<>();
        reads.forEach(read -> results.add(() -> List.of(whole(read))));
        return results;
    }

    private StatementResult whole(ShardRead read) {
        List<Query.Row> all = new ArrayList<>();
        long held = 0;
        try (PulledRows pulled = shards.pull(read)) {
            PulledRows.Batch batch;
            do {
                batch = pulled.next(shards.gatherBytes());
                all.addAll(batch.rows());
                held += Cells.bytes(batch.rows());
                shards.requireRoom(rows + all.size(), bytes + held);
            } while (!batch.last());
            return StatementResult.rows(batch.fields(), all);
        }
    }

    /** Checks the query, completes the definitions, and where these are known reads the first tables; gives the columns of the result. */
    private @Nullable List<Query.Field> first(GatherReads reads, Binds binds, boolean mayRead) {
        QueryText check = gather.check();
        List<ShardRead> questions = definitions.questions();
        List<GatherReads.TableRead> wave =
                mayRead && questions.isEmpty() && gather.units().isEmpty() ? reads.first() : List.of();
        List<ShardRead> all = new ArrayList<>();
        if (check != null) {
            all.add(new ShardRead(List.of(new ShardQuery(target)), check, binds, false));
        }
        all.addAll(questions);
        all.addAll(toShards(wave));
        List<Supplier<List<StatementResult>>> answers = shards.together(all);
        List<Query.Field> fields =
                check == null ? null : answers.get(0).get().get(0).fields();
        checked = true;
        int first = check == null ? 0 : 1;
        for (int i = 0; i < questions.size(); i++) {
            definitions.add(questions.get(i), answers.get(first + i).get().get(0));
        }
        take(wave, answers.subList(first + questions.size(), answers.size()));
        return fields;
    }

    private static List<ShardRead> toShards(List<GatherReads.TableRead> wave) {
        List<ShardRead> reads = new ArrayList<>();
        for (GatherReads.TableRead read : wave) {
            if (read.read() != null) {
                reads.add(read.read());
            }
        }
        return reads;
    }

    private void take(List<GatherReads.TableRead> wave, List<Supplier<List<StatementResult>>> answers) {
        int next = 0;
        for (GatherReads.TableRead read : wave) {
            List<StatementResult> results =
                    read.read() == null ? List.of() : answers.get(next++).get();
            take(read.table(), read.columns(), results);
        }
    }

    private void take(GatheredTable table, List<GatheredColumn> columns, List<StatementResult> results) {
        List<Query.Row> found = new ArrayList<>();
        for (StatementResult result : results) {
            describe(table, columns, result.fields());
            found.addAll(result.rows());
        }
        count(found);
        gathered.put(table.name(), new GatheredRows(columns, found));
    }

    /** What a shard said of the columns that it gave. */
    private void describe(GatheredTable table, List<GatheredColumn> columns, List<Query.Field> fields) {
        if (!definitions.fits(table, columns, fields) && definitions.isRemembered()) {
            throw new OutOfDate();
        }
        if (!table.distinct()) { // MySQL leaves keys out of what goes through a table of its own
            own.ofTable(table.name(), columns, fields);
        }
    }

    private GatherDocuments documents() {
        return new GatherDocuments(gather, definitions.sqlMode(gather.check() != null), shards.gatherBytes());
    }

    private List<Query.Field> ask(String keyspace, QueryText query) {
        return definitions.fields(keyspace, query, shards);
    }

    private StatementResult answered(GatheredUnit unit) {
        try {
            return steps.run(unit.plan());
        } catch (VtException e) {
            if (e.errno() == BAD_FIELD) {
                throw VtError.VT12001.with(
                        "subquery with columns of the query around it over several shards: " + e.getMessage());
            }
            throw e;
        }
    }

    /** The columns of the result. */
    List<Query.Field> fields(Binds binds) {
        QueryText check = gather.check();
        if (check != null) {
            return shards.read(target, binds.bindForFields(check), false).fields();
        }
        for (GatheredUnit unit : gather.units()) {
            gathered.put(unit.name(), GatherUnit.empty(unit, router, shards, binds));
        }
        List<ShardRead> questions = definitions.questions();
        List<Supplier<List<StatementResult>>> answers = shards.together(questions);
        for (int i = 0; i < questions.size(); i++) {
            definitions.add(questions.get(i), answers.get(i).get().get(0));
        }
        for (GatheredTable table : gather.tables()) {
            List<GatheredColumn> columns = GatheredRows.chosen(definitions.columns(table), table.columns());
            gathered.put(table.name(), new GatheredRows(columns, List.of()));
        }
        Binds documents = binds.copy();
        List<Query.Field> fields = shards.read(
                        target, documents.bindForFields(documents().query(gather.query(), gathered, documents)), false)
                .fields();
        return own.in(fields, this::ask);
    }

    private void count(List<Query.Row> found) {
        rows += found.size();
        bytes += Cells.bytes(found);
        shards.requireRoom(rows, bytes);
    }
}
