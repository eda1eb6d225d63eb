package io.vtsphere.gateway;

import io.vtsphere.topo.ServingState;
import io.vtsphere.topo.ShardMap;
import io.vtsphere.topo.ShardRef;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vindex.KeyRange;
import io.vtsphere.vterrors.VtException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the primaries of a keyspace and its serving graph together say. Stateless. Source: Vitess' {@code
 * go/vt/discovery/keyspace_events.go}.
 */
final class KeyspaceEvents {
    private KeyspaceEvents() {}

    /**
     * Whether all is as the serving graph wants it: its shards serve, none of them is switched off, and no other shard serves.
     *
     * @param serving shards whose primary serves
     */
    static boolean consistent(ServingState topology, String keyspace, Set<String> serving) {
        ShardMap map = Shards.map(topology, keyspace, TabletType.PRIMARY);
        if (map == null) {
            return false;
        }
        for (ShardRef shard : map.shards()) {
            if (!serving.contains(shard.name()) || map.isQueryServiceDisabled(shard.name())) {
                return false;
            }
        }
        return serving.size() == map.shards().size();
    }

    /** Whether, in a keyspace that is not consistent, another shard serves what this one should. */
    static boolean replaced(String shard, Set<String> serving) {
        KeyRange wanted = range(shard);
        if (wanted == null) {
            return false;
        }
        for (String other : serving) {
            KeyRange served = range(other);
            if (!other.equals(shard) && served != null && served.intersects(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Null for a name that is no range, as tablets may have any. */
    private static @Nullable KeyRange range(String shard) {
        try {
            return KeyRange.ofShardName(shard);
        } catch (VtException e) {
            return null;
        }
    }
}
