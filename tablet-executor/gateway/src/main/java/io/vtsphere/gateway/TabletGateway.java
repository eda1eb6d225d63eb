package io.vtsphere.gateway;

import io.vitess.proto.Binlogdata.Filter;
import io.vitess.proto.Binlogdata.TableLastPK;
import io.vitess.proto.Binlogdata.VStreamResponse;
import io.vitess.proto.Query;
import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Query.ExecuteOptions;
import io.vitess.proto.Query.GetSchemaResponse;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.ReleaseResponse;
import io.vitess.proto.Query.SchemaTableType;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.TabletType;
import io.vtsphere.topo.Target;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every tablet of the watched cells behind one door: a call names a target, the gateway finds the tablet.
 *
 * <p>Thread-safe; no method but {@link #awaitServing} blocks. A call made on its own event loop is written and answered on that loop without
 * a hop; made elsewhere, it hops there first. Calls without a pinned alias are tried on up to {@code retry-count} more tablets when the one
 * they went to could not serve them; see Vitess' {@code go/vt/vtgate/tabletgateway.go} and {@code go/vt/vttablet/queryservice/wrapped.go}.
 *
 * <p>Errors: UNAVAILABLE when no tablet is there, NOT_FOUND for a pinned tablet that is down, DEADLINE_EXCEEDED, CANCELED, and whatever the
 * tablet says, with its code and text.
 */
public interface TabletGateway extends AutoCloseable {
    /** Runs a statement: alone when both ids are 0, else in that transaction or on that reserved connection (pinned by the call's alias). */
    CallHandle execute(
            Call call,
            BoundQuery query,
            ExecuteOptions options,
            long transactionId,
            long reservedId,
            Reply<QueryResult> reply);

    /** Runs a statement and hands its rows over as they come; nothing comes before {@link StreamHandle#request}. */
    StreamHandle streamExecute(
            Call call,
            BoundQuery query,
            ExecuteOptions options,
            long transactionId,
            long reservedId,
            StreamReply reply);

    CallHandle begin(Call call, ExecuteOptions options, Reply<BeginReply> reply);

    /** @param preQueries run in the new transaction before the statement: the session's savepoints, or nothing */
    CallHandle beginExecute(
            Call call,
            List<String> preQueries,
            BoundQuery query,
            ExecuteOptions options,
            long reservedId,
            Reply<BeginExecuteReply> reply);

    /** As {@link #beginExecute}, with the rows as they come. */
    StreamHandle beginStreamExecute(
            Call call,
            List<String> preQueries,
            BoundQuery query,
            ExecuteOptions options,
            long reservedId,
            OpeningStreamReply reply);

    /** @param reply gets the reserved id that replaces the old one; 0 when the connection is free again */
    CallHandle commit(Call call, long transactionId, Reply<Long> reply);

    /** @param reply gets the reserved id that replaces the old one; 0 when the connection is free again */
    CallHandle rollback(Call call, long transactionId, Reply<Long> reply);

    /** @param preQueries the {@code set} statements that make the connection the session's own */
    CallHandle reserveExecute(
            Call call,
            List<String> preQueries,
            BoundQuery query,
            ExecuteOptions options,
            long transactionId,
            Reply<ReserveExecuteReply> reply);

    /**
     * @param preQueries the {@code set} statements that make the connection the session's own
     * @param postBeginQueries run after the begin: the session's savepoints, or nothing
     */
    CallHandle reserveBeginExecute(
            Call call,
            List<String> preQueries,
            List<String> postBeginQueries,
            BoundQuery query,
            ExecuteOptions options,
            Reply<ReserveBeginExecuteReply> reply);

    /** As {@link #reserveExecute}, with the rows as they come. */
    StreamHandle reserveStreamExecute(
            Call call,
            List<String> preQueries,
            BoundQuery query,
            ExecuteOptions options,
            long transactionId,
            OpeningStreamReply reply);

    /** As {@link #reserveBeginExecute}, with the rows as they come. */
    StreamHandle reserveBeginStreamExecute(
            Call call,
            List<String> preQueries,
            List<String> postBeginQueries,
            BoundQuery query,
            ExecuteOptions options,
            OpeningStreamReply reply);

    /** Rolls back and gives the connection up. */
    CallHandle release(Call call, long transactionId, long reservedId, Reply<ReleaseResponse> reply);

    /** Rows of a message table as they become due, until the handle is cancelled or the tablet ends the stream. */
    StreamHandle messageStream(Call call, String table, StreamReply reply);

    /** Takes messages off their table; the answer's affected rows say how many were there. */
    CallHandle messageAck(Call call, String table, List<Query.Value> ids, Reply<QueryResult> reply);

    /**
     * The {@code create} statements of tables or views, or the user-defined functions.
     *
     * @param tables empty for all
     */
    StreamHandle getSchema(Call call, SchemaTableType type, List<String> tables, PieceReply<GetSchemaResponse> reply);

    /**
     * Changes of a shard as its binlog tells them, until the handle is cancelled or the tablet ends the stream. Never moves to another
     * tablet: only its reader knows from where to go on.
     *
     * @param position {@code MySQL56/<GTID set>} after which to begin, {@code current}, or empty to copy the tables first
     * @param resume how far tables had been copied, per table; empty for a copy from the beginning
     */
    StreamHandle vStream(
            Call call, String position, Filter filter, List<TableLastPK> resume, PieceReply<VStreamResponse> reply);

    TwoPhaseCalls twoPhase();

    /**
     * The tablet that a call would go to now, for whoever needs two calls on the same one.
     *
     * @param session the UUID of the session that asks
     * @return null when the target has no healthy tablet
     */
    @Nullable
    TabletAlias choose(Target target, String session);

    /** Every tablet that the topology names in the watched cells, in the order of their aliases. */
    List<TabletHealth> tablets();

    /**
     * Blocks until every shard of the serving keyspaces has a healthy tablet of each of these types that its keyspace serves.
     *
     * @return false when that did not come about in time; the gateway works with what it has
     * @throws InterruptedException when the thread is interrupted; nothing changes
     */
    boolean awaitServing(Set<TabletType> types, Duration timeout) throws InterruptedException;

    /** Ends all calls with UNAVAILABLE and closes every connection. */
    @Override
    void close();
}
