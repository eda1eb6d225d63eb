package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.executor.rows.RowOrder;
import io.vtsphere.gateway.StreamHandle;
import io.vtsphere.gateway.StreamReply;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one shard as they come, a piece at a time: the next piece is asked for when the one before has been used up.
 *
 * <p>Confined to the session's event loop.
 */
final class RowStream implements StreamReply {
    /** Hears when there is something new to see. */
    private final Runnable changed;

    private final ArrayDeque<Query.Row> rows = new ArrayDeque<>();
    private List<Query.Field> fields = List.of();
    private @Nullable StreamHandle handle;
    private @Nullable VtException error;
    private boolean ended;
    private boolean asked;
    /** Of the next row; null until it is asked for. */
    private RowOrder.@Nullable RowKey key;

    RowStream(Runnable changed) {
        this.changed = changed;
    }

    void started(StreamHandle streamHandle) {
        handle = streamHandle;
    }

    /** Asks for the next piece unless one is on its way. */
    void ask() {
        if (!asked && !ended && handle != null) {
            asked = true;
            handle.request(1);
        }
    }

    void cancel() {
        if (handle != null && !ended) {
            handle.cancel();
        }
    }

    boolean hasRow() {
        return !rows.isEmpty();
    }

    /** The next row's key, decoded once. */
    RowOrder.RowKey key(RowOrder order) {
        RowOrder.RowKey known = key;
        if (known == null) {
            known = order.key(rows.getFirst());
            key = known;
        }
        return known;
    }

    /** Takes the next row away. */
    Query.Row take() {
        key = null;
        return rows.remove();
    }

    /** Whether no row will come any more. */
    boolean isDrained() {
        return ended && rows.isEmpty();
    }

    /** Empty until the first piece has come. */
    List<Query.Field> fields() {
        return fields;
    }

    @Nullable
    VtException error() {
        return error;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Whether its next row, or that there is none, is known. */
    boolean isSettled() {
        return ended || !rows.isEmpty();
    }

    @Override
    public void onResult(Query.QueryResult piece) {
        asked = false;
        if (fields.isEmpty()) {
            fields = piece.getFieldsList();
        }
        rows.addAll(piece.getRowsList());
        changed.run();
    }

    @Override
    public void success() {
        ended = true;
        changed.run();
    }

    @Override
    public void failure(VtException failure) {
        ended = true;
        error = failure;
        changed.run();
    }
}
