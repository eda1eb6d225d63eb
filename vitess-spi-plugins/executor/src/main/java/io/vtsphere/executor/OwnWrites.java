package io.vtsphere.executor;

import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a session has written on each shard, as GTIDs, and which replicas are known to have it.
 *
 * <p>Has the same single holder as the session's state. Bounded by the number of shards and {@link #MAX_GTIDS}.
 */
final class OwnWrites {
    /**
     * More than so many are not collected: then the primary is asked for all that it has committed. Only the last one would not do, because
     * a replica with several appliers commits out of order.
     */
    private static final int MAX_GTIDS = 32;

    /** A shard's writes. */
    static final class Written {
        private final Set<String> gtids = new LinkedHashSet<>();
        private final Set<TabletAlias> reached = new HashSet<>();
        private boolean unknown;

        /** The GTID set to wait for; null when only the primary can tell. */
        @Nullable
        String gtids() {
            return unknown ? null : String.join(",", gtids);
        }

        /** The primary has said what contains all of this session's writes. */
        void learned(String executed) {
            gtids.clear();
            gtids.add(executed);
            unknown = false;
        }

        boolean isAt(TabletAlias replica) {
            return reached.contains(replica);
        }

        void reached(TabletAlias replica) {
            reached.add(replica);
        }
    }

    private final Map<String, Written> shards = new HashMap<>();
    /** Whether GTIDs are worth keeping; without it only the fact of a write is. */
    private boolean collecting;

    void collect(boolean wanted) {
        collecting = wanted;
    }

    boolean isCollecting() {
        return collecting;
    }

    /** @param gtids what the tablet said that the write committed; empty when it did not say, or the outcome is not known */
    void wrote(Target primary, String gtids) {
        if (primary.type() != TabletType.PRIMARY) {
            return;
        }
        Written written = shards.computeIfAbsent(key(primary), shard -> new Written());
        written.reached.clear();
        if (!collecting || gtids.isEmpty() || written.gtids.size() == MAX_GTIDS) {
            written.unknown = true;
            written.gtids.clear();
        } else if (!written.unknown) {
            written.gtids.add(gtids);
        }
    }

    /** What a read of this target has to wait for; null when there is nothing. */
    @Nullable
    Written before(Target target) {
        return !collecting || target.type() == TabletType.PRIMARY ? null : shards.get(key(target));
    }

    private static String key(Target target) {
        return target.keyspace() + "/" + target.shard();
    }
}
