package io.vtsphere.executor;

import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.Routing;
import io.vtsphere.vterrors.Code;
import org.jspecify.annotations.Nullable;

/** Counts the statements of one session. Confined to the session's event loop. */
final class SessionMetrics {
    private static final String OPERATION = "Execute";

    private final GateMetrics metrics;
    private final SessionState session;
    private GateMetrics.@Nullable Api api;
    private @Nullable SessionTarget apiTarget;

    SessionMetrics(GateMetrics metrics, SessionState session) {
        this.metrics = metrics;
        this.session = session;
    }

    void succeeded(Plan plan, StatementResult result, int shards, long nanos) {
        metrics.succeeded(api(), nanos, result.rows().size(), result.affectedRows());
        metrics.statistics.succeeded(plan, nanos, shards, result.rows().size(), result.affectedRows());
        executed(plan, shards);
    }

    void streamed(Plan plan, long rows, int shards, long nanos) {
        metrics.succeeded(api(), nanos, rows, 0);
        metrics.statistics.succeeded(plan, nanos, shards, rows, 0);
        executed(plan, shards);
    }

    /** @param plan null for a statement that failed before it had one */
    void failed(@Nullable Plan plan, Code code, long nanos) {
        if (plan != null) {
            metrics.statistics.failed(plan, nanos);
        }
        metrics.failed(api(), OPERATION, keyspace(), session.tabletType().lower(), code, nanos);
    }

    private void executed(Plan plan, int shards) {
        metrics.executed(
                plan.kind().name(),
                planType(Primitive.Either.preferred(plan.root())),
                session.tabletType().name(),
                shards);
    }

    private GateMetrics.Api api() {
        GateMetrics.Api current = api;
        if (current == null || apiTarget != session.target) {
            current = metrics.api(OPERATION, keyspace(), session.tabletType().lower());
            api = current;
            apiTarget = session.target;
        }
        return current;
    }

    private String keyspace() {
        String keyspace = session.planTarget().keyspace();
        return keyspace == null ? "" : keyspace;
    }

    /** vtgate's word for the kind of plan in its metrics. Source: {@code go/vt/vtgate/engine/plan.go}. */
    private static String planType(Primitive root) {
        if (root instanceof Primitive.Route route) {
            return planType(route.routing());
        }
        if (root instanceof Primitive.Update update) {
            return planType(update.routing());
        }
        if (root instanceof Primitive.Delete delete) {
            return planType(delete.routing());
        }
        if (root instanceof Primitive.Insert insert) {
            return insert.rows().size() > 1 && !insert.vindexes().isEmpty() ? "MultiShard" : "Passthrough";
        }
        if (root instanceof Primitive.Send) {
            return "Passthrough";
        }
        if (root instanceof Primitive.LookupWrite write) {
            return planType(write.routing());
        }
        if (root instanceof Primitive.VindexLookup) {
            return "Lookup";
        }
        return root instanceof Primitive.Inner ? "Complex" : "Local";
    }

    private static String planType(Routing routing) {
        if (routing.opcode() == Opcode.SCATTER) {
            return "Scatter";
        }
        if (routing.opcode() == Opcode.NONE) {
            return "Local";
        }
        return routing.isSingleShard() ? "Passthrough" : "MultiShard";
    }
}
