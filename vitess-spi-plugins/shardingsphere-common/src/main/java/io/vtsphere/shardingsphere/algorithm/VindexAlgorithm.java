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

/**
 * A vindex as a host's sharding algorithm, for standard, complex and hint strategies.
 *
 * <p>One class file for two lines of ShardingSphere: 5.1 sets the properties and calls {@link #init()}, 5.5 calls {@link #init(Properties)}.
 * Either happens once, before the first statement. Thread-safe afterwards.
 */
public abstract class VindexAlgorithm
        implements StandardShardingAlgorithm<Comparable<?>>,
                ComplexKeysShardingAlgorithm<Comparable<?>>,
                HintShardingAlgorithm<Comparable<?>> {
    private final String type;
    private final @Nullable String vindexType;
    private final Counter pruned;
    private final Counter whole;
    /** Written by the host's starting thread only. */
    private volatile Properties props = new Properties();
    /** Written once, by {@link #init}. */
    private volatile @Nullable VindexRouting routing;

    /** @param vindexType null when the property {@code vindex} names it */
    VindexAlgorithm(@Nullable String vindexType) {
        this.type = "VITESS_" + (vindexType == null ? "VINDEX" : vindexType.toUpperCase(Locale.ROOT));
        this.vindexType = vindexType;
        this.pruned = counter(type, "some");
        this.whole = counter(type, "all");
    }

    @Override
    public String getType() {
        return type;
    }

    @Override
    public Properties getProps() {
        return props;
    }

    /** Called by 5.1. */
    @Override
    public void setProps(Properties props) {
        this.props = props;
    }

    /**
     * Called by 5.1, after {@link #setProps}.
     *
     * @throws IllegalArgumentException that names the property which is missing, unknown or wrong
     */
    @Override
    public void init() {
        routing = RoutingProps.parse(type, vindexType, props);
    }

    /**
     * Called by 5.5.
     *
     * @throws IllegalArgumentException that names the property which is missing, unknown or wrong
     */
    public void init(Properties props) {
        setProps(props);
        init();
    }

    @Override
    public String doSharding(Collection<String> available, PreciseShardingValue<Comparable<?>> value) {
        return routed(List.of(routing().one(available, PreciseValues.of(value))), available)
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
        return routed(routing().several(available, value.getColumnNameAndShardingValuesMap()), available);
    }

    @Override
    public Collection<String> doSharding(Collection<String> available, HintShardingValue<Comparable<?>> value) {
        return routed(routing().hinted(available, value.getValues()), available);
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

    private VindexRouting routing() {
        VindexRouting initialised = routing;
        if (initialised == null) {
            throw new IllegalStateException(type + " is not initialised");
        }
        return initialised;
    }
}
