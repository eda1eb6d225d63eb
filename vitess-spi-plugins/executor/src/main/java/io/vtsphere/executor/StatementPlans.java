package io.vtsphere.executor;

import io.vtsphere.planner.Plan;
import io.vtsphere.planner.PlanCache;
import io.vtsphere.sql.ast.Expr;
import io.vtsphere.sql.ast.Statement;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.ServingState;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * From statements to plans, through a cache. Computes only: may be called on an event loop. Thread-safe.
 *
 * <p>Every method throws {@link io.vtsphere.vterrors.VtException}: 1064 for a text that is no SQL, VT12001 for what is not supported, and
 * others as planning finds them.
 */
interface StatementPlans {
    Planned plan(String sql, SessionState session, ServingState state);

    /** A statement with parameters, to be planned when it runs. */
    PreparedText prepare(String sql);

    Planned plan(PreparedText text, List<SqlValue> params, SessionState session, ServingState state);

    /** The SQL text of an expression. */
    String print(Expr expr);

    /** The plan of a vindex' own query, which the session's settings do not touch. */
    Plan lookup(String sql, SessionState session, ServingState state);

    /** The plan of a statement that was made of another and of rows that this found; hints of the session's settings are in it. */
    Plan made(Statement statement, SessionState session, ServingState state);

    /** Shows the plans that are kept. */
    default void forEachKept(BiConsumer<PlanCache.Key, Plan> action) {}

    /** The plan of a prepared statement whose parameters are not known yet. */
    Planned planForFields(PreparedText text, SessionState session, ServingState state);
}
