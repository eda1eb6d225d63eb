package io.vtsphere.gateway;

import io.vitess.proto.Query.CommitPreparedResponse;
import io.vitess.proto.Query.ConcludeTransactionResponse;
import io.vitess.proto.Query.CreateTransactionResponse;
import io.vitess.proto.Query.PrepareResponse;
import io.vitess.proto.Query.ReadTransactionResponse;
import io.vitess.proto.Query.RollbackPreparedResponse;
import io.vitess.proto.Query.SetRollbackResponse;
import io.vitess.proto.Query.StartCommitResponse;
import io.vitess.proto.Query.UnresolvedTransactionsResponse;
import io.vtsphere.topo.Target;
import java.util.List;

/**
 * The calls of a two-phase commit, which go to whichever tablet is primary now. Thread-safe. Source: Vitess' {@code
 * go/vt/vtgate/tx_conn.go}.
 *
 * <p>{@code dtid} is the distributed transaction's id, {@code <keyspace>:<shard>:<transaction id>} of its metadata manager.
 */
public interface TwoPhaseCalls {
    CallHandle createTransaction(
            Call call, String dtid, List<Target> participants, Reply<CreateTransactionResponse> reply);

    CallHandle prepare(Call call, long transactionId, String dtid, Reply<PrepareResponse> reply);

    /** The metadata manager's commit decides: its answer says whether it has; unknown also when the call broke. */
    CallHandle startCommit(Call call, long transactionId, String dtid, Reply<StartCommitResponse> reply);

    CallHandle setRollback(Call call, long transactionId, String dtid, Reply<SetRollbackResponse> reply);

    CallHandle commitPrepared(Call call, String dtid, Reply<CommitPreparedResponse> reply);

    CallHandle rollbackPrepared(Call call, long transactionId, String dtid, Reply<RollbackPreparedResponse> reply);

    CallHandle concludeTransaction(Call call, String dtid, Reply<ConcludeTransactionResponse> reply);

    CallHandle readTransaction(Call call, String dtid, Reply<ReadTransactionResponse> reply);

    /**
     * The distributed transactions whose metadata this shard keeps and that have not been concluded.
     *
     * @param abandonAgeSeconds only those older than this; 0 for what the tablet's own {@code twopc-abandon-age} says
     */
    CallHandle unresolvedTransactions(Call call, long abandonAgeSeconds, Reply<UnresolvedTransactionsResponse> reply);
}
