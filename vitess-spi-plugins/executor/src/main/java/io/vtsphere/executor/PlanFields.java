package io.vtsphere.executor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vitess.proto.Query;
import io.vtsphere.gateway.Reply;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.StatementKind;
import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The columns of plans, for prepared statements: asked from a tablet once per plan, remembered for as long as the plan lives. Thread-safe.
 */
final class PlanFields {
    private final Cache<Plan, List<Query.Field>> known =
            Caffeine.newBuilder().weakKeys().build();

    /** Hands over the columns on the session's event loop: at once when they are known, else after a tablet was asked. */
    void of(PreparedText text, Gate gate, SessionParts parts, Reply<List<Query.Field>> reply) {
        SessionState session = parts.state();
        Planned planned =
                gate.plans().planForFields(text, session, gate.states().current());
        Plan plan = planned.plan();
        if (plan.kind() != StatementKind.SELECT && plan.kind() != StatementKind.SHOW) {
            reply.success(List.of());
            return;
        }
        List<Query.Field> fields = known.getIfPresent(plan);
        if (fields != null) {
            reply.success(fields);
            return;
        }
        parts.values().bind(plan.sessionValues(), planned.binds());
        TabletType type = session.tabletType();
        Router router =
                new Router(planned.state(), type, session.transaction.targets(), bound -> ThreadLocalRandom.current()
                        .nextInt(bound));
        gate.threads().execute(() -> {
            try {
                PlanRun run = new PlanRun(plan, router, new ShardRun(parts, plan.directives()), parts.local(), type);
                List<Query.Field> asked = run.fields(plan.root(), planned.binds());
                known.put(plan, asked);
                gate.onLoop(parts, () -> reply.success(asked));
            } catch (VtException e) {
                gate.onLoop(parts, () -> reply.failure(e));
            } catch (RuntimeException | Error e) {
                VtException error = StatementRun.bug(e);
                gate.onLoop(parts, () -> reply.failure(error));
            }
        });
    }
}
