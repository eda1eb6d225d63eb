package io.vtsphere.gateway;

import io.vitess.proto.Query.BoundQuery;
import io.vitess.proto.Query.ExecuteOptions;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.ReleaseResponse;
import io.vtsphere.topo.TabletType;
import java.time.Duration;
import java.util.List;
import java.util.Set;

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

    /** Rolls back and gives the connection up. */
    CallHandle release(Call call, long transactionId, long reservedId, Reply<ReleaseResponse> reply);

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
