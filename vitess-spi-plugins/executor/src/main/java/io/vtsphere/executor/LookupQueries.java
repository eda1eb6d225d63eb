package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.planner.Directives;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.QueryText;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ShardMap;
import io.vtsphere.topo.Target;
import io.vtsphere.vindex.BindVar;
import io.vtsphere.vindex.KeyspaceId;
import io.vtsphere.vindex.VindexQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the queries of lookup vindexes in the session's transactions, for a statement that changes rows.
 *
 * <p>Not thread-safe: belongs to the thread that runs the statement. Source: Vitess' {@code go/vt/vtgate/executorcontext}.
 */
final class LookupQueries implements VindexQueries {
    private final SessionParts parts;
    private final StatementPlans plans;
    private final Router router;
    private final CommitOrder lockOrder;

    /** @param lockOrder where consistent lookups lock the entries that they read */
    LookupQueries(SessionParts parts, StatementPlans plans, Router router, CommitOrder lockOrder) {
        this.parts = parts;
        this.plans = plans;
        this.router = router;
        this.lockOrder = lockOrder;
    }

    @Override
    public List<List<SqlValue>> execute(
            Purpose purpose,
            String sql,
            Map<String, BindVar> bindVars,
            boolean rollbackOnError,
            CommitOrder commitOrder) {
        Plan plan = plans.lookup(sql, parts.state(), router.state());
        ShardRun shards = new ShardRun(parts, plan.directives(), commitOrder);
        return rows(new PlanRun(plan, router, shards, parts.local(), router.type(), null).run(binds(bindVars)));
    }

    @Override
    public List<List<SqlValue>> executeOnKeyspaceId(
            String keyspace,
            KeyspaceId keyspaceId,
            String sql,
            Map<String, BindVar> bindVars,
            boolean rollbackOnError,
            boolean autocommit) {
        ShardMap map = router.state().keyspace(keyspace).shards(router.type());
        Target target = new Target(keyspace, map.shardFor(keyspaceId).name(), router.type());
        QueryText text = new QueryText(sql, List.copyOf(bindVars.keySet()));
        ShardRun shards =
                new ShardRun(parts, Directives.NONE, autocommit ? CommitOrder.AUTOCOMMIT : CommitOrder.NORMAL);
        return rows(shards.read(target, binds(bindVars).bind(text, Map.of()), true));
    }

    private static Binds binds(Map<String, BindVar> bindVars) {
        Binds binds = new Binds();
        bindVars.forEach((name, variable) -> {
            if (variable instanceof BindVar.Scalar scalar) {
                binds.set(name, scalar.value());
            } else {
                binds.setList(name, ((BindVar.Tuple) variable).values());
            }
        });
        return binds;
    }

    static List<List<SqlValue>> rows(StatementResult result) {
        List<List<SqlValue>> rows = new ArrayList<>(result.rows().size());
        for (Query.Row row : result.rows()) {
            rows.add(LookupRun.values(row, result.fields()));
        }
        return rows;
    }

    /** Every statement that changes entries runs in a transaction, the client's or one of its own. */
    @Override
    public boolean inTransactionAndIsDml() {
        return true;
    }

    @Override
    public CommitOrder lookupRowLockSession() {
        return lockOrder;
    }

    /** Whether MySQL finds two values equal is asked with the row, so here only the same bytes count. */
    @Override
    public boolean nullSafeEqual(SqlValue a, SqlValue b) {
        return a.equals(b);
    }
}
