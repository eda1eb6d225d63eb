package io.vtsphere.frontend.server;

import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.gateway.TabletHealth;
import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.topo.watch.TopologyWatcher;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says whether the gate may get traffic. Thread-safe. */
final class Readiness {
    /** What there is to ask once the topology is loaded. */
    private record Parts(TopologyWatcher watcher, TabletGateway gateway) {}

    private final Set<TabletType> types;
    private volatile @Nullable Parts parts;
    private volatile boolean listening;

    Readiness(Set<TabletType> types) {
        this.types = types;
    }

    void loaded(TopologyWatcher watcher, TabletGateway gateway) {
        parts = new Parts(watcher, gateway);
    }

    void listening() {
        listening = true;
    }

    /** What is missing, in one line; null when nothing is. */
    @Nullable
    String missing() {
        Parts loaded = parts;
        if (loaded == null || !loaded.watcher().status().ready()) {
            return "the topology is not loaded";
        }
        Set<String> missing = missingTargets(loaded);
        if (!missing.isEmpty()) {
            return "no serving tablet for " + String.join(", ", missing);
        }
        return listening ? null : "the port for clients is not open";
    }

    private Set<String> missingTargets(Parts loaded) {
        Set<String> missing = new TreeSet<>();
        for (KeyspaceState keyspace : loaded.watcher().current().keyspaces().values()) {
            for (TabletType type : keyspace.servedTypes()) {
                if (types.contains(type)) {
                    for (ShardRef shard : keyspace.shards(type).shards()) {
                        missing.add(new Target(keyspace.name(), shard.name(), type).key());
                    }
                }
            }
        }
        Set<String> serving = new HashSet<>();
        for (TabletHealth health : loaded.gateway().tablets()) {
            if (health.serving()) {
                serving.add(health.target().key());
            }
        }
        missing.removeAll(serving);
        return missing;
    }
}
