package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vitess.proto.Vtrpc;
import io.vtsphere.gateway.Call;
import io.vtsphere.planner.Directives;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.Target;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a session's calls to tablets carry beside the query. Has the same single holder as the session's state.
 *
 * <p>The messages are built when something they depend on changes, not for every call.
 */
final class CallOptions {
    private static final String SUBCOMPONENT = "VTGate MySQL Connector";

    private final SessionState session;
    private final GateConfig config;
    private final Vtrpc.CallerID effectiveCaller;
    private final Query.VTGateCallerID immediateCaller;
    private Query.@Nullable ExecuteOptions cached;
    private boolean cachedFoundRows;
    private @Nullable Workload cachedWorkload;

    CallOptions(SessionState session, GateConfig config) {
        this.session = session;
        this.config = config;
        SessionParams params = session.params;
        this.effectiveCaller = Vtrpc.CallerID.newBuilder()
                .setPrincipal(params.user())
                .setComponent(params.remoteAddress())
                .setSubcomponent(SUBCOMPONENT)
                .build();
        this.immediateCaller = Query.VTGateCallerID.newBuilder()
                .setUsername(params.userData())
                .addAllGroups(params.groups())
                .build();
    }

    Call call(Target target, @Nullable TabletAlias alias, boolean readOnly, Directives directives) {
        return new Call(
                target,
                alias,
                session.params.loop(),
                timeLeft(directives),
                readOnly,
                session.uuid,
                effectiveCaller,
                immediateCaller);
    }

    /** A call that ends or undoes something: no timeout of a statement applies to it. */
    Call closingCall(Target target, TabletAlias alias) {
        return new Call(
                target,
                alias,
                session.params.loop(),
                config.rollbackTimeout().toNanos(),
                false,
                effectiveCaller,
                immediateCaller);
    }

    /** A call that reads nothing and has a bound of its own. */
    Call waitingCall(Target target, TabletAlias alias, long timeoutNanos) {
        return new Call(
                target,
                alias,
                session.params.loop(),
                timeoutNanos,
                true,
                session.uuid,
                effectiveCaller,
                immediateCaller);
    }

    /** What the statement has left of its time, in nanoseconds; a call that comes too late gets the least there is. 0 is no limit. */
    private long timeLeft(Directives directives) {
        long limit = TimeUnit.MILLISECONDS.toNanos(timeoutMillis(directives));
        return limit == 0 ? 0 : Math.max(1, limit - (System.nanoTime() - session.statementStart));
    }

    /** The limit for one statement: its directive goes before the session's variable, and that before the configuration. 0 is none. */
    private long timeoutMillis(Directives directives) {
        if (directives.queryTimeoutMillis() >= 0) {
            return directives.queryTimeoutMillis();
        }
        return session.queryTimeout > 0
                ? session.queryTimeout
                : config.queryTimeout().toMillis();
    }

    Query.ExecuteOptions of(Directives directives) {
        Query.ExecuteOptions base = base();
        long timeout = timeoutMillis(directives);
        boolean plain = timeout == 0
                && directives.workloadName() == null
                && directives.priority() == null
                && directives.consolidator() == null;
        if (plain && session.transaction.accessModes().isEmpty() && session.transactionTimeout == 0) {
            return base;
        }
        Query.ExecuteOptions.Builder options = base.toBuilder();
        if (timeout > 0) {
            options.setAuthoritativeTimeout(timeout);
        }
        if (session.transactionTimeout > 0) {
            options.setTransactionTimeout(session.transactionTimeout);
        }
        if (directives.workloadName() != null) {
            options.setWorkloadName(directives.workloadName());
        }
        if (directives.priority() != null) {
            options.setPriority(directives.priority());
        }
        if (directives.consolidator() != null) {
            options.setConsolidator(
                    switch (directives.consolidator()) {
                        case DISABLED -> Query.ExecuteOptions.Consolidator.CONSOLIDATOR_DISABLED;
                        case ENABLED -> Query.ExecuteOptions.Consolidator.CONSOLIDATOR_ENABLED;
                        case ENABLED_REPLICAS -> Query.ExecuteOptions.Consolidator.CONSOLIDATOR_ENABLED_REPLICAS;
                    });
        }
        return options.addAllTransactionAccessMode(session.transaction.accessModes())
                .build();
    }

    private Query.ExecuteOptions base() {
        Query.ExecuteOptions options = cached;
        if (options == null || cachedFoundRows != session.clientFoundRows || cachedWorkload != session.workload) {
            options = Query.ExecuteOptions.newBuilder()
                    .setIncludedFields(Query.ExecuteOptions.IncludedFields.ALL)
                    .setClientFoundRows(session.clientFoundRows)
                    .setWorkload(workload())
                    .build();
            cached = options;
            cachedFoundRows = session.clientFoundRows;
            cachedWorkload = session.workload;
        }
        return options;
    }

    private Query.ExecuteOptions.Workload workload() {
        return switch (session.workload) {
            case UNSPECIFIED, OLTP -> Query.ExecuteOptions.Workload.OLTP;
            case OLAP -> Query.ExecuteOptions.Workload.OLAP;
            case DBA -> Query.ExecuteOptions.Workload.DBA;
        };
    }
}
