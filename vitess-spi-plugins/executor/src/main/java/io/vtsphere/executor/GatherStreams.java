package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.gather.GatheredRows;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.planner.GatherParts;
import io.vtsphere.planner.GatheredTable;
import io.vtsphere.planner.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers rows by streams, which tablets do not bound, and asks the query batch by batch of one table. Blocking, on a session thread. */
final class GatherStreams {
    private final Primitive.Gather gather;
    private final GatheredTables tables;
    private final ShardRun shards;

    GatherStreams(Primitive.Gather gather, GatheredTables tables, ShardRun shards) {
        this.gather = gather;
        this.tables = tables;
        this.shards = shards;
    }

    /** The table of which never more than a batch is in memory: one that may be split, and that no other's rows wait for. */
    @Nullable
    GatheredTable inBatches() {
        List<GatheredTable> all = gather.tables();
        for (int i = all.size() - 1; i >= 0; i--) {
            GatheredTable table = all.get(i);
            boolean awaited = all.stream()
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

    /** The answer; the rows of the other tables are there. */
    StatementResult answer(GatherReads.TableRead read, GatherQuery query) {
        GatherParts parts = gather.parts();
        GatherParts.Split split = split(read.table());
        if (read.read() == null || parts == null || split == null) {
            tables.take(List.of(read), List.of());
            return query.answer(tables);
        }
        try (PulledRows pulled = shards.pull(read.read())) {
            GatherPartsRun run = null;
            while (true) {
                PulledRows.Batch batch = pulled.next(shards.gatherBytes() / 2);
                GatheredRows some = tables.takeForNow(read, batch);
                if (run == null && batch.last()) {
                    return query.answer(tables);
                }
                run = run == null ? query.start(parts, split, tables) : run;
                if (!batch.rows().isEmpty()) {
                    run.ask(some);
                }
                if (batch.last()) {
                    return query.merged(parts, run, tables);
                }
            }
        }
    }

    /** All rows of each read, which is made when it is asked for. */
    List<Supplier<List<StatementResult>>> whole(List<ShardRead> reads) {
        List<Supplier<List<StatementResult>>> results = new ArrayList<>();
        reads.forEach(read -> results.add(() -> List.of(whole(read))));
        return results;
    }

    private StatementResult whole(ShardRead read) {
        List<Query.Row> all = new ArrayList<>();
        long bytes = 0;
        try (PulledRows pulled = shards.pull(read)) {
            PulledRows.Batch batch;
            do {
                batch = pulled.next(shards.gatherBytes());
                all.addAll(batch.rows());
                bytes += Cells.bytes(batch.rows());
                tables.require(all.size(), bytes);
            } while (!batch.last());
            return StatementResult.rows(batch.fields(), all);
        }
    }
}
