package io.vtsphere.gateway;

import io.vitess.proto.Query.QueryResult;
import io.vtsphere.vterrors.VtException;

/**
 * Receives the answer of a streaming call, piece by piece.
 *
 * <p>All methods are called on the call's event loop: {@link #onResult} as often as was asked for through {@link StreamHandle#request},
 * then exactly one of {@link #success} and {@link #failure}. None may block or throw.
 */
public interface StreamReply extends PieceReply<QueryResult> {
    /** One piece: the first carries the fields, later ones rows. */
    void onResult(QueryResult result);

    @Override
    default void onPiece(QueryResult piece) {
        onResult(piece);
    }

    @Override
    void success();

    @Override
    void failure(VtException error);
}
