package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.gather.GatheredColumn;
import io.vtsphere.executor.gather.GatheredRows;
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
    private final GatherDefinitions definitions;
    private final GatherOwnFields own;
    private final GatheredTables tables;
    private final Map<String, Supplier<StatementResult>> units = new HashMap<>();
    private boolean checked;

    GatherRun(
            Primitive.Gather gather, Router router, ShardRun shards, Binds binds, TableDefinitions known, Steps steps) {
        this.gather = gather;
        this.router = router;
        this.shards = shards;
        this.known = known;
        this.steps = steps;
        this.target = router.resolve(gather.routing(), binds).get(0).target();
        this.definitions = new GatherDefinitions(gather, router, known, shards.mayReadTogether());
        Map<String, GatheredRows> gathered = new HashMap<>();
        this.own = new GatherOwnFields(gather, gathered);
        this.tables = new GatheredTables(gathered, definitions, own, shards);
    }

    /** The steps of the plan besides, with the same bind variables. */
    interface Steps {
        /** Runs the plan of a query inside the query. */
        StatementResult run(Primitive unit);

        /** Runs a plan whose only read has been made, with its results. */
        StatementResult over(Primitive plan, Primitive.Route read, List<StatementResult> results);
    }

    StatementResult run(Binds binds) {
        try {
            return answer(binds);
        } catch (GatheredTables.OutOfDate e) {
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
        GatherReads reads = new GatherReads(gather.tables(), tables.rows(), definitions, router, shards, binds);
        GatherStreams streams = shards.streams() ? new GatherStreams(gather, tables, shards) : null;
        GatheredTable inBatches = streams == null ? null : streams.inBatches();
        if (inBatches != null) {
            reads.without(inBatches);
        }
        List<Query.Field> fields = first(reads, binds, streams == null);
        for (GatheredUnit unit : gather.units()) {
            StatementResult found = answered(unit);
            own.ofUnit(unit.name(), found.fields());
            tables.take(unit.name(), GatherUnit.of(unit, found, router, shards, binds, definitions), found.rows());
        }
        while (!reads.isEmpty()) {
            List<GatherReads.TableRead> wave = reads.next();
            if (wave.isEmpty()) {
                throw new IllegalStateException("tables that wait for each other's rows: " + gather.tables());
            }
            List<ShardRead> made = toShards(wave);
            tables.take(wave, streams == null ? shards.together(made) : streams.whole(made));
        }
        GatherQuery query = new GatherQuery(gather, target, documents(), shards, steps, fields, binds);
        StatementResult described = streams == null || inBatches == null
                ? query.answer(tables)
                : streams.answer(reads.read(inBatches), query);
        return described.withFields(own.in(described.fields(), this::ask));
    }

    /** Checks the query, completes the definitions, and where these are known reads the first tables and units; gives the columns of the result. */
    private @Nullable List<Query.Field> first(GatherReads reads, Binds binds, boolean mayRead) {
        QueryText check = gather.check();
        List<ShardRead> questions = definitions.questions();
        List<GatherReads.TableRead> wave = mayRead && questions.isEmpty() ? reads.first() : List.of();
        List<ShardRead> all = new ArrayList<>();
        if (check != null) {
            all.add(new ShardRead(List.of(new ShardQuery(target)), check, binds, false));
        }
        all.addAll(questions);
        all.addAll(toShards(wave));
        List<GatherUnit.Early> early = mayRead && shards.mayReadTogether() && !shards.isNoted()
                ? GatherUnit.early(gather.units(), router, binds)
                : List.of();
        int firstUnit = all.size();
        early.forEach(unit -> all.add(unit.read()));
        List<Supplier<List<StatementResult>>> answers = shards.together(all);
        List<Query.Field> fields =
                check == null ? null : answers.get(0).get().get(0).fields();
        checked = true;
        int first = check == null ? 0 : 1;
        int firstTable = first + questions.size();
        learn(questions, answers.subList(first, firstTable));
        tables.take(wave, answers.subList(firstTable, firstUnit));
        for (int i = 0; i < early.size(); i++) {
            GatherUnit.Early unit = early.get(i);
            Supplier<List<StatementResult>> answer = answers.get(firstUnit + i);
            units.put(unit.unit().name(), () -> steps.over(unit.unit().plan(), unit.route(), answer.get()));
        }
        return fields;
    }

    private void learn(List<ShardRead> questions, List<Supplier<List<StatementResult>>> answers) {
        for (int i = 0; i < questions.size(); i++) {
            definitions.add(questions.get(i), answers.get(i).get().get(0));
        }
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

    private GatherDocuments documents() {
        return new GatherDocuments(gather, definitions.sqlMode(gather.check() != null), shards.gatherBytes());
    }

    private List<Query.Field> ask(String keyspace, QueryText query) {
        return definitions.fields(keyspace, query, shards);
    }

    private StatementResult answered(GatheredUnit unit) {
        try {
            Supplier<StatementResult> early = units.get(unit.name());
            return early == null ? steps.run(unit.plan()) : early.get();
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
            tables.rows().put(unit.name(), GatherUnit.empty(unit, router, shards, binds, definitions));
        }
        List<ShardRead> questions = definitions.questions();
        learn(questions, shards.together(questions));
        for (GatheredTable table : gather.tables()) {
            List<GatheredColumn> columns = GatheredRows.chosen(definitions.columns(table), table.columns());
            tables.rows().put(table.name(), new GatheredRows(columns, List.of()));
        }
        Binds documents = binds.copy();
        List<Query.Field> fields = shards.read(
                        target,
                        documents.bindForFields(documents().query(gather.query(), tables.rows(), documents)),
                        false)
                .fields();
        return own.in(fields, this::ask);
    }
}
