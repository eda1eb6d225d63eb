package io.vtsphere.executor;

import io.vtsphere.planner.Plan;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.function.Consumer;

/** Starts the streams of one statement. Confined to the session's event loop. */
final class StreamReads {
    private final SessionParts parts;
    private final Plan plan;
    private final Router router;

    StreamReads(SessionParts parts, Plan plan, Router router) {
        this.parts = parts;
        this.plan = plan;
        this.router = router;
    }

    Router router() {
        return router;
    }

    /** How many rows and bytes the statement may hold. */
    Scatter.Limits limits() {
        return Scatter.Limits.of(parts.config(), plan.directives());
    }

    /** Passes the rows of a read on. */
    StreamRun rows(
            Primitive.Route route, List<ShardQuery> shards, Binds binds, RowSink sink, Consumer<VtException> failure) {
        ShardCalls.Mode mode = plan.touchesData() ? ShardCalls.Mode.READ : ShardCalls.Mode.ASIDE;
        StreamRun run = new StreamRun(route, sink, failure);
        run.start(shards, (shard, stream, reply) -> parts.streams()
                .open(shard.target(), binds.bind(route.query(), shard.own()), mode, plan.directives(), stream, reply));
        return run;
    }

    /** Passes the columns of a read on, without a row. */
    StreamRun fields(Primitive.Route route, Binds binds, RowSink sink, Consumer<VtException> failure) {
        String keyspace = route.routing().keyspace();
        Target any = router.any(keyspace, router.state().keyspace(keyspace).shards(router.type()));
        QueryText query = new QueryText(route.fieldQuery(), route.query().binds());
        StreamRun run = new StreamRun(route, sink, failure);
        run.start(List.of(new ShardQuery(any)), (shard, stream, reply) -> parts.streams()
                .open(any, binds.bindForFields(query), ShardCalls.Mode.ASIDE, plan.directives(), stream, reply));
        return run;
    }
}
