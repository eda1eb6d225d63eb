package io.vtsphere.tablet.query;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/** The plans of the statements seen lately, by text. Thread-safe. */
public final class QueryPlans {
    /** Longer texts are most likely one of a kind. */
    private static final int MAX_CACHED_TEXT = 16 * 1024;

    private final Cache<String, QueryPlan> plans;
    private volatile DeniedTables denied = DeniedTables.NONE;

    public QueryPlans(int capacity) {
        this.plans = Caffeine.newBuilder().maximumSize(capacity).build();
    }

    /** From now on statements with these tables are refused. */
    public void deny(DeniedTables now) {
        denied = now;
    }

    /**
     * @throws io.vtsphere.vterrors.VtException when the text is no statement that a tablet takes; FAILED_PRECONDITION when it names a denied
     *     table
     */
    public QueryPlan plan(String sql, boolean cached) {
        QueryPlan plan = known(sql, cached);
        denied.check(plan);
        return plan;
    }

    private QueryPlan known(String sql, boolean cached) {
        QueryPlan known = plans.getIfPresent(sql);
        if (known != null) {
            return known;
        }
        QueryPlan made = StatementAnalyser.analyse(sql);
        if (cached && sql.length() <= MAX_CACHED_TEXT) {
            plans.put(sql, made);
        }
        return made;
    }

    public long size() {
        return plans.estimatedSize();
    }
}
