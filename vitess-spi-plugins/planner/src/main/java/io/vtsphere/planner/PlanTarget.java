package io.vtsphere.planner;

import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import org.jspecify.annotations.Nullable;

/**
 * What the session's target string says, as far as planning needs it.
 *
 * @param keyspace the current keyspace, or null when none is chosen
 * @param shards the shards that the target names; null when planning chooses them. A target with shards bypasses planning
 * @param type the tablet type that statements go to
 * @param alias the one tablet that statements go to, or null
 */
public record PlanTarget(
        @Nullable String keyspace,
        @Nullable ShardTarget shards,
        TabletType type,
        @Nullable TabletAlias alias) {
    /** The primary tablets of that keyspace, shards chosen by planning. */
    public static PlanTarget primary(@Nullable String keyspace) {
        return new PlanTarget(keyspace, null, TabletType.PRIMARY, null);
    }
}
