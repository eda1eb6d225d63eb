package io.vtsphere.gateway;

import io.vitess.proto.Query.BeginExecuteResponse;
import io.vitess.proto.Query.BeginResponse;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.ReserveBeginExecuteResponse;
import io.vitess.proto.Query.ReserveExecuteResponse;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vtrpc;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.topo.Target;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/**
 * Reads tablets' answers. A failed statement inside an answer leaves the transaction or connection that the same answer names; without such
 * an id the call failed as a whole.
 */
final class Responses {
    private Responses() {}

    static BeginReply begin(BeginResponse response, TabletAlias servedBy, Target target) {
        return new BeginReply(
                response.getTransactionId(),
                alias(response.hasTabletAlias(), response.getTabletAlias(), servedBy),
                response.getSessionStateChanges());
    }

    static BeginExecuteReply beginExecute(BeginExecuteResponse response, TabletAlias servedBy, Target target) {
        VtException error = error(response.hasError(), response.getError(), target, response.getTransactionId());
        return new BeginExecuteReply(
                result(error, response.getResult(), servedBy),
                error,
                response.getTransactionId(),
                alias(response.hasTabletAlias(), response.getTabletAlias(), servedBy),
                response.getSessionStateChanges());
    }

    static ReserveExecuteReply reserveExecute(ReserveExecuteResponse response, TabletAlias servedBy, Target target) {
        VtException error = error(response.hasError(), response.getError(), target, response.getReservedId());
        return new ReserveExecuteReply(
                result(error, response.getResult(), servedBy),
                error,
                response.getReservedId(),
                alias(response.hasTabletAlias(), response.getTabletAlias(), servedBy));
    }

    /** A tablet whose pool has a connection with the settings opens the transaction there and reserves none. */
    static ReserveBeginExecuteReply reserveBeginExecute(
            ReserveBeginExecuteResponse response, TabletAlias servedBy, Target target) {
        VtException error = error(response.hasError(), response.getError(), target, response.getTransactionId());
        return new ReserveBeginExecuteReply(
                result(error, response.getResult(), servedBy),
                error,
                response.getTransactionId(),
                response.getReservedId(),
                alias(response.hasTabletAlias(), response.getTabletAlias(), servedBy),
                response.getSessionStateChanges());
    }

    private static @Nullable VtException error(boolean present, Vtrpc.RPCError error, Target target, long id) {
        if (!present) {
            return null;
        }
        VtException converted = TabletErrors.of(error);
        if (id == 0) {
            throw converted;
        }
        return converted.withPrefix(CallErrors.prefix(target));
    }

    private static @Nullable QueryResult result(@Nullable VtException error, QueryResult result, TabletAlias servedBy) {
        return error == null ? Rows.checked(result, servedBy) : null;
    }

    /** Old tablets do not name themselves. */
    private static TabletAlias alias(boolean present, Topodata.TabletAlias alias, TabletAlias servedBy) {
        return present ? TabletAlias.of(alias) : servedBy;
    }
}
