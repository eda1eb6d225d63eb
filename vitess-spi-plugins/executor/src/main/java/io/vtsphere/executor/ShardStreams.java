package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.gateway.BeginReply;
import io.vtsphere.gateway.Call;
import io.vtsphere.gateway.Reply;
import io.vtsphere.gateway.StreamHandle;
import io.vtsphere.gateway.StreamReply;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.planner.Directives;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/** Opens streams of rows on shards, in the session's transaction when it is in one. Confined to the session's event loop. */
final class ShardStreams {
    private final SessionState session;
    private final TabletGateway gateway;
    private final CallOptions options;
    private final RunningCalls running;
    private final ShardCalls calls;
    private final CallTracker tracker;

    ShardStreams(
            SessionState session, TabletGateway gateway, CallOptions options, RunningCalls running, ShardCalls calls) {
        this.session = session;
        this.gateway = gateway;
        this.options = options;
        this.running = running;
        this.calls = calls;
        this.tracker = new CallTracker(running);
    }

    /** @param reply gets the handle of the stream, before which nothing comes to {@code rows} */
    void open(
            Target target,
            Query.BoundQuery query,
            ShardCalls.Mode mode,
            Directives directives,
            StreamReply rows,
            Reply<StreamHandle> reply) {
        if (running.isKilled()) {
            reply.failure(ShardErrors.interrupted());
            return;
        }
        ShardSession shard = session.transaction.find(target);
        boolean begun = shard != null && shard.transactionId != 0;
        if (!mode.joins() || !session.transaction.isOpen() || begun) {
            start(target, query, directives, rows, reply);
            return;
        }
        Call call = options.call(target, shard == null ? null : shard.alias, false, directives);
        gateway.begin(call, options.of(directives), new Reply<>() {
            @Override
            public void success(BeginReply answer) {
                calls.joined(target, answer.alias(), answer.transactionId(), 0);
                open(target, query, mode, directives, rows, reply);
            }

            @Override
            public void failure(VtException error) {
                reply.failure(error);
            }
        });
    }

    /** Waits first where the session is to read what it wrote. */
    private void start(
            Target target, Query.BoundQuery query, Directives directives, StreamReply rows, Reply<StreamHandle> reply) {
        ShardSession shard = session.transaction.find(target);
        TabletAlias alias = shard != null ? shard.alias : session.planTarget().alias();
        if (!calls.mustLocate(target)) {
            reply.success(stream(target, alias, query, directives, rows));
            return;
        }
        calls.locate(target, directives, new Reply<>() {
            @Override
            public void success(ReadAfterWrite.Place place) {
                reply.success(stream(place.target(), place.alias(), query, directives, rows));
            }

            @Override
            public void failure(VtException error) {
                reply.failure(error);
            }
        });
    }

    private StreamHandle stream(
            Target target,
            @Nullable TabletAlias alias,
            Query.BoundQuery query,
            Directives directives,
            StreamReply rows) {
        ShardSession shard = session.transaction.find(target);
        Call call = options.call(target, alias, true, directives);
        long transactionId = shard == null ? 0 : shard.transactionId;
        long reservedId = shard == null ? 0 : shard.reservedId;
        return tracker.trackStream(
                rows,
                to -> gateway.streamExecute(
                        call, query, calls.optionsFor(query, directives), transactionId, reservedId, to));
    }
}
