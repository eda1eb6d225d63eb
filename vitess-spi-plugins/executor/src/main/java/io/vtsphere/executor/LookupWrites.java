package io.vtsphere.executor;

import io.vtsphere.planner.Plan;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.RouteValue;
import io.vtsphere.planner.Routing;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.vindex.BindVar;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.LookupQuery;
import io.vtsphere.vindex.LookupVindex;
import io.vtsphere.vindex.VindexQueries;
import io.vtsphere.vindex.VindexQueries.CommitOrder;
import io.vtsphere.vindex.VindexQueries.Purpose;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps lookup tables in step with the rows that a statement changes: entries and rows change together, or not at all.
 *
 * <p>Not thread-safe: belongs to the thread that runs the statement. Source: Vitess' {@code go/vt/vtgate/engine/insert_common.go}, {@code
 * update.go} and {@code delete.go}.
 */
final class LookupWrites {
    private final SessionParts parts;
    private final StatementPlans plans;
    private final Router router;
    private final ShardRun shards;
    private boolean atomic;

    LookupWrites(SessionParts parts, StatementPlans plans, Router router, ShardRun shards) {
        this.parts = parts;
        this.plans = plans;
        this.router = router;
        this.shards = shards;
    }

    /**
     * Runs a statement that changes several tables: in the client's transaction with a savepoint to go back to, else in one of its own. A
     * part of such a statement is undone with the whole.
     *
     * @throws VtException of the work, after what it did has been undone
     */
    StatementResult atomically(Supplier<StatementResult> work) {
        if (atomic) {
            return work.get();
        }
        atomic = true;
        try {
            return whole(work);
        } finally {
            atomic = false;
        }
    }

    private StatementResult whole(Supplier<StatementResult> work) {
        Transaction transaction = parts.state().transaction;
        if (!transaction.isOpen()) {
            transaction.openImplied();
            StatementResult result;
            try {
                result = work.get();
            } catch (RuntimeException e) {
                parts.loop().<Boolean>await(reply -> parts.ends().releaseEverything(() -> reply.success(true)));
                throw e;
            }
            parts.loop().<Boolean>await(parts.ends()::commit);
            return result;
        }
        String savepoint = "_vtl" + parts.state().uuid.replace("-", "");
        onEachShard("savepoint " + savepoint);
        transaction.setSavepoint(savepoint);
        try {
            return work.get();
        } catch (VtException e) {
            if (transaction.isOpen() && !transaction.isFailed()) {
                undo(savepoint, e);
            }
            throw e;
        }
    }

    /** The plan of a statement that came into being while another ran. */
    Plan plan(Statement statement) {
        return plans.made(statement, parts.state(), router.state());
    }

    private void undo(String savepoint, VtException error) {
        try {
            onEachShard("rollback to " + savepoint);
        } catch (VtException e) {
            parts.loop().<Boolean>await(reply -> parts.ends().releaseEverything(() -> reply.success(true)));
            throw VtException.of(
                    Code.ABORTED,
                    "transaction rolled back to reverse changes of partial DML execution: " + error.getMessage(),
                    error);
        }
    }

    private void onEachShard(String sql) {
        Transaction transaction = parts.state().transaction;
        parts.loop().<Boolean>await(reply -> parts.ends().onEachShard(transaction.begun(), sql, reply));
    }

    /** The shards of a write, which a lookup table may have to tell. */
    List<ShardQuery> resolve(Routing routing, Binds binds) {
        if (!(routing.vindex() instanceof LookupVindex vindex)) {
            return router.resolve(routing, binds);
        }
        LookupQuery query = vindex.query();
        // Where the entries of rows that this very transaction has inserted are seen.
        CommitOrder order = query.autocommit() ? CommitOrder.AUTOCOMMIT : query.commitOrder();
        VindexQueries queries = new LookupQueries(parts, plans, router, order);
        return new LookupRun(router, shards)
                .shards(
                        routing,
                        ids -> queries.execute(
                                Purpose.LOOKUP,
                                query.sql(),
                                Map.of(query.argument(), new BindVar.Tuple(ids)),
                                false,
                                order),
                        binds);
    }

    /** Adds the entries of the rows that are to be inserted. */
    void create(InsertRows rows, List<@Nullable KeyspaceId> ids) {
        VindexQueries queries = new LookupQueries(parts, plans, router, CommitOrder.PRE);
        for (Primitive.VindexRows vindex : rows.insert().vindexes()) {
            if (vindex.vindex() instanceof LookupVindex lookup) {
                List<List<SqlValue>> values = new ArrayList<>();
                List<KeyspaceId> found = new ArrayList<>();
                for (int row = 0; row < ids.size(); row++) {
                    KeyspaceId id = ids.get(row);
                    if (id != null) {
                        values.add(rows.values(vindex, row));
                        found.add(id);
                    }
                }
                Set<List<SqlValue>> taken = new HashSet<>();
                values.forEach(value -> take(lookup, value, taken));
                lookup.create(queries, values, found, false);
            }
        }
    }

    /** Removes or moves the entries of the rows that the statement is about to change. */
    void maintain(Primitive.OwnedRows owned, List<ShardQuery> reached, Binds binds) {
        VindexQueries queries = new LookupQueries(parts, plans, router, CommitOrder.POST);
        List<List<SqlValue>> rows = new ArrayList<>();
        for (StatementResult result : shards.read(reached, owned.query(), binds)) {
            rows.addAll(LookupQueries.rows(result));
        }
        Map<String, Set<List<SqlValue>>> taken = new HashMap<>();
        for (List<SqlValue> row : rows) {
            List<SqlValue> key = row.subList(0, owned.primaryColumns());
            if (!(Router.map(owned.primary(), key) instanceof KeyspaceId id)) {
                throw VtException.of(
                        Code.INTERNAL,
                        "a row of the table has no keyspace id: "
                                + owned.primary().name() + " of " + key);
            }
            for (Primitive.OwnedLookup lookup : owned.lookups()) {
                Set<List<SqlValue>> values = taken.computeIfAbsent(lookup.name(), unused -> new HashSet<>());
                maintain(queries, lookup, row, id, binds, values);
            }
        }
    }

    private static void maintain(
            VindexQueries queries,
            Primitive.OwnedLookup lookup,
            List<SqlValue> row,
            KeyspaceId id,
            Binds binds,
            Set<List<SqlValue>> taken) {
        List<SqlValue> old = row.subList(
                lookup.firstColumn(),
                lookup.firstColumn() + lookup.vindex().fromColumns().size());
        if (lookup.newValues().isEmpty()) {
            lookup.vindex().delete(queries, List.of(old), id);
            return;
        }
        SqlValue unchanged = row.get(lookup.unchangedColumn());
        if (unchanged.text().equals("1")) {
            return;
        }
        List<SqlValue> changed = new ArrayList<>(old);
        for (int i = 0; i < changed.size(); i++) {
            RouteValue value = lookup.newValues().get(i).orElse(null);
            if (value != null) {
                changed.set(i, binds.value(value));
            }
        }
        take(lookup.vindex(), changed, taken);
        lookup.vindex().update(queries, old, id, changed);
    }

    /**
     * A value that one statement gives to a second row. A consistent lookup would take the first row's entry for one whose row is gone: the
     * row is written after it.
     */
    private static void take(LookupVindex vindex, List<SqlValue> value, Set<List<SqlValue>> taken) {
        if (vindex.unique() && value.stream().noneMatch(SqlValue::isNull) && !taken.add(List.copyOf(value))) {
            String text = value.stream().map(SqlValue::text).collect(Collectors.joining("-"));
            throw VtException.of(
                    Code.ALREADY_EXISTS,
                    "Duplicate entry '" + text + "' for key '" + vindex.name() + "' (errno 1062) (sqlstate 23000)");
        }
    }
}
