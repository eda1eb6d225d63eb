package io.vtsphere.executor;

import io.vtsphere.gateway.Reply;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.Primitive;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One read of shards, mostly several, whose rows only need to be put together: it runs on the session's event loop, where its calls are anyway. A
 * session thread takes over where many rows came, or an error, after which there may be something to wait for.
 *
 * <p>Used once; confined to that loop.
 */
final class ScatterPath {
    /** Rows up to which they are put together on the loop; its other clients wait meanwhile. */
    private static final int ROWS_ON_LOOP = 500;

    private final Primitive root;
    private final Binds binds;
    private final Primitive.Route route;
    private final List<ShardQuery> shards;
    private final Binds below;
    private final ShardRun run;
    private final PlanRun rest;

    private ScatterPath(
            Primitive root,
            Binds binds,
            StreamSteps steps,
            Binds below,
            List<ShardQuery> shards,
            ShardRun run,
            PlanRun rest) {
        this.root = root;
        this.binds = binds;
        this.route = steps.route();
        this.below = below;
        this.shards = shards;
        this.run = run;
        this.rest = rest;
    }

    /**
     * The way to run this plan; null when it is of another kind.
     *
     * @throws VtException when its values lead to no shard although they should; nothing has been sent then
     */
    static @Nullable ScatterPath of(Plan plan, Binds binds, Router router, SessionParts parts) {
        Primitive root = Primitive.Either.preferred(plan.root());
        StreamSteps steps = StreamSteps.of(root);
        if (steps == null || steps.join() != null) {
            return null;
        }
        Binds below = steps.below(binds);
        List<ShardQuery> shards = router.resolve(steps.route().routing(), below);
        if (shards.isEmpty()) {
            return null;
        }
        ShardRun run = new ShardRun(parts, plan.directives());
        PlanRun rest = new PlanRun(plan, router, run, parts.local(), router.type());
        return new ScatterPath(root, binds, steps, below, shards, run, rest);
    }

    int shardsReached() {
        return shards.size();
    }

    /** Who hears of the end; one of the three, once, on the loop. */
    interface Outcome {
        void succeeded(StatementResult result);

        void failed(VtException error);

        /** The rest of the work, which may take long or wait, is for a session thread. */
        void continued(Supplier<StatementResult> work);
    }

    void start(Outcome outcome) {
        run.start(shards, route.query(), below, new Reply<>() {
            @Override
            public void success(List<Scatter.Outcome> answers) {
                if (mayTakeLong(answers)) {
                    outcome.continued(() -> finish(answers));
                    return;
                }
                StatementResult result;
                try {
                    result = finish(answers);
                } catch (VtException e) {
                    outcome.failed(e);
                    return;
                } catch (RuntimeException | Error e) {
                    outcome.failed(StatementRun.bug(e));
                    return;
                }
                outcome.succeeded(result);
            }

            @Override
            public void failure(VtException error) {
                outcome.failed(error);
            }
        });
    }

    private static boolean mayTakeLong(List<Scatter.Outcome> answers) {
        int rows = 0;
        for (Scatter.Outcome answer : answers) {
            if (answer.result() == null) {
                return true;
            }
            rows += answer.result().getRowsCount();
        }
        return rows > ROWS_ON_LOOP;
    }

    private StatementResult finish(List<Scatter.Outcome> answers) {
        return rest.runWith(root, binds, route, run.results(answers, route.query()));
    }
}
