package io.vtsphere.planner;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vtsphere.sql.Fingerprint;
import io.vtsphere.sql.Shape;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The plans of statements that were met before, up to a number of bytes; what is used often stays.
 *
 * <p>Thread-safe, and nobody waits in it: two threads that miss the same statement at one moment both plan it, and one plan is kept. A plan
 * is found only under the epoch it was made for, so a change of VSchema or shards needs no clearing; {@link #retainEpoch} gives the memory
 * back earlier.
 */
public final class PlanCache {
    /** The part of an entry that neither text nor plan tells: the cache's node and the key. */
    private static final int ENTRY_BYTES = 200;

    /** What shapes get of the memory: they are small, and there is one for every plan or fewer. */
    private static final int SHAPES_SHARE = 8;

    private final Cache<Key, Plan> plans;
    private final Cache<String, Shape> shapes;
    private final long maxBytes;

    /**
     * What a plan depends on.
     *
     * @param text the statement's text, normalised so that equal ones have equal plans and column names
     * @param epoch {@link io.vtsphere.topo.ServingState#epoch()} of the snapshot that was planned with
     */
    public record Key(String text, PlanTarget target, long epoch, PlanSettings settings) {}

    private PlanCache(long maxBytes) {
        this.maxBytes = maxBytes;
        this.shapes = Caffeine.newBuilder()
                .maximumWeight(maxBytes / SHAPES_SHARE)
                .weigher((String key, Shape shape) -> weigh(key, shape))
                .executor(Runnable::run)
                .build();
        this.plans = Caffeine.newBuilder()
                .maximumWeight(maxBytes - maxBytes / SHAPES_SHARE)
                .weigher((Key key, Plan plan) -> weigh(key, plan))
                .recordStats()
                .executor(Runnable::run)
                .build();
    }

    /**
     * An empty cache.
     *
     * @param maxBytes an estimate of the memory that plans and keys may take; 0 keeps none
     * @param meters gets {@code vtgate.query.plan.cache.*}
     */
    public static PlanCache open(long maxBytes, MeterRegistry meters) {
        PlanCache cache = new PlanCache(maxBytes);
        cache.register(meters);
        return cache;
    }

    private static int weigh(Key key, Plan plan) {
        return (int) Math.min(Integer.MAX_VALUE, ENTRY_BYTES + PlanWeight.of(key.text()) + PlanWeight.of(plan));
    }

    private static int weigh(String key, Shape shape) {
        return (int) Math.min(Integer.MAX_VALUE, ENTRY_BYTES + PlanWeight.of(key) + PlanWeight.of(shape.names()));
    }

    /** The shape that statements with this fingerprint have, or null. */
    @Nullable
    Shape shape(Fingerprint fingerprint) {
        String key = fingerprint.key();
        return key == null ? null : shapes.getIfPresent(key);
    }

    /** Keeps the shape of statements with this fingerprint. */
    void put(Fingerprint fingerprint, Shape shape) {
        String key = fingerprint.key();
        if (key != null) {
            shapes.put(key, shape);
        }
    }

    /** The plan kept under the key, or null; counts as a hit or a miss. */
    public @Nullable Plan get(Key key) {
        return plans.getIfPresent(key);
    }

    /** The plan kept under the key, else the one that {@code planner} gives; errors of the planner are passed on and nothing is kept. */
    public Plan get(Key key, Supplier<Plan> planner) {
        Plan known = plans.getIfPresent(key);
        if (known != null) {
            return known;
        }
        Plan plan = planner.get();
        put(key, plan);
        return plan;
    }

    /** Keeps a plan, unless its statement asks not to. */
    public void put(Key key, Plan plan) {
        if (!plan.directives().skipPlanCache()) {
            plans.put(key, plan);
        }
    }

    /** Shows every plan that is kept, in no order, without counting as a use of it. */
    public void forEach(BiConsumer<Key, Plan> action) {
        plans.asMap().forEach(action);
    }

    /** Drops the plans of every other epoch. */
    public void retainEpoch(long epoch) {
        plans.asMap().keySet().removeIf(key -> key.epoch() != epoch);
    }

    private long bytes() {
        return bytes(plans) + bytes(shapes);
    }

    private static long bytes(Cache<?, ?> cache) {
        return cache.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    private void register(MeterRegistry meters) {
        Gauge.builder("vtgate.query.plan.cache.length", plans, Cache::estimatedSize)
                .description("plans kept")
                .register(meters);
        Gauge.builder("vtgate.query.plan.cache.size", this, PlanCache::bytes)
                .description("estimated memory of the plans kept, in bytes")
                .register(meters);
        Gauge.builder("vtgate.query.plan.cache.capacity", this, cache -> cache.maxBytes)
                .description("most memory that plans may take, in bytes")
                .register(meters);
        counter(meters, "hits", "statements whose plan was kept", CacheStats::hitCount);
        counter(meters, "misses", "statements whose plan was not kept", CacheStats::missCount);
        counter(meters, "evictions", "plans dropped for others", CacheStats::evictionCount);
    }

    private void counter(MeterRegistry meters, String name, String what, ToDoubleFunction<CacheStats> value) {
        FunctionCounter.builder("vtgate.query.plan.cache." + name, plans, cache -> value.applyAsDouble(cache.stats()))
                .description(what)
                .register(meters);
    }
}
