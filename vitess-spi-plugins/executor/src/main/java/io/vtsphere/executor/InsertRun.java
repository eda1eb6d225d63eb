package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.Primitive;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vterrors.VtError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** INSERT and REPLACE on a session thread: values from sequences, then each row to its shard. Not thread-safe: used once. */
final class InsertRun {
    private final Router router;
    private final ShardRun shards;
    private final @Nullable LookupWrites lookups;

    InsertRun(Router router, ShardRun shards, @Nullable LookupWrites lookups) {
        this.router = router;
        this.shards = shards;
        this.lookups = lookups;
    }

    StatementResult run(Primitive.Insert insert, Binds given) {
        InsertRows rows = new InsertRows(insert, router, given);
        if (rows.hasHoles()) {
            rows.fill(shards.standalone(rows.sequenceTarget(), rows.sequenceQuery()));
        }
        return rows.withGenerated(insert.vindexes().isEmpty() ? whole(insert, rows.binds()) : split(insert, rows));
    }

    private StatementResult split(Primitive.Insert insert, InsertRows rows) {
        boolean owner = insert.vindexes().stream().anyMatch(vindex -> vindex.vindex() instanceof LookupVindex);
        if (!owner) {
            return parts(rows.split());
        }
        LookupWrites writes = lookups;
        if (writes == null) {
            throw VtError.VT12001.with("lookup table '" + insert.table() + "' that owns a lookup vindex");
        }
        return writes.atomically(() -> {
            List<@Nullable KeyspaceId> ids = rows.keyspaceIds();
            writes.create(rows, ids);
            return parts(rows.split(ids));
        });
    }

    private StatementResult whole(Primitive.Insert insert, Binds binds) {
        boolean copies = insert.routing().opcode() == Opcode.REFERENCE;
        List<ShardQuery> resolved =
                copies ? router.everyShard(insert.routing()) : router.resolve(insert.routing(), binds);
        List<StatementResult> results = shards.write(resolved, insert.query(), binds);
        return copies ? results.get(0) : PlanRun.sum(results);
    }

    private StatementResult parts(List<InsertRows.Part> parts) {
        if (parts.isEmpty()) {
            return StatementResult.OK;
        }
        List<ShardQuery> order = new ArrayList<>(parts.size());
        Map<ShardQuery, Query.BoundQuery> queries = new LinkedHashMap<>();
        for (InsertRows.Part part : parts) {
            order.add(part.shard());
            queries.put(part.shard(), part.query());
        }
        List<StatementResult> results = shards.write(order, queries);
        return withIdOfLastRow(PlanRun.sum(results), results, parts);
    }

    /** As one MySQL would: where several shards report an insert id, that of the statement's last row counts. */
    private static StatementResult withIdOfLastRow(
            StatementResult sum, List<StatementResult> results, List<InsertRows.Part> parts) {
        int last = -1;
        StatementResult from = sum;
        for (int i = 0; i < parts.size(); i++) {
            List<Integer> rows = parts.get(i).rows();
            int highest = rows.get(rows.size() - 1);
            if (results.get(i).insertId() != 0 && highest > last) {
                last = highest;
                from = results.get(i);
            }
        }
        return from == sum ? sum : sum.withInsertId(from.insertId());
    }
}
