package io.vtsphere.executor;

import com.google.protobuf.ByteString;
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
    private final GatheredTables tables;
    private final GatherDocuments documents;
    private final Function<Map<String, GatheredRows>, StatementResult> ask;
    private final GatherParts.Split split;
    private final List<StatementResult> answers = new ArrayList<>();
    private long rows;
    private long bytes;

    /**
     * @param split the table whose rows come in parts
     * @param tables the rows of all others
     * @param ask sends the query of a part with these rows
     */
    GatherPartsRun(
            GatherParts.Split split,
            GatheredTables tables,
            GatherDocuments documents,
            Function<Map<String, GatheredRows>, StatementResult> ask) {
        this.split = split;
        this.tables = tables;
        this.documents = documents;
        this.ask = ask;
    }

    /** Of the tables that may be split the one with the most bytes. */
    static GatherParts.Split largest(GatherParts parts, Map<String, GatheredRows> gathered) {
        return parts.split().stream()
                .max(Comparator.comparingLong(
                        split -> Cells.bytes(Objects.requireNonNull(gathered.get(split.table()), "gathered before")
                                .rows())))
                .orElseThrow();
    }

    private GatheredRows rows(String table) {
        return Objects.requireNonNull(tables.rows().get(table), "gathered before");
    }

    /** What all parts that were asked about gave. */
    List<StatementResult> answers() {
        return answers;
    }

    /**
     * Asks about some rows of the table, in as many parts as that takes.
     *
     * @throws io.vtsphere.vterrors.VtException 1153 when a single row with what it needs is too large
     */
    void ask(GatheredRows some) {
        Map<String, GatheredRows> part = part(some);
        int size = some.rows().size();
        if (documents.hold(part)) {
            StatementResult answer = ask.apply(part);
            rows += answer.rows().size();
            bytes += Cells.bytes(answer.rows());
            tables.require(rows, bytes);
            answers.add(answer);
        } else if (size <= 1) {
            throw documents.tooLarge();
        } else {
            ask(some.with(some.rows().subList(0, size / 2)));
            ask(some.with(some.rows().subList(size / 2, size)));
        }
    }

    private Map<String, GatheredRows> part(GatheredRows some) {
        Map<String, GatheredRows> part = new HashMap<>(tables.rows());
        part.put(split.table(), some);
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
