package io.vtsphere.gateway;

import io.vitess.proto.Query.BeginStreamExecuteResponse;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.Query.ReserveBeginStreamExecuteResponse;
import io.vitess.proto.Query.ReserveStreamExecuteResponse;
import io.vitess.proto.Topodata;
import io.vitess.proto.Vtrpc;
import io.vtsphere.topo.TabletAlias;
import io.vtsphere.vterrors.VtException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream apart whose pieces are rows, but for one that says what was opened and how the statement failed. Confined to the call's loop.
 */
final class OpeningReceiver<R> implements StreamCall.Receiver<R> {
    /** What a piece says. A piece without a result is the one about what was opened. */
    record Piece(
            @Nullable QueryResult result,
            Vtrpc.@Nullable RPCError error,
            long transactionId,
            long reservedId,
            Topodata.@Nullable TabletAlias alias,
            String sessionStateChanges) {
        boolean opens() {
            return transactionId != 0 || reservedId != 0;
        }
    }

    private final OpeningStreamReply reply;
    private final Function<R, Piece> reader;
    private @Nullable VtException error;

    private OpeningReceiver(OpeningStreamReply reply, Function<R, Piece> reader) {
        this.reply = reply;
        this.reader = reader;
    }

    static OpeningReceiver<BeginStreamExecuteResponse> begin(OpeningStreamReply reply) {
        return new OpeningReceiver<>(
                reply,
                r -> new Piece(
                        r.hasResult() ? r.getResult() : null,
                        r.hasError() ? r.getError() : null,
                        r.getTransactionId(),
                        0,
                        r.hasTabletAlias() ? r.getTabletAlias() : null,
                        r.getSessionStateChanges()));
    }

    static OpeningReceiver<ReserveStreamExecuteResponse> reserve(OpeningStreamReply reply) {
        return new OpeningReceiver<>(
                reply,
                r -> new Piece(
                        r.hasResult() ? r.getResult() : null,
                        r.hasError() ? r.getError() : null,
                        0,
                        r.getReservedId(),
                        r.hasTabletAlias() ? r.getTabletAlias() : null,
                        ""));
    }

    static OpeningReceiver<ReserveBeginStreamExecuteResponse> reserveBegin(OpeningStreamReply reply) {
        return new OpeningReceiver<>(
                reply,
                r -> new Piece(
                        r.hasResult() ? r.getResult() : null,
                        r.hasError() ? r.getError() : null,
                        r.getTransactionId(),
                        r.getReservedId(),
                        r.hasTabletAlias() ? r.getTabletAlias() : null,
                        r.getSessionStateChanges()));
    }

    @Override
    public void piece(R message, TabletAlias servedBy) {
        Piece piece = reader.apply(message);
        QueryResult result = piece.result();
        if (result != null) {
            reply.onResult(Rows.checked(result, servedBy));
        }
        Vtrpc.RPCError failure = piece.error();
        if (failure != null) {
            error = TabletErrors.of(failure);
        }
        if (piece.opens()) {
            Topodata.TabletAlias alias = piece.alias();
            reply.opened(
                    piece.transactionId(),
                    piece.reservedId(),
                    alias == null ? servedBy : TabletAlias.of(alias),
                    piece.sessionStateChanges());
        }
    }

    @Override
    public @Nullable VtException ended() {
        return error;
    }

    @Override
    public void succeeded() {
        reply.success();
    }

    @Override
    public void failed(VtException failure) {
        reply.failure(failure);
    }
}
