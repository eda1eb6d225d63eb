package io.vtsphere.gateway;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The choice among several ways to tablets: those that are healthy now, and of two random ones of these the less loaded. A pinned tablet that
 * lags more than the low limit counts only when no other way is left, and above the high limit never. Immutable, thread-safe.
 */
final class WayChoice {
    private final CallContext context;

    WayChoice(CallContext context) {
        this.context = context;
    }

    /** @return an index; -1 when nobody is healthy on any way */
    int of(List<Way> ways) {
        TabletPeer[] peers = new TabletPeer[ways.size()];
        int[] indexes = new int[ways.size()];
        int count = collect(ways, context.config().lowReplicationLag().toSeconds(), peers, indexes);
        if (count == 0) {
            count = collect(ways, context.config().highReplicationLag().toSeconds(), peers, indexes);
        }
        return count == 0 ? -1 : indexes[Choice.LOAD.of(peers, count, "", context.random(), context.ticker())];
    }

    private int collect(List<Way> ways, long maxLagSeconds, TabletPeer[] peers, int[] indexes) {
        int count = 0;
        for (int i = 0; i < ways.size(); i++) {
            TabletPeer peer = peer(ways.get(i), maxLagSeconds);
            if (peer != null) {
                peers[count] = peer;
                indexes[count++] = i;
            }
        }
        return count;
    }

    private @Nullable TabletPeer peer(Way way, long maxLagSeconds) {
        if (way.alias() != null) {
            return context.health().healthy(way.target(), way.alias(), maxLagSeconds);
        }
        TargetGroup group = context.health().group(way.target());
        return group == null ? null : group.healthy().pick(Set.of(), "", context.random(), context.ticker());
    }
}
