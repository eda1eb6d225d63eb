package io.vtsphere.executor;

import io.netty.util.concurrent.ScheduledFuture;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.gateway.Reply;
import io.vtsphere.planner.LockCall;
import io.vtsphere.planner.Primitive;
import io.vtsphere.sqltypes.SqlValue;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.VtException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The advisory locks of one session: they live on a connection reserved for them alone, which is kept awake while it holds any.
 *
 * <p>Confined to the session's event loop. Source: {@code ExecuteLock} in Vitess' {@code go/vt/vtgate/scatter_conn.go}.
 */
final class SessionLocks {
    /** Well below the time after which a tablet ends an idle connection. */
    private static final long HEARTBEAT_SECONDS = 5;

    private final SessionParams params;
    private final ShardCalls calls;
    /** How often each lock is held, by name in lower case. */
    private final Map<String, Integer> held = new HashMap<>();

    private @Nullable ShardSession connection;
    private @Nullable ScheduledFuture<?> heartbeat;
    private boolean busy;

    SessionLocks(SessionParams params, ShardCalls calls) {
        this.params = params;
        this.calls = calls;
    }

    /** Runs a statement of lock functions, for which tablets demand a reserved connection; it stays for as long as a lock is held. */
    void execute(Primitive.Lock lock, Target target, Binds binds, Reply<Query.QueryResult> reply) {
        busy = true;
        calls.onLockConnection(connection, target, binds.bind(lock.query(), Map.of()), new Reply<>() {
            @Override
            public void success(ShardCalls.LockAnswer answer) {
                busy = false;
                connection = answer.connection();
                note(lock.calls(), binds, answer.result());
                keepOrRelease();
                reply.success(answer.result());
            }

            @Override
            public void failure(VtException error) {
                busy = false;
                if (ShardErrors.losesConnection(error)) {
                    lost();
                } else if (held.isEmpty()) {
                    keepOrRelease();
                }
                reply.failure(error);
            }
        });
    }

    private void note(List<LockCall> functions, Binds binds, Query.QueryResult result) {
        for (int i = 0; i < functions.size() && result.getRowsCount() == 1; i++) {
            LockCall call = functions.get(i);
            var cell = Cells.get(result.getRows(0), i);
            boolean done = cell != null && cell.toStringUtf8().equals("1");
            if (call.function().equals("release_all_locks")) {
                held.clear();
            } else if (done && call.name() != null) {
                SqlValue name = binds.value(call.name());
                String key = name.text().toLowerCase(Locale.ROOT);
                switch (call.function()) {
                    case "get_lock" -> held.merge(key, 1, Integer::sum);
                    case "release_lock" -> held.computeIfPresent(key, (lock, count) -> count == 1 ? null : count - 1);
                    default -> {}
                }
            }
        }
    }

    private void keepOrRelease() {
        if (held.isEmpty()) {
            release();
        } else if (heartbeat == null) {
            heartbeat = params.loop()
                    .scheduleWithFixedDelay(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void beat() {
        ShardSession shard = connection;
        if (busy || shard == null) {
            return;
        }
        calls.beat(shard, new Reply<>() {
            @Override
            public void success(Query.QueryResult value) {}

            @Override
            public void failure(VtException error) {
                if (connection == shard && ShardErrors.losesConnection(error)) {
                    lost();
                }
            }
        });
    }

    /** MySQL has given the locks back with the connection. */
    private void lost() {
        held.clear();
        connection = null;
        stopHeartbeat();
    }

    /** Gives all locks back; for a client that has gone or resets its session. */
    void release() {
        ShardSession shard = connection;
        lost();
        if (shard != null) {
            calls.release(shard, new Reply<>() {
                @Override
                public void success(Query.ReleaseResponse value) {}

                @Override
                public void failure(VtException error) {
                    // The tablet ends unused connections by itself, and their locks with them.
                }
            });
        }
    }

    private void stopHeartbeat() {
        if (heartbeat != null) {
            heartbeat.cancel(false);
            heartbeat = null;
        }
    }
}
