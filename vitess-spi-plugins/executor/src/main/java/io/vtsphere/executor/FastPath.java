package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.gateway.Reply;
import io.vtsphere.planner.Directives;
import io.vtsphere.planner.Opcode;
import io.vtsphere.planner.Plan;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.planner.Routing;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Statements that one query to one shard answers: they run on the session's event loop from end to end.
 *
 * <p>Confined to that loop; nothing blocks, and no value of a row is decoded.
 */
final class FastPath {
    private final ShardCalls calls;
    private final TransactionEnd ends;
    private final GateConfig config;

    FastPath(ShardCalls calls, TransactionEnd ends, GateConfig config) {
        this.calls = calls;
        this.ends = ends;
        this.config = config;
    }

    /** What of a plan's root is sent; null for a root that needs more than one query. */
    private record Shape(Routing routing, QueryText query, ShardCalls.Mode mode, int resultColumns) {}

    private static @Nullable Shape shape(Plan plan, TabletType type) {
        Primitive root = Primitive.Either.preferred(plan.root());
        boolean primary = type == TabletType.PRIMARY;
        if (root instanceof Primitive.Route route) {
            ShardCalls.Mode mode = plan.touchesData() ? ShardCalls.Mode.READ : ShardCalls.Mode.ASIDE;
            boolean one = isPlain(route) && route.routing().isSingleShard();
            return one ? new Shape(route.routing(), route.query(), mode, route.resultColumns()) : null;
        }
        if (root instanceof Primitive.Update update && primary) {
            return write(update.routing(), update.query());
        }
        if (root instanceof Primitive.Delete delete && primary) {
            return write(delete.routing(), delete.query());
        }
        if (root instanceof Primitive.Insert insert && primary) {
            boolean plain = insert.vindexes().isEmpty() && insert.generate() == null;
            return plain ? write(insert.routing(), insert.query()) : null;
        }
        if (root instanceof Primitive.Send send && (primary || !send.dml())) {
            ShardCalls.Mode mode = new ShardCalls.Mode(plan.touchesData(), send.dml());
            return new Shape(send.routing(), send.query(), mode, 0);
        }
        return null;
    }

    /** Whether a read needs nothing but its query and its routing. */
    static boolean isPlain(Primitive.Route route) {
        return route.routing().opcode() != Opcode.NEXT
                && route.schemaNames().isEmpty()
                && Router.isComputed(route.routing());
    }

    private static @Nullable Shape write(Routing routing, QueryText query) {
        // Copies of a reference table are all written.
        return routing.opcode() == Opcode.REFERENCE ? null : new Shape(routing, query, ShardCalls.Mode.WRITE, 0);
    }

    /**
     * Starts the statement if it is of this kind.
     *
     * @return false when it is not; then nothing has happened
     * @throws VtException when its values lead to no shard although they should; nothing has been sent then
     */
    boolean start(
            Plan plan, Binds binds, Router router, Consumer<StatementResult> success, Consumer<VtException> failure) {
        if (plan.root() instanceof Primitive.Insert insert && router.type() == TabletType.PRIMARY) {
            boolean one = insert.rows().size() == 1 && insert.vindexes().size() == 1;
            if (one && !insert.vindexes().get(0).vindex().needsVCursor()) {
                insert(new InsertRows(insert, router, binds), plan.directives(), success, failure);
                return true;
            }
        }
        Shape shape = shape(plan, router.type());
        if (shape == null || !Router.isComputed(shape.routing())) {
            return false;
        }
        List<ShardQuery> shards = router.resolve(shape.routing(), binds);
        if (shards.size() != 1) {
            return false;
        }
        ShardQuery shard = shards.get(0);
        Query.BoundQuery query = binds.bind(shape.query(), shard.own());
        int columns = shape.resultColumns();
        send(
                shard.target(),
                query,
                shape.mode(),
                plan.directives(),
                result -> success.accept(PlanRun.cut(result, columns)),
                failure);
        return true;
    }

    private void send(
            Target target,
            Query.BoundQuery query,
            ShardCalls.Mode mode,
            Directives directives,
            Consumer<StatementResult> success,
            Consumer<VtException> failure) {
        calls.execute(target, query, mode, directives, new Reply<>() {
            @Override
            public void success(Query.QueryResult value) {
                try {
                    Scatter.Limits.of(config, directives).require(value);
                } catch (VtException tooMuch) {
                    failure.accept(tooMuch);
                    return;
                }
                success.accept(StatementResult.of(value));
            }

            @Override
            public void failure(VtException error) {
                ends.settle(target, error, failure);
            }
        });
    }

    /** One row: at most a value of a sequence, then one shard. */
    private void insert(
            InsertRows rows, Directives directives, Consumer<StatementResult> success, Consumer<VtException> failure) {
        if (!rows.hasHoles()) {
            insertRow(rows, directives, success, failure);
            return;
        }
        calls.executeStandalone(rows.sequenceTarget(), rows.sequenceQuery(), directives, new Reply<>() {
            @Override
            public void success(Query.QueryResult value) {
                try {
                    rows.fill(StatementResult.of(value));
                    insertRow(rows, directives, success, failure);
                } catch (VtException e) {
                    failure.accept(e);
                }
            }

            @Override
            public void failure(VtException error) {
                failure.accept(error);
            }
        });
    }

    private void insertRow(
            InsertRows rows, Directives directives, Consumer<StatementResult> success, Consumer<VtException> failure) {
        List<InsertRows.Part> parts = rows.split();
        if (parts.isEmpty()) {
            success.accept(StatementResult.OK);
            return;
        }
        InsertRows.Part part = parts.get(0);
        send(
                part.shard().target(),
                part.query(),
                ShardCalls.Mode.WRITE,
                directives,
                result -> success.accept(rows.withGenerated(result)),
                failure);
    }
}
