package io.vtsphere.executor;

import com.google.protobuf.ByteString;
import io.vitess.proto.Query;
import io.vtsphere.executor.rows.Cells;
import io.vtsphere.gateway.Reply;
import io.vtsphere.planner.Directives;
import io.vtsphere.planner.Primitive;
import io.vtsphere.planner.QueryText;
import io.vtsphere.topo.Target;
import io.vtsphere.vindex.VindexQueries.CommitOrder;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs queries on the shards of one statement for a session thread, which waits for them.
 *
 * <p>Not thread-safe: belongs to the thread that runs the statement.
 */
final class ShardRun {
    private final SessionState session;
    private final GateConfig config;
    private final GateMetrics metrics;
    private final ShardCalls calls;
    private final TransactionEnd ends;
    private final LoopWait loop;
    private final SessionLocks locks;
    private final Directives directives;
    private final CommitOrder order;
    private final SessionParts parts;
    private int shardsReached;
    private boolean readsToWrite;
    private boolean refusesWarnings;
    private boolean warned;
    private boolean noting;

    ShardRun(SessionParts parts, Directives directives) {
        this(parts, directives, CommitOrder.NORMAL);
    }

    /** @param order which of the session's transactions the queries join; with AUTOCOMMIT none: each commits by itself */
    ShardRun(SessionParts parts, Directives directives, CommitOrder order) {
        this.parts = parts;
        this.order = order;
        this.session = parts.state();
        this.config = parts.config();
        this.metrics = parts.metrics();
        this.calls = parts.calls();
        this.ends = parts.ends();
        this.loop = parts.loop();
        this.locks = parts.locks();
        this.directives = directives;
    }

    /** The same in another of the session's transactions. */
    ShardRun in(CommitOrder other) {
        return other == order ? this : new ShardRun(parts, directives, other);
    }

    /** What tablets said of tables lately. */
    TableDefinitions definitions() {
        return parts.definitions();
    }

    /** Most bytes of gathered rows in one query. */
    long gatherBytes() {
        return config.gatherBytes();
    }

    /** Calls to shards so far. */
    int shardsReached() {
        return shardsReached;
    }

    /** A read of one shard. */
    StatementResult read(Target target, Query.BoundQuery query, boolean joinsTransaction) {
        shardsReached++;
        Query.QueryResult result;
        try {
            result = loop.await(reply -> execute(target, query, joinsTransaction, false, reply));
        } catch (VtException e) {
            throw settle(target, e);
        }
        limits().require(result);
        if (joinsTransaction) {
            requireNoWarnings(List.of(new ShardQuery(target)));
        }
        return StatementResult.of(result);
    }

    /**
     * Reads for a statement that writes what they find: the error of any shard is an error.
     *
     * @param strict whether MySQL's strict mode is on, under which that is an error in a write which is a warning in a query
     * @throws VtException also VT12001 when a read inside the transaction gives a warning in strict mode
     */
    <T> T toWrite(boolean strict, Supplier<T> reads) {
        boolean toWriteBefore = readsToWrite;
        boolean refusesBefore = refusesWarnings;
        readsToWrite = true;
        refusesWarnings = strict;
        try {
            return reads.get();
        } finally {
            readsToWrite = toWriteBefore;
            refusesWarnings = refusesBefore;
        }
    }

    /** Whether a read was refused for its warning, which another way to read does not help. */
    boolean hasWarned() {
        return warned;
    }

    private void requireNoWarnings(List<ShardQuery> reached) {
        if (!refusesWarnings) {
            return;
        }
        List<StatementResult> answers;
        refusesWarnings = false;
        try {
            answers = read(reached, QueryText.of("show warnings"), new Binds());
        } finally {
            refusesWarnings = true;
        }
        for (StatementResult warnings : answers) {
            for (Query.Row row : warnings.rows()) {
                ByteString level = Cells.get(row, 0);
                ByteString message = Cells.get(row, 2);
                if (level != null && message != null && !level.toStringUtf8().equals("Note")) {
                    warned = true;
                    throw VtError.VT12001.with(
                            "write of rows of several shards whose query warns: " + message.toStringUtf8());
                }
            }
        }
    }

    /** Writes down what the session sends while this runs. */
    void noting(SentQueries queries, Runnable run) {
        calls.note(queries);
        noting = true;
        try {
            run.run();
        } finally {
            noting = false;
            calls.note(null);
        }
    }

    /** Advisory locks, on the session's connection for them. */
    StatementResult lock(Primitive.Lock lock, Target target, Binds binds) {
        shardsReached++;
        return StatementResult.of(loop.<Query.QueryResult>await(reply -> locks.execute(lock, target, binds, reply)));
    }

    /** A query of one shard that has nothing to do with the session's transaction and settings. */
    StatementResult standalone(Target target, Query.BoundQuery query) {
        shardsReached++;
        return StatementResult.of(
                loop.<Query.QueryResult>await(reply -> calls.executeStandalone(target, query, directives, reply)));
    }

    /**
     * A read of several shards.
     *
     * @return the results in the order of the shards; with SCATTER_ERRORS_AS_WARNINGS only those of the shards that answered
     * @throws VtException what the shards failed with, all of it
     */
    List<StatementResult> read(List<ShardQuery> shards, QueryText query, Binds binds) {
        List<StatementResult> results = results(loop.await(reply -> start(shards, query, binds, reply)), query);
        requireNoWarnings(
                shards.stream().map(shard -> new ShardQuery(shard.target())).toList());
        return results;
    }

    /** Starts such a read, on the session's event loop; what it brings is for {@link #results(List, QueryText)}. */
    void start(List<ShardQuery> shards, QueryText query, Binds binds, Reply<List<Scatter.Outcome>> reply) {
        start(new ShardRead(shards, query, binds, true), new Scatter.Held(limits()), reply);
    }

    private void start(ShardRead read, Scatter.Held held, Reply<List<Scatter.Outcome>> reply) {
        List<ShardQuery> shards = read.shards();
        Binds binds = read.binds();
        QueryText query = read.query();
        shardsReached += shards.size();
        boolean alike = shards.stream().allMatch(shard -> shard.own().isEmpty());
        Query.BoundQuery same = alike ? binds.bind(query, Map.of()) : Query.BoundQuery.getDefaultInstance();
        new Scatter(
                        shards,
                        config.scatterConcurrency(),
                        held,
                        (shard, to) -> execute(
                                shard.target(),
                                alike ? same : binds.bind(query, shard.own()),
                                read.joinsTransaction(),
                                false,
                                to),
                        reply)
                .start();
    }

    /**
     * Reads that do not depend on each other, made at the same time. Where they share a connection, in a transaction, each is made when its
     * results are asked for.
     *
     * @return the results of each read, or its error when they are asked for; to be asked for in this order, and not after an error
     */
    List<Supplier<List<StatementResult>>> together(List<ShardRead> reads) {
        if (reads.size() < 2 || !mayReadTogether()) {
            return reads.stream().map(this::whenAsked).toList();
        }
        Scatter.Held held = new Scatter.Held(limits());
        List<ReadTogether.Answer> answers =
                loop.await(reply -> ReadTogether.start(reads, (read, to) -> start(read, held, to), reply));
        List<Supplier<List<StatementResult>>> results = new ArrayList<>();
        for (int i = 0; i < reads.size(); i++) {
            ReadTogether.Answer answer = answers.get(i);
            QueryText query = reads.get(i).query();
            results.add(() -> results(answer.outcomes(), query));
        }
        return results;
    }

    /** Whether queries of this statement may run at the same time: not on a connection that the session holds. */
    boolean mayReadTogether() {
        return !session.transaction.isOpen() && !session.needsReserved && !refusesWarnings;
    }

    /** Whether what is sent is written down, step by step. */
    boolean isNoted() {
        return noting;
    }

    /** Whether reads of this statement are to stream: the session's do, and they hold no connection that others of it need. */
    boolean streams() {
        return session.workload == Workload.OLAP && mayReadTogether() && !noting;
    }

    /** Streams the rows of a read; to be closed. */
    PulledRows pull(ShardRead read) {
        shardsReached += read.shards().size();
        ShardCalls.Mode mode = read.joinsTransaction() ? ShardCalls.Mode.READ : ShardCalls.Mode.ASIDE;
        return new PulledRows(
                read.shards(),
                (shard, stream, reply) -> parts.streams()
                        .open(
                                shard.target(),
                                read.binds().bind(read.query(), shard.own()),
                                mode,
                                directives,
                                stream,
                                reply),
                loop);
    }

    private Supplier<List<StatementResult>> whenAsked(ShardRead read) {
        if (read.shards().size() == 1) {
            ShardQuery only = read.shards().get(0);
            return () ->
                    List.of(read(only.target(), read.binds().bind(read.query(), only.own()), read.joinsTransaction()));
        }
        return () -> read(read.shards(), read.query(), read.binds());
    }

    /** What a read of several shards brought, or its error. Blocks where there is one, on a session thread then. */
    List<StatementResult> results(List<Scatter.Outcome> outcomes, QueryText query) {
        List<VtException> errors = errors(outcomes);
        List<StatementResult> results = results(outcomes);
        if (errors.isEmpty()) {
            warnOfSize(results, query);
            return results;
        }
        if (readsToWrite || !directives.scatterErrorsAsWarnings() || results.isEmpty()) {
            throw failed(outcomes, errors);
        }
        for (VtException error : errors) {
            session.warn(error.errno(), error.getMessage());
        }
        return results;
    }

    /** A statement that is only passed on, such as DDL: every shard's error counts, and nothing is undone. */
    List<StatementResult> pass(List<ShardQuery> shards, QueryText query, Binds binds, boolean joinsTransaction) {
        ShardCalls.Mode mode = new ShardCalls.Mode(joinsTransaction, true);
        List<Scatter.Outcome> outcomes = scatter(
                shards,
                limits(),
                (shard, reply) ->
                        calls.execute(shard.target(), binds.bind(query, shard.own()), mode, directives, reply));
        List<VtException> errors = errors(outcomes);
        List<StatementResult> results = results(outcomes);
        if (!errors.isEmpty()) {
            throw failed(outcomes, errors);
        }
        return results;
    }

    private Scatter.Limits limits() {
        return Scatter.Limits.of(config, directives);
    }

    /**
     * For rows that a statement keeps from several reads.
     *
     * @throws VtException 1153 when they are more than the configuration allows
     */
    void requireRoom(long rows, long bytes) {
        limits().require(rows, bytes);
    }

    private void warnOfSize(List<StatementResult> results, QueryText query) {
        int rows = 0;
        for (StatementResult result : results) {
            rows += result.rows().size();
        }
        if (rows > config.warnMemoryRows()) {
            metrics.warning("ResultsExceeded");
            session.warn(
                    1037,
                    "\"" + query.sql() + "\" exceeds warning threshold of max memory rows: " + config.warnMemoryRows()
                            + ". Actual memory rows: " + rows);
        }
    }

    /**
     * A write to shards: all of it or nothing.
     *
     * <p>One shard commits by itself outside of a transaction; several are wrapped in one, which is committed here. Inside the client's
     * transaction a partial failure is undone back to before the statement.
     *
     * @return the results in the order of the shards
     */
    List<StatementResult> write(List<ShardQuery> shards, QueryText query, Binds binds) {
        return write(
                shards, (shard, reply) -> execute(shard.target(), binds.bind(query, shard.own()), true, true, reply));
    }

    /** The same, each shard with a query of its own. */
    List<StatementResult> write(List<ShardQuery> shards, Map<ShardQuery, Query.BoundQuery> queries) {
        return write(
                shards,
                (shard, reply) ->
                        execute(shard.target(), Objects.requireNonNull(queries.get(shard)), true, true, reply));
    }

    private void execute(
            Target target, Query.BoundQuery query, boolean joins, boolean writes, Reply<Query.QueryResult> reply) {
        if (order == CommitOrder.AUTOCOMMIT) {
            calls.executeStandalone(target, query, directives, reply);
        } else {
            calls.execute(target, query, new ShardCalls.Mode(joins, writes, order), directives, reply);
        }
    }

    private List<StatementResult> write(
            List<ShardQuery> shards, BiConsumer<ShardQuery, Reply<Query.QueryResult>> call) {
        boolean several = shards.size() > 1;
        boolean alone = order == CommitOrder.AUTOCOMMIT;
        boolean wrap = several && !alone && !session.transaction.isOpen() && !directives.multiShardAutocommit();
        if (wrap) {
            session.transaction.openImplied();
        }
        boolean guarded = several && !alone && session.inTransaction();
        String savepoint = "_vt" + session.uuid.replace("-", "");
        if (guarded) {
            setSavepoint(savepoint);
        }
        List<Scatter.Outcome> outcomes;
        try {
            outcomes = scatter(shards, Scatter.Limits.NONE, call);
        } catch (RuntimeException e) {
            if (wrap) {
                this.<Boolean>quietly(ends::rollback);
            }
            throw e;
        }
        List<VtException> errors = errors(outcomes);
        List<StatementResult> results = results(outcomes);
        if (!errors.isEmpty()) {
            throw undone(outcomes, errors, results.isEmpty(), wrap, guarded ? savepoint : "");
        }
        if (wrap) {
            loop.<Boolean>await(ends::commit);
        }
        return results;
    }

    /** Marks this point on every shard that has begun; those that join later get the mark when they begin. */
    private void setSavepoint(String name) {
        loop.<Boolean>await(reply -> ends.onEachShard(session.transaction.begun(), "savepoint " + name, reply));
        session.transaction.setSavepoint(name);
    }

    private VtException undone(
            List<Scatter.Outcome> outcomes,
            List<VtException> errors,
            boolean nothingDone,
            boolean wrapped,
            String savepoint) {
        if (wrapped) {
            this.<Boolean>quietly(ends::rollback);
            VtException error = ShardErrors.aggregate(errors);
            return nothingDone ? error : rolledBack(error);
        }
        VtException error = failed(outcomes, errors);
        if (nothingDone || savepoint.isEmpty() || !session.inTransaction() || session.transaction.isFailed()) {
            return error;
        }
        try {
            loop.<Boolean>await(
                    reply -> ends.onEachShard(session.transaction.begun(), "rollback to " + savepoint, reply));
            return VtException.of(Code.ABORTED, "reverted partial DML execution failure: " + error.getMessage());
        } catch (VtException e) {
            this.<Boolean>quietly(ends::rollback);
            return rolledBack(error);
        }
    }

    private static VtException rolledBack(VtException error) {
        return VtException.of(
                Code.ABORTED,
                "transaction rolled back to reverse changes of partial DML execution: " + error.getMessage());
    }

    private List<Scatter.Outcome> scatter(
            List<ShardQuery> shards, Scatter.Limits limits, BiConsumer<ShardQuery, Reply<Query.QueryResult>> call) {
        shardsReached += shards.size();
        return loop.await(reply ->
                new Scatter(shards, config.scatterConcurrency(), new Scatter.Held(limits), call, reply).start());
    }

    /** The errors as one, after what they mean for the session's transaction has been done. */
    private VtException failed(List<Scatter.Outcome> outcomes, List<VtException> errors) {
        for (Scatter.Outcome outcome : outcomes) {
            if (outcome.error() != null) {
                VtException changed = settle(outcome.shard().target(), outcome.error());
                if (changed != outcome.error()) {
                    return errors.size() == 1 ? changed : ShardErrors.transactionLost(ShardErrors.aggregate(errors));
                }
            }
        }
        return ShardErrors.aggregate(errors);
    }

    private static List<VtException> errors(List<Scatter.Outcome> outcomes) {
        List<VtException> errors = new ArrayList<>();
        for (Scatter.Outcome outcome : outcomes) {
            if (outcome.error() != null) {
                errors.add(outcome.error());
            }
        }
        return errors;
    }

    private static List<StatementResult> results(List<Scatter.Outcome> outcomes) {
        List<StatementResult> results = new ArrayList<>(outcomes.size());
        for (Scatter.Outcome outcome : outcomes) {
            if (outcome.result() != null) {
                results.add(StatementResult.of(outcome.result()));
            }
        }
        return results;
    }

    private VtException settle(Target target, VtException error) {
        return order == CommitOrder.AUTOCOMMIT
                ? error
                : loop.<VtException>await(reply -> ends.settle(target, order, error, reply::success));
    }

    private <T> void quietly(Consumer<Reply<T>> start) {
        try {
            loop.<T>await(start);
        } catch (VtException ignored) {
            // The rollback of a statement that has failed: its own error tells the client more, and the connection is
            // released.
        }
    }
}
