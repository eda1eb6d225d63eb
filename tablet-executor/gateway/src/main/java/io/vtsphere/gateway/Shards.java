package io.vtsphere.gateway;

import io.vtsphere.topo.KeyspaceState;
import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ShardMap;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import org.jspecify.annotations.Nullable;

/** What the topology says of a target's shard. */
final class Shards {
    private Shards() {}

    /** Whether the keyspace is served by this shard, and its query service is not switched off for the moment. */
    static boolean serves(ServingState state, Target target) {
        ShardMap map = map(state, target);
        return map != null && map.shard(target.shard()) != null && !map.isQueryServiceDisabled(target.shard());
    }

    /** Whether the keyspace is served, but by other shards. */
    static boolean othersExist(ServingState state, Target target) {
        ShardMap map = map(state, target);
        return map != null && map.shard(target.shard()) == null && !map.shards().isEmpty();
    }

    /** Whether the topology names the shard at all. */
    static boolean exists(ServingState state, Target target) {
        ShardMap map = map(state, target);
        return map != null && map.shard(target.shard()) != null;
    }

    private static @Nullable ShardMap map(ServingState state, Target target) {
        return map(state, target.keyspace(), target.type());
    }

    /** Null when the serving graph has nothing about the keyspace and type. */
    static @Nullable ShardMap map(ServingState state, String name, TabletType wanted) {
        KeyspaceState keyspace = state.keyspaces().get(name);
        if (keyspace != null) {
            for (var type : keyspace.servedTypes()) {
                if (type == wanted) {
                    return keyspace.shards(type);
                }
            }
        }
        return null;
    }
}
