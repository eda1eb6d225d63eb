package io.vtsphere.gateway;

import io.vitess.proto.Query.QueryResult;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/**
 * An open transaction and how its first statement went. The transaction stays open when the statement failed.
 *
 * @param result null if and only if the statement failed
 * @param error null if and only if the statement succeeded
 * @param transactionId not 0
 * @param alias the tablet that holds the transaction
 * @param sessionStateChanges as in {@link BeginReply}
 */
public record BeginExecuteReply(
        @Nullable QueryResult result,
        @Nullable VtException error,
        long transactionId,
        TabletAlias alias,
        String sessionStateChanges) {}
