package io.vtsphere.gateway;

import io.vitess.proto.Query.QueryResult;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/**
 * A reserved connection and how its first statement went. The connection stays reserved when the statement failed.
 *
 * @param result null if and only if the statement failed
 * @param error null if and only if the statement succeeded
 * @param reservedId not 0
 * @param alias the tablet that holds the connection
 */
public record ReserveExecuteReply(
        @Nullable QueryResult result, @Nullable VtException error, long reservedId, TabletAlias alias) {}
