package io.vtsphere.executor;

import io.vitess.proto.Binlogdata.Filter;
import io.vitess.proto.Binlogdata.TableLastPK;
import io.vitess.proto.Binlogdata.VStreamResponse;
import io.vitess.proto.Query;
import io.vtsphere.gateway.BeginExecuteReply;
import io.vtsphere.gateway.BeginReply;
import io.vtsphere.gateway.Call;
import io.vtsphere.gateway.CallHandle;
import io.vtsphere.gateway.OpeningStreamReply;
import io.vtsphere.gateway.PieceReply;
import io.vtsphere.gateway.Reply;
import io.vtsphere.gateway.ReserveBeginExecuteReply;
import io.vtsphere.gateway.ReserveExecuteReply;
import io.vtsphere.gateway.StreamHandle;
import io.vtsphere.gateway.StreamReply;
import io.vtsphere.gateway.TabletGateway;
import io.vtsphere.gateway.TabletHealth;
import io.vtsphere.gateway.TwoPhaseCalls;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tablets that keep books of transactions and reserved connections as real ones do, and answer queries as a test says. Every call and every
 * answer is checked to be on the session's event loop.
 */
final class FakeTablets implements TabletGateway {
    /** Gives the result of a query on a target, or throws the tablet's error. */
    private volatile BiFunction<Target, Query.BoundQuery, Query.QueryResult> answers =
            (target, query) -> Query.QueryResult.getDefaultInstance();

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Map<Long, Target> open = Collections.synchronizedMap(new HashMap<>());
    private final Map<Long, Target> reserved = Collections.synchronizedMap(new HashMap<>());
    private final Set<String> failingCommits = Collections.synchronizedSet(new HashSet<>());
    private final List<Runnable> held = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger pieces = new AtomicInteger();
    private volatile boolean holding;
    private volatile Query.ExecuteOptions lastOptions = Query.ExecuteOptions.getDefaultInstance();
    private volatile List<TabletHealth> tablets = List.of();
    private final List<Long> timeouts = Collections.synchronizedList(new ArrayList<>());
    private long nextId = 100;

    void answer(BiFunction<Target, Query.BoundQuery, Query.QueryResult> function) {
        answers = function;
    }

    void tablets(List<TabletHealth> now) {
        tablets = now;
    }

    void failCommit(String shard) {
        failingCommits.add(shard);
    }

    /** From now on queries are not answered, until they are cancelled. */
    void hold() {
        holding = true;
    }

    /** With what the last query outside of a beginning transaction came. */
    Query.ExecuteOptions lastOptions() {
        return lastOptions;
    }

    /** The time that each query had, in nanoseconds, in order. */
    List<Long> timeouts() {
        synchronized (timeouts) {
            return new ArrayList<>(timeouts);
        }
    }

    int heldQueries() {
        return held.size();
    }

    /** What was called, in order: {@code shard: text}. */
    List<String> log() {
        synchronized (log) {
            return new ArrayList<>(log);
        }
    }

    void clearLog() {
        log.clear();
    }

    int openTransactions() {
        return open.size();
    }

    int reservedConnections() {
        return reserved.size();
    }

    static TabletAlias alias(Target target) {
        return new TabletAlias("zone1", 100 + Math.floorMod(target.key().hashCode(), 800));
    }

    private void note(Call call, String text) {
        if (!call.loop().inEventLoop()) {
            throw new AssertionError("call from " + Thread.currentThread() + ": " + text);
        }
        log.add(call.target().shard() + ": " + text);
        timeouts.add(call.timeoutNanos());
    }

    private static void later(Call call, Runnable task) {
        call.loop().execute(task);
    }

    private void checkIds(Call call, long transactionId, long reservedId) {
        if (transactionId != 0 && !call.target().equals(open.get(transactionId))) {
            throw VtException.of(Code.ABORTED, "transaction " + transactionId + ": not found");
        }
        if (reservedId != 0 && !call.target().equals(reserved.get(reservedId))) {
            throw VtException.of(Code.ABORTED, "transaction " + reservedId + ": not found");
        }
        if ((transactionId != 0 || reservedId != 0) && call.alias() == null) {
            throw new AssertionError("a call in a transaction must be pinned to its tablet");
        }
    }

    private CallHandle run(Call call, Reply<?> reply, Runnable answer) {
        if (!holding) {
            later(call, answer);
            return () -> {};
        }
        held.add(answer);
        return () -> {
            if (held.remove(answer)) {
                later(call, () -> reply.failure(VtException.of(Code.CANCELED, "call cancelled")));
            }
        };
    }

    @Override
    public CallHandle execute(
            Call call,
            Query.BoundQuery query,
            Query.ExecuteOptions options,
            long transactionId,
            long reservedId,
            Reply<Query.QueryResult> reply) {
        lastOptions = options;
        note(call, (transactionId != 0 ? "tx " : "") + (reservedId != 0 ? "reserved " : "") + query.getSql());
        return run(call, reply, () -> {
            Query.QueryResult result;
            try {
                checkIds(call, transactionId, reservedId);
                result = answers.apply(call.target(), query);
            } catch (VtException e) {
                reply.failure(e);
                return;
            }
            reply.success(result);
        });
    }

    @Override
    public StreamHandle streamExecute(
            Call call,
            Query.BoundQuery query,
            Query.ExecuteOptions options,
            long transactionId,
            long reservedId,
            StreamReply reply) {
        note(call, "stream " + (transactionId != 0 ? "tx " : "") + query.getSql());
        FakeStream stream = new FakeStream(call, reply);
        later(call, () -> {
            try {
                checkIds(call, transactionId, reservedId);
                stream.open(answers.apply(call.target(), query));
            } catch (VtException e) {
                stream.fail(e);
            }
        });
        return stream;
    }

    @Override
    public CallHandle begin(Call call, Query.ExecuteOptions options, Reply<BeginReply> reply) {
        note(call, "begin");
        later(call, () -> {
            long id = nextId++;
            open.put(id, call.target());
            reply.success(new BeginReply(id, alias(call.target()), ""));
        });
        return () -> {};
    }

    @Override
    public CallHandle beginExecute(
            Call call,
            List<String> preQueries,
            Query.BoundQuery query,
            Query.ExecuteOptions options,
            long reservedId,
            Reply<BeginExecuteReply> reply) {
        note(call, "begin " + (preQueries.isEmpty() ? "" : preQueries + " ") + query.getSql());
        return run(call, reply, () -> {
            long id = nextId++;
            TabletAlias alias = alias(call.target());
            BeginExecuteReply answer;
            try {
                checkIds(call, 0, reservedId);
                open.put(id, call.target());
                answer = new BeginExecuteReply(answers.apply(call.target(), query), null, id, alias, "");
            } catch (VtException e) {
                answer = new BeginExecuteReply(null, e, id, alias, "");
            }
            reply.success(answer);
        });
    }

    @Override
    public CallHandle commit(Call call, long transactionId, Reply<Long> reply) {
        note(call, "commit");
        later(call, () -> {
            if (failingCommits.contains(call.target().shard())) {
                reply.failure(
                        VtException.of(Code.ABORTED, "target: " + call.target().key() + ": commit failed"));
            } else if (open.remove(transactionId) == null) {
                reply.failure(VtException.of(Code.ABORTED, "transaction " + transactionId + ": not found"));
            } else {
                reply.success(0L);
            }
        });
        return () -> {};
    }

    @Override
    public CallHandle rollback(Call call, long transactionId, Reply<Long> reply) {
        note(call, "rollback");
        later(call, () -> {
            open.remove(transactionId);
            reply.success(0L);
        });
        return () -> {};
    }

    @Override
    public CallHandle reserveExecute(
            Call call,
            List<String> preQueries,
            Query.BoundQuery query,
            Query.ExecuteOptions options,
            long transactionId,
            Reply<ReserveExecuteReply> reply) {
        note(call, "reserve " + preQueries + " " + query.getSql());
        return run(call, reply, () -> {
            long id = nextId++;
            TabletAlias alias = alias(call.target());
            try {
                for (String setting : preQueries) {
                    Query.QueryResult unused = answers.apply(
                            call.target(),
                            Query.BoundQuery.newBuilder().setSql(setting).build());
                }
            } catch (VtException e) {
                reply.failure(e);
                return;
            }
            reserved.put(id, call.target());
            ReserveExecuteReply answer;
            try {
                answer = new ReserveExecuteReply(answers.apply(call.target(), query), null, id, alias);
            } catch (VtException e) {
                answer = new ReserveExecuteReply(null, e, id, alias);
            }
            reply.success(answer);
        });
    }

    @Override
    public CallHandle reserveBeginExecute(
            Call call,
            List<String> preQueries,
            List<String> postBeginQueries,
            Query.BoundQuery query,
            Query.ExecuteOptions options,
            Reply<ReserveBeginExecuteReply> reply) {
        note(call, "reserve begin " + preQueries + " " + query.getSql());
        return run(call, reply, () -> {
            long id = nextId++;
            open.put(id, call.target());
            reserved.put(id, call.target());
            ReserveBeginExecuteReply answer;
            try {
                answer = new ReserveBeginExecuteReply(
                        answers.apply(call.target(), query), null, id, id, alias(call.target()), "");
            } catch (VtException e) {
                answer = new ReserveBeginExecuteReply(null, e, id, id, alias(call.target()), "");
            }
            reply.success(answer);
        });
    }

    @Override
    public CallHandle release(Call call, long transactionId, long reservedId, Reply<Query.ReleaseResponse> reply) {
        note(call, "release");
        later(call, () -> {
            open.remove(transactionId);
            reserved.remove(reservedId);
            reply.success(Query.ReleaseResponse.getDefaultInstance());
        });
        return () -> {};
    }

    /** One row a piece, after a first piece with the columns; nothing that was not asked for. Confined to the loop. */
    private final class FakeStream implements StreamHandle {
        private final Call call;
        private final StreamReply reply;
        private Query.@Nullable QueryResult result;
        private int requested;
        private int sent = -1;
        private boolean ended;

        FakeStream(Call call, StreamReply reply) {
            this.call = call;
            this.reply = reply;
        }

        void open(Query.QueryResult whole) {
            result = whole;
            send();
        }

        void fail(VtException error) {
            if (!ended) {
                ended = true;
                reply.failure(error);
            }
        }

        @Override
        public void request(int n) {
            later(call, () -> {
                requested += n;
                send();
            });
        }

        private void send() {
            while (result != null && !ended && requested > 0) {
                requested--;
                if (sent < 0) {
                    sent = 0;
                    reply.onResult(Query.QueryResult.newBuilder()
                            .addAllFields(result.getFieldsList())
                            .build());
                } else if (sent < result.getRowsCount()) {
                    pieces.incrementAndGet();
                    reply.onResult(Query.QueryResult.newBuilder()
                            .addRows(result.getRows(sent++))
                            .build());
                } else {
                    ended = true;
                    reply.success();
                }
            }
        }

        @Override
        public void cancel() {
            later(call, () -> fail(VtException.of(Code.CANCELED, "call cancelled")));
        }
    }

    /** Pieces of streams so far. */
    int pieces() {
        return pieces.get();
    }

    @Override
    public List<TabletHealth> tablets() {
        return tablets;
    }

    @Override
    public boolean awaitServing(Set<TabletType> types, Duration timeout) {
        throw new AssertionError("a blocking call on the query path");
    }

    @Override
    public void close() {}

    @Override
    public TabletAlias choose(Target target, String session) {
        return alias(target);
    }

    @Override
    public StreamHandle beginStreamExecute(
            Call call,
            List<String> preQueries,
            Query.BoundQuery query,
            Query.ExecuteOptions options,
            long reservedId,
            OpeningStreamReply reply) {
        throw new UnsupportedOperationException("BeginStreamExecute");
    }

    @Override
    public StreamHandle reserveStreamExecute(
            Call call,
            List<String> preQueries,
            Query.BoundQuery query,
            Query.ExecuteOptions options,
            long transactionId,
            OpeningStreamReply reply) {
        throw new UnsupportedOperationException("ReserveStreamExecute");
    }

    @Override
    public StreamHandle reserveBeginStreamExecute(
            Call call,
            List<String> preQueries,
            List<String> postBeginQueries,
            Query.BoundQuery query,
            Query.ExecuteOptions options,
            OpeningStreamReply reply) {
        throw new UnsupportedOperationException("ReserveBeginStreamExecute");
    }

    @Override
    public StreamHandle messageStream(Call call, String table, StreamReply reply) {
        throw new UnsupportedOperationException("MessageStream");
    }

    @Override
    public CallHandle messageAck(Call call, String table, List<Query.Value> ids, Reply<Query.QueryResult> reply) {
        throw new UnsupportedOperationException("MessageAck");
    }

    @Override
    public StreamHandle getSchema(
            Call call, Query.SchemaTableType type, List<String> tables, PieceReply<Query.GetSchemaResponse> reply) {
        throw new UnsupportedOperationException("GetSchema");
    }

    @Override
    public StreamHandle vStream(
            Call call, String position, Filter filter, List<TableLastPK> resume, PieceReply<VStreamResponse> reply) {
        throw new UnsupportedOperationException("VStream");
    }

    @Override
    public TwoPhaseCalls twoPhase() {
        throw new UnsupportedOperationException("two-phase commit");
    }
}
