package io.vtsphere.gateway;

import io.netty.channel.EventLoop;
import io.vitess.proto.Query;
import io.vitess.proto.Vtrpc;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.Target;
import org.jspecify.annotations.Nullable;

/**
 * What every call to a tablet carries.
 *
 * @param target whom the statement is for; the tablet refuses when it is not that
 * @param alias the one tablet to ask, because a transaction or a reserved connection lives there or because the client named it; null lets
 *     the gateway choose. A pinned call is never retried.
 * @param loop where the call is written and where its reply runs
 * @param timeoutNanos time for all attempts together, in nanoseconds; 0 sets no limit
 * @param readOnly whether running the statement twice does no harm. Only then is a call outside a transaction to a primary repeated
 *     elsewhere when its connection broke after the request had left; calls to other tablet types are always read only
 * @param session the UUID of the session that asks, by which it keeps its replica where the configuration wants that; empty for none
 * @param effectiveCaller who the client says it is
 * @param immediateCaller whom the gate authenticated
 */
public record Call(
        Target target,
        @Nullable TabletAlias alias,
        EventLoop loop,
        long timeoutNanos,
        boolean readOnly,
        String session,
        Vtrpc.CallerID effectiveCaller,
        Query.VTGateCallerID immediateCaller) {
    public Call {
        if (timeoutNanos < 0) {
            throw new IllegalArgumentException("timeoutNanos is negative: " + timeoutNanos);
        }
    }

    /** A call of no session. */
    public Call(
            Target target,
            @Nullable TabletAlias alias,
            EventLoop loop,
            long timeoutNanos,
            boolean readOnly,
            Vtrpc.CallerID effectiveCaller,
            Query.VTGateCallerID immediateCaller) {
        this(target, alias, loop, timeoutNanos, readOnly, "", effectiveCaller, immediateCaller);
    }

    /** A call that might write. */
    public Call(
            Target target,
            @Nullable TabletAlias alias,
            EventLoop loop,
            long timeoutNanos,
            Vtrpc.CallerID effectiveCaller,
            Query.VTGateCallerID immediateCaller) {
        this(target, alias, loop, timeoutNanos, false, effectiveCaller, immediateCaller);
    }
}
