package io.vtsphere.gateway;

import io.vitess.proto.Query;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/**
 * One target and the tablets that are healthy for it now. The hot path reads one volatile reference; only the health loop writes it.
 */
final class TargetGroup {
    private final Target target;
    private final Query.Target proto;
    private final CallMetrics metrics;
    private final @Nullable ShardBuffer buffer;
    /** Written by the health loop only. */
    private volatile HealthyTablets healthy = HealthyTablets.NONE;
    /** Written by the health loop only; never unset. */
    private volatile boolean served;
    /** Whether other shards serve what this one did; written by the health loop only. */
    private volatile boolean resharding;

    TargetGroup(Target target, CallMetrics metrics, @Nullable ShardBuffer buffer) {
        this.target = target;
        this.proto = target.proto();
        this.metrics = metrics;
        this.buffer = buffer;
    }

    Target target() {
        return target;
    }

    Query.Target proto() {
        return proto;
    }

    CallMetrics metrics() {
        return metrics;
    }

    /** Null unless this is a primary whose calls may be held. */
    @Nullable
    ShardBuffer buffer() {
        return buffer;
    }

    HealthyTablets healthy() {
        return healthy;
    }

    /** @return whether that changed anything */
    boolean publish(HealthyTablets now) {
        if (healthy.sameAs(now)) {
            return false;
        }
        served |= !now.isEmpty();
        healthy = now;
        return true;
    }

    void resharding(boolean now) {
        resharding = now;
    }

    /** Why there is nobody to ask. */
    VtException nobody() {
        if (target.type() == TabletType.PRIMARY && resharding) {
            return VtException.of(Code.CLUSTER_EVENT, "current keyspace is being resharded");
        }
        if (target.type() == TabletType.PRIMARY && served) {
            return VtException.of(
                    Code.CLUSTER_EVENT, "primary is not serving, there may be a reparent operation in progress");
        }
        return noHealthyTablet(target);
    }

    static VtException noHealthyTablet(Target target) {
        return VtException.of(
                Code.UNAVAILABLE,
                "no healthy tablet available for 'keyspace:\"" + target.keyspace() + "\" shard:\"" + target.shard()
                        + "\" tablet_type:" + target.type() + "'");
    }
}
