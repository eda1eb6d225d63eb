package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.gateway.Call;
import io.vtsphere.gateway.Reply;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.planner.Directives;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.VtException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tablet on which a session reads its own writes: a replica that has caught up with them within a bound, else the primary.
 *
 * <p>Confined to the session's event loop; nothing blocks.
 */
final class ReadAfterWrite {
    private static final String EXECUTED = "select @@global.gtid_executed";
    private static final String WAIT = "select wait_for_executed_gtid_set(:gtids, :seconds)";
    /** Beyond the wait itself, for the way there and back. */
    private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SessionState session;
    private final TabletGateway gateway;
    private final CallOptions options;

    ReadAfterWrite(SessionState session, TabletGateway gateway, CallOptions options) {
        this.session = session;
        this.gateway = gateway;
        this.options = options;
    }

    /** Where to read. {@code alias} is null for the primary. */
    record Place(Target target, @Nullable TabletAlias alias) {
        static Place primary(Target target) {
            return new Place(new Target(target.keyspace(), target.shard(), TabletType.PRIMARY), null);
        }
    }

    /** Whether a read of this target has to wait for something that the session wrote. */
    boolean concerns(Target target) {
        return session.ownWrites.before(target) != null;
    }

    /**
     * Finds the place; the answer is never a failure: who cannot be asked has not caught up.
     *
     * @param bound the tablet that the session is bound to or has named; null to choose one
     */
    void locate(Target target, @Nullable TabletAlias bound, Directives directives, Reply<Place> reply) {
        OwnWrites.Written written = session.ownWrites.before(target);
        TabletAlias alias = bound != null ? bound : gateway.choose(target, session.uuid);
        if (alias == null || written == null) {
            reply.success(alias == null ? Place.primary(target) : new Place(target, alias));
        } else if (written.isAt(alias)) {
            reply.success(new Place(target, alias));
        } else if (written.gtids() == null) {
            askPrimary(target, alias, written, directives, reply);
        } else {
            await(target, alias, written, directives, reply);
        }
    }

    private void askPrimary(
            Target target, TabletAlias alias, OwnWrites.Written written, Directives directives, Reply<Place> reply) {
        Place primary = Place.primary(target);
        Call call = options.call(primary.target(), null, true, directives);
        Query.BoundQuery query = Query.BoundQuery.newBuilder().setSql(EXECUTED).build();
        gateway.execute(call, query, options.of(directives), 0, 0, new Reply<>() {
            @Override
            public void success(Query.QueryResult value) {
                String executed = value.getRowsCount() == 1
                        ? value.getRows(0).getValues().toStringUtf8().replace("\n", "")
                        : "";
                if (executed.isEmpty()) {
                    reply.success(primary);
                    return;
                }
                written.learned(executed);
                await(target, alias, written, directives, reply);
            }

            @Override
            public void failure(VtException error) {
                // The read itself goes there, and says what is wrong.
                reply.success(primary);
            }
        });
    }

    private void await(
            Target target, TabletAlias alias, OwnWrites.Written written, Directives directives, Reply<Place> reply) {
        String gtids = String.valueOf(written.gtids());
        Query.BoundQuery query = Query.BoundQuery.newBuilder()
                .setSql(WAIT)
                .putBindVariables("gtids", variable(Query.Type.VARCHAR, gtids))
                .putBindVariables(
                        "seconds", variable(Query.Type.DECIMAL, session.readAfterWriteTimeout.toPlainString()))
                .build();
        long nanos = session.readAfterWriteTimeout.movePointRight(9).longValue() + SLACK_NANOS;
        gateway.execute(options.waitingCall(target, alias, nanos), query, options.of(directives), 0, 0, new Reply<>() {
            @Override
            public void success(Query.QueryResult value) {
                boolean reached = value.getRowsCount() == 1
                        && value.getRows(0).getValues().toStringUtf8().equals("0");
                if (reached && gtids.equals(written.gtids())) {
                    written.reached(alias);
                }
                reply.success(reached ? new Place(target, alias) : Place.primary(target));
            }

            @Override
            public void failure(VtException error) {
                reply.success(Place.primary(target));
            }
        });
    }

    private static Query.BindVariable variable(Query.Type type, String value) {
        return Query.BindVariable.newBuilder()
                .setType(type)
                .setValue(ByteString.copyFrom(value, StandardCharsets.UTF_8))
                .build();
    }
}
