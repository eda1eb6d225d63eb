package io.vtsphere.planner;

import io.vtsphere.sql.BoundValue;
import io.vtsphere.sql.Fingerprint;
import io.vtsphere.sql.Shape;
import io.vtsphere.sql.SqlModes;
import io.vtsphere.sql.SqlNormalizer;
import io.vtsphere.sql.SqlParser;
import io.vtsphere.topo.ServingState;
import java.util.List;
import java.util.function.Consumer;

/**
 * From the text of a statement to its plan, by way of the cache: statements that differ in their literals only share one plan.
 *
 * <p>Two steps of look-up. The text's fingerprint leads to its shape, which says what its literals are: bind variables, or parts of the
 * statement's meaning. Shape and fingerprint give the key of the plan. Where both are known, one pass of the lexer is all that is done with
 * the text. Thread-safe; computes only, so it may be called on an event loop.
 */
public final class CachedPlanner {
    private final Planner planner;
    private final PlanCache cache;
    private final Consumer<Plan> approve;

    /**
     * @param approve sees each new plan before it is used or kept, and throws to refuse it; that error is passed on
     */
    public CachedPlanner(Planner planner, PlanCache cache, Consumer<Plan> approve) {
        this.planner = planner;
        this.cache = cache;
        this.approve = approve;
    }

    /**
     * A plan and what the literals of the statement are in it.
     *
     * @param values bind variables of the plan, besides those of the statement's own parameters and of {@link Plan#sessionValues()}
     */
    public record Bound(Plan plan, List<BoundValue> values) {
        public Bound {
            values = List.copyOf(values);
        }
    }

    /**
     * The plan of a statement.
     *
     * @param keep whether the plan may come from the cache and stay in it
     * @throws io.vtsphere.vterrors.VtException the errors of {@link SqlParser#parse} and of {@link Planner#plan}
     */
    public Bound plan(
            String sql, SqlModes modes, ServingState state, PlanTarget target, PlanSettings settings, boolean keep) {
        Fingerprint fingerprint = SqlNormalizer.fingerprint(sql, modes);
        Shape shape = keep ? cache.shape(fingerprint) : null;
        if (shape != null) {
            Plan plan = cache.get(new PlanCache.Key(shape.planKey(fingerprint), target, state.epoch(), settings));
            if (plan != null) {
                return new Bound(plan, shape.values(fingerprint));
            }
        }
        SqlNormalizer.Normalized normalized = SqlNormalizer.normalize(SqlParser.parse(sql, modes), fingerprint);
        if (!keep) {
            return new Bound(planned(sql, normalized, state, target, settings), normalized.values());
        }
        PlanCache.Key key = new PlanCache.Key(normalized.shape().planKey(fingerprint), target, state.epoch(), settings);
        Plan plan = shape == null ? cache.get(key) : null;
        if (plan == null) {
            plan = planned(sql, normalized, state, target, settings);
            cache.put(fingerprint, normalized.shape());
            cache.put(key, plan);
        }
        return new Bound(plan, normalized.values());
    }

    private Plan planned(
            String sql,
            SqlNormalizer.Normalized normalized,
            ServingState state,
            PlanTarget target,
            PlanSettings settings) {
        Plan plan = planner.plan(sql, normalized.statement(), state, target, settings);
        approve.accept(plan);
        return plan;
    }
}
