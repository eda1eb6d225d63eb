package io.vtsphere.gateway;

import io.vtsphere.vterrors.VtException;

/** Receives the answer of a streaming call whose pieces are of one kind; for the rest as {@link StreamReply}. */
public interface PieceReply<T> {
    void onPiece(T piece);

    void success();

    void failure(VtException error);
}
