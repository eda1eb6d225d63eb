package io.vtsphere.gateway;

import io.vitess.proto.Query.QueryResult;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/**
 * A reserved connection with an open transaction, and how the first statement went.
 *
 * @param result null if and only if the statement failed
 * @param error null if and only if the statement succeeded
 * @param transactionId 0 when the tablet could reserve but not begin
 * @param reservedId not 0
 * @param alias the tablet that holds both
 * @param sessionStateChanges as in {@link BeginReply}
 */
public record ReserveBeginExecuteReply(
        @Nullable QueryResult result,
        @Nullable VtException error,
        long transactionId,
        long reservedId,
        TabletAlias alias,
        String sessionStateChanges) {}
