package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.gather.GatheredColumn;
import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.executor.gather.KeyForm;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.GatherParts;
import io.vtsphere.planner.Primitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks a query over gathered rows that are too large for it a part at a time; see {@link GatherParts}. Blocking, on a session thread; used once.
 *
 * <p>The rows of the largest table that may be split are halved until each part fits, with the rows of other tables that it needs.
 */
final class GatherPartsRun {
    private final GatherParts parts;
    private final Map<String, GatheredRows> gathered;
    private final GatherDocuments documents;
    private final Function<Map<String, GatheredRows>, StatementResult> ask;
    private final ShardRun shards;
    private final GatherParts.Split split;
    private final List<StatementResult> answers = new ArrayList<>();
    private long rows;
    private long bytes;

    /**
     * @param ask sends the query of a part with these rows
     * @param rows held already, and their bytes
     */
    GatherPartsRun(
            GatherParts parts,
            Map<String, GatheredRows> gathered,
            GatherDocuments documents,
            Function<Map<String, GatheredRows>, StatementResult> ask,
            ShardRun shards,
            long rows,
            long bytes) {
        this.parts = parts;
        this.gathered = gathered;
        this.documents = documents;
        this.ask = ask;
        this.shards = shards;
        this.rows = rows;
        this.bytes = bytes;
        this.split = parts.split().stream()
                .max(Comparator.comparingLong(
                        candidate -> Cells.bytes(rows(candidate.table()).rows())))
                .orElseThrow();
    }

    private GatheredRows rows(String table) {
        return Objects.requireNonNull(gathered.get(table), "gathered before");
    }

    /**
     * The answers of all parts.
     *
     * @throws io.vtsphere.vterrors.VtException 1153 when a single row with what it needs is too large
     */
    List<StatementResult> answers() {
        ask(rows(split.table()).rows());
        return answers;
    }

    private void ask(List<Query.Row> some) {
        Map<String, GatheredRows> part = part(some);
        if (documents.hold(part)) {
            StatementResult answer = ask.apply(part);
            rows += answer.rows().size();
            bytes += Cells.bytes(answer.rows());
            shards.requireRoom(rows, bytes);
            answers.add(answer);
        } else if (some.size() <= 1) {
            throw documents.tooLarge();
        } else {
            ask(some.subList(0, some.size() / 2));
            ask(some.subList(some.size() / 2, some.size()));
        }
    }

    private Map<String, GatheredRows> part(List<Query.Row> some) {
        Map<String, GatheredRows> part = new HashMap<>(gathered);
        part.put(split.table(), rows(split.table()).with(some));
        for (GatherParts.Reduction reduction : split.reductions()) {
            GatheredRows source = Objects.requireNonNull(part.get(reduction.source()), "reduced before");
            GatheredRows all = rows(reduction.table());
            GatheredColumn from = source.column(reduction.sourceColumn());
            GatheredColumn to = all.column(reduction.column());
            KeyForm form = from == null || to == null ? null : KeyForm.of(from, to);
            Set<ByteString> keys = form == null ? null : source.forms(reduction.sourceColumn(), form);
            if (form != null && keys != null) {
                part.put(reduction.table(), all.having(reduction.column(), form, keys));
            }
        }
        return part;
    }

    /** The bind variables of the query of a part: where it has a LIMIT, how many rows the whole needs. */
    static Binds below(GatherParts parts, Binds binds) {
        Binds below = binds;
        Primitive step = parts.merge();
        while (step != parts.route() && step instanceof Primitive.Inner inner) {
            below = step instanceof Primitive.Limit limit
                    ? RowWindow.of(limit, binds).below(below)
                    : below;
            step = inner.inputs().get(0);
        }
        return below;
    }
}
