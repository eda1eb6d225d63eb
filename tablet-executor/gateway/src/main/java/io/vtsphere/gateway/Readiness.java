package io.vtsphere.gateway;

import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ServingStates;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether every shard has somebody to ask. Thread-safe. */
final class Readiness {
    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private final ServingStates states;
    private final HealthCheck health;

    Readiness(ServingStates states, HealthCheck health) {
        this.states = states;
        this.health = health;
    }

    boolean await(Set<TabletType> types, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            long seen = health.changes().count();
            List<Target> missing = missing(types);
            if (missing.isEmpty()) {
                return true;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                LOG.warn(
                        "Timeout waiting for all keyspaces / shards to have healthy tablets of types {}, may be in degraded"
                                + " mode: missing {}",
                        types,
                        missing);
                return false;
            }
            health.changes().await(seen, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
    }

    private List<Target> missing(Set<TabletType> types) {
        ServingState state = states.current();
        List<Target> missing = new ArrayList<>();
        for (KeyspaceState keyspace : state.keyspaces().values()) {
            for (TabletType type : keyspace.servedTypes()) {
                if (types.contains(type)) {
                    for (ShardRef shard : keyspace.shards(type).shards()) {
                        Target target = new Target(keyspace.name(), shard.name(), type);
                        TargetGroup group = health.group(target);
                        if (group == null || group.healthy().isEmpty()) {
                            missing.add(target);
                        }
                    }
                }
            }
        }
        return missing;
    }
}
