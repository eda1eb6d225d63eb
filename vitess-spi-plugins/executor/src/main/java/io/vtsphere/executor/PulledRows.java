package io.vtsphere.executor;

import io.vitess.proto.Query;
import io.vtsphere.gateway.Reply;
import io.vtsphere.gateway.StreamHandle;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a read that shards stream, one shard after the other, as a session thread takes them: in memory are those that it has asked for, and one
 * piece of a stream.
 *
 * <p>Its methods block, and belong to that thread; everything else is confined to the session's event loop.
 */
final class PulledRows implements AutoCloseable {
    private final LoopWait loop;
    private final StreamRun.Starter starter;
    private final Deque<ShardQuery> left;
    private List<Query.Row> batch = new ArrayList<>();
    private List<Query.Field> fields = List.of();
    private long bytes;
    private long enough;
    private boolean closed;
    private @Nullable RowStream current;
    private @Nullable Reply<Batch> asked;

    PulledRows(List<ShardQuery> shards, StreamRun.Starter starter, LoopWait loop) {
        this.left = new ArrayDeque<>(shards);
        this.starter = starter;
        this.loop = loop;
    }

    /**
     * @param fields the columns; empty where no shard has said them
     * @param last whether no more rows come
     */
    record Batch(List<Query.Field> fields, List<Query.Row> rows, boolean last) {}

    /**
     * The next rows: so many that their values have that many bytes, or all that are left.
     *
     * @throws VtException the error of a shard; nothing more comes then
     */
    Batch next(long least) {
        return loop.await(reply -> {
            enough = least;
            asked = reply;
            advance();
        });
    }

    private void advance() {
        Reply<Batch> reply = asked;
        if (reply == null) {
            return;
        }
        RowStream stream = current;
        while (bytes < enough) {
            if (stream == null) {
                ShardQuery next = left.poll();
                if (next == null) {
                    answer(reply, true);
                    return;
                }
                open(next);
                return;
            }
            if (stream.error() != null) {
                asked = null;
                reply.failure(stream.error());
                return;
            }
            fields = fields.isEmpty() ? stream.fields() : fields;
            if (stream.hasRow()) {
                Query.Row row = stream.take();
                bytes += row.getSerializedSize();
                batch.add(row);
            } else if (stream.hasEnded()) {
                current = null;
                stream = null;
            } else {
                stream.ask();
                return;
            }
        }
        answer(reply, false);
    }

    private void answer(Reply<Batch> reply, boolean last) {
        Batch full = new Batch(fields, batch, last);
        batch = new ArrayList<>();
        bytes = 0;
        asked = null;
        reply.success(full);
    }

    private void open(ShardQuery shard) {
        RowStream stream = new RowStream(this::advance);
        current = stream;
        starter.start(shard, stream, new Reply<>() {
            @Override
            public void success(StreamHandle handle) {
                stream.started(handle);
                if (closed) {
                    handle.cancel();
                }
                advance();
            }

            @Override
            public void failure(VtException error) {
                stream.failure(error);
            }
        });
    }

    /** Gives up what has not come yet. */
    @Override
    public void close() {
        Boolean unused = loop.await(reply -> {
            asked = null;
            closed = true;
            if (current != null) {
                current.cancel();
            }
            reply.success(true);
        });
    }
}
