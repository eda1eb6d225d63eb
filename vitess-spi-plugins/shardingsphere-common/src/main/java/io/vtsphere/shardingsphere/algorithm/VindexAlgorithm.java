package io.vtsphere.shardingsphere.algorithm;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.shardingsphere.sharding.api.sharding.complex.ComplexKeysShardingAlgorithm;
import org.apache.shardingsphere.sharding.api.sharding.complex.ComplexKeysShardingValue;
import org.apache.shardingsphere.sharding.api.sharding.hint.HintShardingAlgorithm;
import org.apache.shardingsphere.sharding.api.sharding.hint.HintShardingValue;
import org.apache.shardingsphere.sharding.api.sharding.standard.PreciseShardingValue;
import org.apache.shardingsphere.sharding.api.sharding.standard.RangeShardingValue;
import org.apache.shardingsphere.sharding.api.sharding.standard.StandardShardingAlgorithm;
import org.jspecify.annotations.Nullable;

/** A vindex as a host's sharding algorithm, for standard, complex and hint strategies. Thread-safe after the start. */
public abstract class VindexAlgorithm extends HostAlgorithm<VindexRouting>
        implements StandardShardingAlgorithm<Comparable<?>>,
                ComplexKeysShardingAlgorithm<Comparable<?>>,
                HintShardingAlgorithm<Comparable<?>> {
    private final @Nullable String vindexType;
    private final Counter pruned;
    private final Counter whole;

    /** @param vindexType null when the property {@code vindex} names it */
    VindexAlgorithm(@Nullable String vindexType) {
        super("VITESS_" + (vindexType == null ? "VINDEX" : vindexType.toUpperCase(Locale.ROOT)));
        this.vindexType = vindexType;
        this.pruned = counter(getType(), "some");
        this.whole = counter(getType(), "all");
    }

    @Override
    protected final VindexRouting make(Properties props) {
        return RoutingProps.parse(getType(), vindexType, props);
    }

    @Override
    public String doSharding(Collection<String> available, PreciseShardingValue<Comparable<?>> value) {
        return routed(List.of(made().one(available, PreciseValues.of(value))), available)
                .iterator()
                .next();
    }

    /** All targets: see {@link VindexRouting} for why ranges never prune. */
    @Override
    public Collection<String> doSharding(Collection<String> available, RangeShardingValue<Comparable<?>> range) {
        return routed(available, available);
    }

    @Override
    public Collection<String> doSharding(Collection<String> available, ComplexKeysShardingValue<Comparable<?>> value) {
        return routed(made().several(available, value.getColumnNameAndShardingValuesMap()), available);
    }

    @Override
    public Collection<String> doSharding(Collection<String> available, HintShardingValue<Comparable<?>> value) {
        return routed(made().hinted(available, value.getValues()), available);
    }

    private Collection<String> routed(Collection<String> targets, Collection<String> available) {
        (targets.size() < available.size() ? pruned : whole).increment();
        return targets;
    }

    private static Counter counter(String type, String reach) {
        return Counter.builder("vtsphere.sharding.algorithm.routings")
                .description("Decisions of a sharding algorithm, by whether they reached all targets")
                .tag("type", type)
                .tag("reach", reach)
                .register(Metrics.globalRegistry);
    }
}
