package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.gateway.BeginExecuteReply;
import io.vtsphere.gateway.Call;
import io.vtsphere.gateway.Reply;
import io.vtsphere.gateway.ReserveBeginExecuteReply;
import io.vtsphere.gateway.ReserveExecuteReply;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.planner.Directives;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.Target;
import io.vtsphere.vindex.VindexQueries.CommitOrder;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs one query on one shard as the session's state demands: alone, in the transaction, on a reserved connection, or by opening either.
 *
 * <p>Confined to the session's event loop; nothing blocks. Source: {@code ScatterConn} in Vitess' {@code go/vt/vtgate/scatter_conn.go}.
 */
final class ShardCalls {
    private final SessionState session;
    private final TabletGateway gateway;
    private final CallOptions options;
    private final RunningCalls running;
    private final CallTracker tracker;
    private volatile @Nullable SentQueries queries;
    private final ReadAfterWrite ownWrites;

    ShardCalls(SessionState session, TabletGateway gateway, CallOptions options, RunningCalls running) {
        this.session = session;
        this.gateway = gateway;
        this.options = options;
        this.running = running;
        this.tracker = new CallTracker(running);
        this.ownWrites = new ReadAfterWrite(session, gateway, options);
    }

    /**
     * How a query stands to the session's transaction.
     *
     * @param joins whether it opens the transaction on its shard when the session is in one
     * @param writes whether it may change rows
     * @param order which of the session's transactions on the shard it joins
     */
    record Mode(boolean joins, boolean writes, CommitOrder order) {
        Mode(boolean joins, boolean writes) {
            this(joins, writes, CommitOrder.NORMAL);
        }

        static final Mode READ = new Mode(true, false);
        static final Mode WRITE = new Mode(true, true);
        /** Reads no rows of tables: uses the transaction's connection where there is one, but opens none. */
        static final Mode ASIDE = new Mode(false, false);
    }

    /** Runs the query; the reply comes on this loop, at the latest when the call's time is up. */
    void execute(
            Target target, Query.BoundQuery query, Mode mode, Directives directives, Reply<Query.QueryResult> reply) {
        if (running.isKilled()) {
            reply.failure(ShardErrors.interrupted());
            return;
        }
        ShardSession shard = session.transaction.find(target, mode.order());
        TabletAlias alias = shard != null ? shard.alias : session.planTarget().alias();
        boolean begun = shard != null && shard.transactionId != 0;
        if (begun || !ownWrites.concerns(target)) {
            run(target, alias, query, mode, directives, reply);
            return;
        }
        locate(target, directives, new Reply<>() {
            @Override
            public void success(ReadAfterWrite.Place place) {
                if (place.target().equals(target) && alias == null) {
                    Reply<Query.QueryResult> orPrimary = new OrElse(
                            reply,
                            () -> run(
                                    ReadAfterWrite.Place.primary(target).target(),
                                    null,
                                    query,
                                    mode,
                                    directives,
                                    reply));
                    run(target, place.alias(), query, mode, directives, orPrimary);
                } else {
                    run(place.target(), place.alias(), query, mode, directives, reply);
                }
            }

            @Override
            public void failure(VtException error) {
                reply.failure(error);
            }
        });
    }

    /** The tablet on which the session reads what it wrote; the reply fails in a transaction that no replica can serve. */
    void locate(Target target, Directives directives, Reply<ReadAfterWrite.Place> reply) {
        ShardSession shard = session.transaction.find(target);
        TabletAlias alias = shard != null ? shard.alias : session.planTarget().alias();
        boolean bound = shard != null || session.transaction.isOpen() || session.needsReserved;
        ownWrites.locate(target, alias, directives, new Reply<>() {
            @Override
            public void success(ReadAfterWrite.Place place) {
                if (bound && !place.target().equals(target)) {
                    reply.failure(VtException.of(
                            Code.UNAVAILABLE,
                            "no " + target.type().lower() + " of " + target.keyspace() + "/" + target.shard()
                                    + " has reached this session's last write within "
                                    + session.readAfterWriteTimeout.toPlainString()
                                    + " s (read_after_write_timeout)"));
                } else {
                    reply.success(place);
                }
            }

            @Override
            public void failure(VtException error) {
                reply.failure(error);
            }
        });
    }

    boolean mustLocate(Target target) {
        ShardSession shard = session.transaction.find(target);
        return (shard == null || shard.transactionId == 0) && ownWrites.concerns(target);
    }

    /** Goes to the primary when the replica, chosen before the call, cannot serve it any more. */
    private record OrElse(Reply<Query.QueryResult> reply, Runnable primary) implements Reply<Query.QueryResult> {
        @Override
        public void success(Query.QueryResult value) {
            reply.success(value);
        }

        @Override
        public void failure(VtException error) {
            switch (error.code()) {
                case UNAVAILABLE, FAILED_PRECONDITION, CLUSTER_EVENT, NOT_FOUND -> primary.run();
                default -> reply.failure(error);
            }
        }
    }

    private void run(
            Target target,
            @Nullable TabletAlias alias,
            Query.BoundQuery query,
            Mode mode,
            Directives directives,
            Reply<Query.QueryResult> reply) {
        ShardSession shard = session.transaction.find(target, mode.order());
        if (shard == null || shard.reservedId == 0 || shard.transactionId != 0) {
            attempt(target, alias, query, mode, directives, reply);
            return;
        }
        attempt(target, alias, query, mode, directives, new Reply<>() {
            @Override
            public void success(Query.QueryResult value) {
                reply.success(value);
            }

            @Override
            public void failure(VtException error) {
                LostReservation lost = LostReservation.of(error, target.type(), mode.writes());
                if (lost == LostReservation.NOT_LOST || shard.transactionId != 0 || running.isKilled()) {
                    reply.failure(error);
                    return;
                }
                session.transaction.remove(shard);
                TabletAlias there = lost == LostReservation.SAME_TABLET
                        ? alias
                        : session.planTarget().alias();
                attempt(target, there, query, mode, directives, reply);
            }
        });
    }

    private void attempt(
            Target target,
            @Nullable TabletAlias alias,
            Query.BoundQuery query,
            Mode mode,
            Directives directives,
            Reply<Query.QueryResult> reply) {
        Transaction transaction = session.transaction;
        CommitOrder order = mode.order();
        ShardSession shard = transaction.find(target, order);
        boolean begin = mode.joins() && transaction.isOpen() && (shard == null || shard.transactionId == 0);
        boolean reserve = session.needsReserved && (shard == null || shard.reservedId == 0);
        Call call = options.call(target, alias, !mode.writes(), directives);
        SentQueries noted = queries;
        if (noted != null) {
            noted.add(target, begin, query);
        }
        Query.ExecuteOptions carried = optionsFor(query, directives);
        boolean commits = mode.writes() && !transaction.isOpen();
        Consumer<Query.QueryResult> note = result -> {
            note(transaction.find(target, order), mode, result);
            if (commits) {
                session.ownWrites.wrote(target, result.getSessionStateChanges());
            }
        };
        Reply<Query.QueryResult> noting = commits ? new NotingFailure(target, reply) : reply;
        if (begin && reserve) {
            tracker.track(
                    noting,
                    note,
                    (Reply<ReserveBeginExecuteReply> to) -> gateway.reserveBeginExecute(
                            call, session.settingStatements(), transaction.savepoints(), query, carried, to),
                    answer -> {
                        joined(target, order, answer.alias(), answer.transactionId(), answer.reservedId());
                        return new CallTracker.Answer(answer.result(), answer.error());
                    });
        } else if (begin) {
            long reservedId = shard == null ? 0 : shard.reservedId;
            tracker.track(
                    noting,
                    note,
                    (Reply<BeginExecuteReply> to) ->
                            gateway.beginExecute(call, transaction.savepoints(), query, carried, reservedId, to),
                    answer -> {
                        joined(target, order, answer.alias(), answer.transactionId(), reservedId);
                        return new CallTracker.Answer(answer.result(), answer.error());
                    });
        } else if (reserve) {
            long transactionId = shard == null ? 0 : shard.transactionId;
            tracker.track(
                    noting,
                    note,
                    (Reply<ReserveExecuteReply> to) -> gateway.reserveExecute(
                            call, session.settingStatements(), query, carried, transactionId, to),
                    answer -> {
                        joined(target, order, answer.alias(), transactionId, answer.reservedId());
                        return new CallTracker.Answer(answer.result(), answer.error());
                    });
        } else {
            long transactionId = shard == null ? 0 : shard.transactionId;
            long reservedId = shard == null ? 0 : shard.reservedId;
            tracker.track(
                    noting,
                    note,
                    (Reply<Query.QueryResult> to) ->
                            gateway.execute(call, query, carried, transactionId, reservedId, to),
                    result -> new CallTracker.Answer(result, null));
        }
    }

    /** From now on, what is sent is written down there; null for no longer. */
    void note(@Nullable SentQueries queries) {
        this.queries = queries;
    }

    /** A write that failed may have happened all the same. */
    private final class NotingFailure implements Reply<Query.QueryResult> {
        private final Target target;
        private final Reply<Query.QueryResult> reply;

        NotingFailure(Target target, Reply<Query.QueryResult> reply) {
            this.target = target;
            this.reply = reply;
        }

        @Override
        public void success(Query.QueryResult value) {
            reply.success(value);
        }

        @Override
        public void failure(VtException error) {
            session.ownWrites.wrote(target, "");
            reply.failure(error);
        }
    }

    /** LAST_INSERT_ID(x) sets a value on the tablet's connection; only when it is asked for does it come back beside rows. */
    Query.ExecuteOptions optionsFor(Query.BoundQuery query, Directives directives) {
        Query.ExecuteOptions carried = options.of(directives);
        return query.getSql().contains("last_insert_id(")
                ? carried.toBuilder().setFetchLastInsertId(true).build()
                : carried;
    }

    /** Runs the query outside of the session's transaction and without its settings, as sequences and checks need it. */
    void executeStandalone(
            Target target, Query.BoundQuery query, Directives directives, Reply<Query.QueryResult> reply) {
        if (running.isKilled()) {
            reply.failure(ShardErrors.interrupted());
            return;
        }
        Call call = options.call(target, null, false, directives);
        tracker.track(
                reply,
                result -> {},
                (Reply<Query.QueryResult> to) -> gateway.execute(call, query, options.of(directives), 0, 0, to),
                result -> new CallTracker.Answer(result, null));
    }

    /** Whether MySQL takes a setting: sets it on a connection that is given back at once. */
    void trySetting(Target target, String statement, Reply<Query.QueryResult> reply) {
        Call call = options.call(target, null, true, Directives.NONE);
        Query.BoundQuery query =
                Query.BoundQuery.newBuilder().setSql("select 1 from dual").build();
        tracker.track(
                reply,
                result -> {},
                (Reply<ReserveExecuteReply> to) ->
                        gateway.reserveExecute(call, List.of(statement), query, options.of(Directives.NONE), 0, to),
                answer -> {
                    if (answer.reservedId() != 0) {
                        ShardSession shard = new ShardSession(target, answer.alias(), 0, answer.reservedId());
                        release(shard, new Reply<>() {
                            @Override
                            public void success(Query.ReleaseResponse value) {}

                            @Override
                            public void failure(VtException error) {
                                // The tablet ends unused connections by itself.
                            }
                        });
                    }
                    return new CallTracker.Answer(answer.result(), answer.error());
                });
    }

    /**
     * What a statement on the lock connection gave.
     *
     * @param connection the connection from now on
     */
    record LockAnswer(ShardSession connection, Query.QueryResult result) {}

    /** Runs a statement on the connection for locks, which is reserved when there is none yet. */
    void onLockConnection(
            @Nullable ShardSession connection, Target target, Query.BoundQuery query, Reply<LockAnswer> reply) {
        ShardSession[] reserved = {connection};
        Reply<Query.QueryResult> answered = new Reply<>() {
            @Override
            public void success(Query.QueryResult value) {
                reply.success(new LockAnswer(java.util.Objects.requireNonNull(reserved[0]), value));
            }

            @Override
            public void failure(VtException error) {
                reply.failure(error);
            }
        };
        Query.ExecuteOptions carried = options.of(Directives.NONE);
        if (connection != null) {
            Call call = options.call(connection.target, connection.alias, false, Directives.NONE);
            tracker.track(
                    answered,
                    result -> {},
                    (Reply<Query.QueryResult> to) ->
                            gateway.execute(call, query, carried, 0, connection.reservedId, to),
                    result -> new CallTracker.Answer(result, null));
            return;
        }
        Call call = options.call(target, null, false, Directives.NONE);
        tracker.track(
                answered,
                result -> {},
                (Reply<ReserveExecuteReply> to) -> gateway.reserveExecute(call, List.of(), query, carried, 0, to),
                answer -> {
                    if (answer.reservedId() != 0) {
                        reserved[0] = new ShardSession(target, answer.alias(), 0, answer.reservedId());
                    }
                    return new CallTracker.Answer(answer.result(), answer.error());
                });
    }

    /** Keeps a connection awake; not among the calls that a KILL ends. */
    void beat(ShardSession shard, Reply<Query.QueryResult> reply) {
        Query.BoundQuery query =
                Query.BoundQuery.newBuilder().setSql("select 1 from dual").build();
        gateway.execute(
                options.closingCall(shard.target, shard.alias),
                query,
                options.of(Directives.NONE),
                0,
                shard.reservedId,
                reply);
    }

    void joined(Target target, TabletAlias alias, long transactionId, long reservedId) {
        joined(target, CommitOrder.NORMAL, alias, transactionId, reservedId);
    }

    private void joined(Target target, CommitOrder order, TabletAlias alias, long transactionId, long reservedId) {
        ShardSession shard = session.transaction.find(target, order);
        if (shard != null) {
            shard.transactionId = transactionId;
            shard.reservedId = reservedId;
        } else if (transactionId != 0 || reservedId != 0) {
            session.transaction.add(new ShardSession(target, alias, order, transactionId, reservedId));
        }
    }

    private static void note(@Nullable ShardSession shard, Mode mode, Query.QueryResult result) {
        if (shard != null && mode.writes()) {
            shard.readOnly = false;
            shard.rowsAffected |= result.getRowsAffected() > 0;
        }
    }

    /** Runs a bare statement such as {@code savepoint x} on a connection that the session holds. */
    void onShard(ShardSession shard, String sql, Reply<Query.QueryResult> reply) {
        Call call = options.closingCall(shard.target, shard.alias);
        Query.BoundQuery query = Query.BoundQuery.newBuilder().setSql(sql).build();
        tracker.track(
                reply,
                result -> {},
                (Reply<Query.QueryResult> to) -> gateway.execute(
                        call, query, options.of(Directives.NONE), shard.transactionId, shard.reservedId, to),
                result -> new CallTracker.Answer(result, null));
    }

    void commit(ShardSession shard, Reply<Long> reply) {
        if (!shard.readOnly) {
            // the answer to a commit has no place for a GTID
            session.ownWrites.wrote(shard.target, "");
        }
        gateway.commit(options.closingCall(shard.target, shard.alias), shard.transactionId, reply);
    }

    void rollback(ShardSession shard, Reply<Long> reply) {
        gateway.rollback(options.closingCall(shard.target, shard.alias), shard.transactionId, reply);
    }

    void release(ShardSession shard, Reply<Query.ReleaseResponse> reply) {
        gateway.release(options.closingCall(shard.target, shard.alias), shard.transactionId, shard.reservedId, reply);
    }

    /** Names of shards in texts: {@code -80, 80-}. */
    static String names(List<ShardSession> shards) {
        StringBuilder names = new StringBuilder();
        for (ShardSession shard : shards) {
            names.append(names.isEmpty() ? "" : ", ").append(shard.target.shard());
        }
        return names.toString();
    }
}
