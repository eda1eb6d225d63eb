package io.vtsphere.executor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vtsphere.planner.Plan;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What each plan has done since it was made; forgotten with the plan. Thread-safe. */
final class PlanStatistics {
    private final Cache<Plan, Counts> counts =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    /** The counts of one plan. */
    static final class Counts {
        final LongAdder executions = new LongAdder();
        final LongAdder nanos = new LongAdder();
        final LongAdder shardQueries = new LongAdder();
        final LongAdder rowsReturned = new LongAdder();
        final LongAdder rowsAffected = new LongAdder();
        final LongAdder errors = new LongAdder();
    }

    /** The counts so far; null for a plan that has not run. */
    @Nullable
    Counts of(Plan plan) {
        return counts.getIfPresent(plan);
    }

    private Counts counts(Plan plan) {
        Counts known = counts.getIfPresent(plan);
        return known != null ? known : counts.get(plan, made -> new Counts());
    }

    void succeeded(Plan plan, long nanos, int shards, long returned, long affected) {
        Counts of = counts(plan);
        of.executions.increment();
        of.nanos.add(nanos);
        of.shardQueries.add(shards);
        of.rowsReturned.add(returned);
        of.rowsAffected.add(affected);
    }

    void failed(Plan plan, long nanos) {
        Counts of = counts(plan);
        of.executions.increment();
        of.nanos.add(nanos);
        of.errors.increment();
    }
}
