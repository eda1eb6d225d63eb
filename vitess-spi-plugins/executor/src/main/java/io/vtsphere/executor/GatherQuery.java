package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.planner.GatherParts;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.State;
import io.vtsphere.vterrors.VtException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a tablet a query over gathered rows: at once, or in parts where they are too large. Blocking, on a session thread; used once. */
final class GatherQuery {
    private final Primitive.Gather gather;
    private final Target target;
    private final GatherDocuments documents;
    private final ShardRun shards;
    private final GatherRun.Steps steps;
    private final @Nullable List<Query.Field> checked;
    private final Binds binds;

    /** @param checked the columns of the result as the query over the tables themselves has them; null where no tablet knows */
    GatherQuery(
            Primitive.Gather gather,
            Target target,
            GatherDocuments documents,
            ShardRun shards,
            GatherRun.Steps steps,
            @Nullable List<Query.Field> checked,
            Binds binds) {
        this.gather = gather;
        this.target = target;
        this.documents = documents;
        this.shards = shards;
        this.steps = steps;
        this.checked = checked;
        this.binds = binds;
    }

    /**
     * The answer over all rows.
     *
     * @throws VtException 1153 where they are too large, and the query cannot be asked in parts
     */
    StatementResult answer(GatheredTables tables) {
        Map<String, GatheredRows> gathered = tables.rows();
        if (documents.hold(gathered)) {
            StatementResult result = ask(gather.query(), gathered, binds);
            return checked == null ? result : GatherFields.of(checked, result);
        }
        GatherParts parts = gather.parts();
        if (parts == null) {
            throw documents.tooLarge();
        }
        GatherParts.Split split = GatherPartsRun.largest(parts, gathered);
        GatherPartsRun run = start(parts, split, tables);
        GatheredRows largest = gathered.get(split.table());
        if (largest != null) {
            run.ask(largest);
        }
        return merged(parts, run, tables);
    }

    /** Begins to ask in parts of the rows of one table. */
    GatherPartsRun start(GatherParts parts, GatherParts.Split split, GatheredTables tables) {
        Binds below = GatherPartsRun.below(parts, binds);
        QueryText query = parts.route().query();
        return new GatherPartsRun(split, tables, documents, some -> ask(query, some, below));
    }

    /** What the parts' answers make. */
    StatementResult merged(GatherParts parts, GatherPartsRun run, GatheredTables tables) {
        try {
            StatementResult merged = steps.over(parts.merge(), parts.route(), run.answers());
            return GatherFields.of(checked == null ? fieldsOfNoRows(tables.rows()) : checked, merged);
        } catch (VtException refusal) {
            throw refusal.state() == State.NOT_SUPPORTED_YET ? documents.tooLarge() : refusal;
        }
    }

    private List<Query.Field> fieldsOfNoRows(Map<String, GatheredRows> gathered) {
        Map<String, GatheredRows> none = new HashMap<>();
        gathered.forEach((name, some) -> none.put(name, some.with(List.of())));
        return ask(gather.query(), none, binds).fields();
    }

    private StatementResult ask(QueryText query, Map<String, GatheredRows> some, Binds values) {
        Binds with = values.copy();
        QueryText full = documents.query(query, some, with);
        return shards.read(target, with.bind(full, Map.of()), gather.readsTables());
    }
}
