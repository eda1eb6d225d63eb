package io.vtsphere.gateway;

import io.vtsphere.topo.TabletAlias;
import io.vtsphere.vterrors.VtException;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Passes on what every piece of a stream carries. */
record PieceReceiver<R, T>(PieceReply<T> reply, BiFunction<R, TabletAlias, T> content)
        implements StreamCall.Receiver<R> {
    @Override
    public void piece(R message, TabletAlias servedBy) {
        reply.onPiece(content.apply(message, servedBy));
    }

    @Override
    public @Nullable VtException ended() {
        return null;
    }

    @Override
    public void succeeded() {
        reply.success();
    }

    @Override
    public void failed(VtException error) {
        reply.failure(error);
    }
}
