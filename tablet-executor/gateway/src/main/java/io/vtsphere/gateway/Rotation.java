package io.vtsphere.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is in rotation for which target. Changed on the health loop only; {@link #group} is read by anyone.
 *
 * <p>A primary: the one with the greatest term among those that claim to be it, if it serves; at equal terms the one that began to serve
 * last. A tablet with a smaller term never stands in for it, because it may not know yet that it was replaced. Others: those of the local
 * cell or its cell alias that are fresh enough ({@link LagFilter}), local cell first. Source: Vitess' {@code go/vt/discovery/healthcheck.go}.
 */
final class Rotation {
    private final GatewayConfig config;
    private final MeterRegistry registry;
    private final LagFilter lagFilter;
    private final Map<Target, TargetGroup> groups = new ConcurrentHashMap<>();
    private final Map<Target, Map<TabletAlias, TabletRecord>> claims = new HashMap<>();
    private final Function<Target, @Nullable ShardBuffer> buffers;
    private ServingState topology = ServingState.empty();

    /** @param buffers makes the buffer of a target; gives null where calls are not held */
    Rotation(GatewayConfig config, MeterRegistry registry, Function<Target, @Nullable ShardBuffer> buffers) {
        this.config = config;
        this.registry = registry;
        this.lagFilter = LagFilter.of(config);
        this.buffers = buffers;
    }

    /** The target's tablets; null when no tablet has ever claimed to serve it, or the last one is gone. */
    @Nullable
    TargetGroup group(Target target) {
        return groups.get(target);
    }

    /** Cell aliases and shards may have changed. */
    void topology(ServingState newer) {
        topology = newer;
        for (Target target : List.copyOf(claims.keySet())) {
            publish(target);
        }
        for (TargetGroup group : List.copyOf(groups.values())) {
            ShardBuffer buffer = group.buffer();
            if (buffer != null) {
                buffer.onTopology(newer);
            }
            forgetIfUnused(group.target());
        }
        groups.keySet().stream()
                .filter(target -> target.type() == TabletType.PRIMARY)
                .map(Target::keyspace)
                .distinct()
                .toList()
                .forEach(this::keyspaceEvent);
    }

    /** A primary of the keyspace, or its serving graph, has changed. */
    private void keyspaceEvent(String keyspace) {
        List<TargetGroup> primaries = groups.values().stream()
                .filter(group -> group.target().type() == TabletType.PRIMARY
                        && group.target().keyspace().equals(keyspace))
                .toList();
        Set<String> serving = new HashSet<>();
        for (TargetGroup group : primaries) {
            if (!group.healthy().isEmpty()) {
                serving.add(group.target().shard());
            }
        }
        boolean consistent = KeyspaceEvents.consistent(topology, keyspace, serving);
        for (TargetGroup group : primaries) {
            group.resharding(
                    !consistent && KeyspaceEvents.replaced(group.target().shard(), serving));
            ShardBuffer buffer = group.buffer();
            if (buffer != null) {
                buffer.onKeyspace(consistent);
            }
        }
    }

    void shutdown() {
        for (TargetGroup group : groups.values()) {
            ShardBuffer buffer = group.buffer();
            if (buffer != null) {
                buffer.shutdown();
            }
        }
    }

    /**
     * The tablet said something.
     *
     * @return whether the set of healthy tablets of any target changed
     */
    boolean update(TabletRecord record, Vitals before) {
        Target now = record.vitals().target();
        boolean changed = !now.equals(before.target()) && remove(record, before.target());
        if (!now.type().isServing()) {
            return changed;
        }
        Map<TabletAlias, TabletRecord> claimants = claims.computeIfAbsent(now, target -> new LinkedHashMap<>());
        boolean known = claimants.put(record.alias(), record) == record;
        if (known && isTrivial(before, record.vitals())) {
            return false;
        }
        return publish(now) || changed;
    }

    /** Whether what changed cannot matter to anybody's choice: most reports do not, and there may be ten thousand tablets. */
    private boolean isTrivial(Vitals before, Vitals now) {
        boolean sameLag = before.replicationLagSeconds() == now.replicationLagSeconds()
                || Math.max(before.replicationLagSeconds(), now.replicationLagSeconds()) <= lagFilter.lowSeconds();
        return sameLag
                && before.isHealthy() == now.isHealthy()
                && before.primaryTermStartTime() == now.primaryTermStartTime()
                && before.target().equals(now.target());
    }

    /** Takes the record out, unless another generation of the tablet has its place. */
    boolean remove(TabletRecord record, Target target) {
        Map<TabletAlias, TabletRecord> claimants = claims.get(target);
        if (claimants == null || !claimants.remove(record.alias(), record)) {
            return false;
        }
        boolean changed = publish(target);
        if (claimants.isEmpty()) {
            claims.remove(target);
            forgetIfUnused(target);
        }
        return changed;
    }

    /** A primary's group stays while its shard does: calls may be held there until a tablet takes over. */
    private void forgetIfUnused(Target target) {
        boolean expected = target.type() == TabletType.PRIMARY && Shards.exists(topology, target);
        if (!claims.containsKey(target) && !expected) {
            TargetGroup group = groups.remove(target);
            if (group != null) {
                group.metrics().close();
            }
        }
    }

    boolean isClaimed(Target target) {
        return claims.containsKey(target);
    }

    private boolean publish(Target target) {
        Map<TabletAlias, TabletRecord> claimants = claims.getOrDefault(target, Map.of());
        TargetGroup group = groups.get(target);
        if (group == null) {
            group = new TargetGroup(target, new CallMetrics(registry, target), buffers.apply(target));
            groups.put(target, group);
        }
        if (target.type() != TabletType.PRIMARY) {
            return group.publish(others(target.keyspace(), claimants));
        }
        boolean changed = publishPrimary(group, claimants);
        if (changed) {
            keyspaceEvent(target.keyspace());
        }
        return changed;
    }

    private static boolean publishPrimary(TargetGroup group, Map<TabletAlias, TabletRecord> claimants) {
        TabletRecord best = null;
        for (TabletRecord record : claimants.values()) {
            if (best == null || PRIMARY_ORDER.compare(record, best) > 0) {
                best = record;
            }
        }
        boolean serves = best != null && isHealthy(best);
        boolean changed = group.publish(
                best == null || !serves
                        ? HealthyTablets.NONE
                        : new HealthyTablets(List.of(best.peer()), 1, Choice.LOAD));
        if (best != null && serves && claimants.size() > 1) {
            cutOffLost(claimants.values(), best);
        }
        ShardBuffer buffer = group.buffer();
        if (buffer != null) {
            buffer.onPrimary(serves, best == null ? 0 : best.vitals().primaryTermStartTime());
        }
        return changed;
    }

    /**
     * Ends the calls that hang on primaries of an older term which were lost: should such a tablet wake up, it must not tell anybody of a
     * write that the new primary does not have.
     */
    private static void cutOffLost(Collection<TabletRecord> claimants, TabletRecord primary) {
        for (TabletRecord record : claimants) {
            Vitals vitals = record.vitals();
            if (!vitals.heard()
                    && vitals.primaryTermStartTime() < primary.vitals().primaryTermStartTime()) {
                record.peer().cutOff();
            }
        }
    }

    private static final Comparator<TabletRecord> PRIMARY_ORDER = Comparator.comparingLong(
                    (TabletRecord record) -> record.vitals().primaryTermStartTime())
            .thenComparing((TabletRecord record) -> isHealthy(record))
            .thenComparingLong(TabletRecord::servingSince);

    private HealthyTablets others(String keyspace, Map<TabletAlias, TabletRecord> claimants) {
        String group = topology.cellAlias(config.cell());
        List<TabletRecord> serving = new ArrayList<>(claimants.size());
        for (TabletRecord record : claimants.values()) {
            if (isHealthy(record) && topology.cellAlias(record.alias().cell()).equals(group)) {
                serving.add(record);
            }
        }
        // local cell first and by alias: of two equally late tablets it is always the same one that stays
        serving.sort(
                Comparator.comparing((TabletRecord record) -> !isLocal(record)).thenComparing(TabletRecord::alias));
        Set<TabletRecord> fresh =
                new HashSet<>(lagFilter.keep(serving, record -> record.vitals().replicationLagSeconds()));
        // and not by lag, which would make every report a change
        List<TabletRecord> kept = serving.stream().filter(fresh::contains).toList();
        return balanced(keyspace, kept);
    }

    /** @param kept local cell first */
    private HealthyTablets balanced(String keyspace, List<TabletRecord> kept) {
        BalancerConfig balancer = config.balancer();
        BalancerMode mode = balancer.modeOf(keyspace);
        List<TabletPeer> peers = kept.stream().map(TabletRecord::peer).toList();
        if (mode == BalancerMode.PREFER_CELL && !kept.isEmpty()) {
            List<String> cells =
                    kept.stream().map(record -> record.alias().cell()).toList();
            int[] limits = CellFlows.limits(config.cell(), balancer.vtgateCells(), cells);
            return new HealthyTablets(peers, peers.size(), Choice.weighted(limits));
        }
        if (mode == BalancerMode.RANDOM) {
            List<TabletRecord> chosen = kept.stream()
                    .filter(record ->
                            balancer.vtgateCells().contains(record.alias().cell()))
                    .toList();
            List<TabletRecord> ordered = new ArrayList<>(chosen);
            kept.stream().filter(record -> !chosen.contains(record)).forEach(ordered::add);
            int first = chosen.isEmpty() ? ordered.size() : chosen.size();
            return new HealthyTablets(ordered.stream().map(TabletRecord::peer).toList(), first, Choice.RANDOM);
        }
        int local = (int) kept.stream().filter(this::isLocal).count();
        return new HealthyTablets(peers, local, Choice.of(mode));
    }

    private boolean isLocal(TabletRecord record) {
        return record.alias().cell().equals(config.cell());
    }

    private static boolean isHealthy(TabletRecord record) {
        return record.vitals().isHealthy();
    }
}
