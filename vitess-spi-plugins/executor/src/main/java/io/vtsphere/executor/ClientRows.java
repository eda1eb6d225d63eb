package io.vtsphere.executor;

import io.vitess.proto.Query;
import java.util.List;
import java.util.function.LongConsumer;

/** The client at the end of a stream's steps: counts what it gets. Confined to the session's event loop. */
final class ClientRows implements RowSink {
    private final RowTarget client;
    private final LongConsumer ended;
    private long count;
    private boolean begun;

    /** @param ended gets the number of rows */
    ClientRows(RowTarget client, LongConsumer ended) {
        this.client = client;
        this.ended = ended;
    }

    /** Whether the client has been told anything, so that no other answer is possible any more. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public void fields(List<Query.Field> fields) {
        begun = true;
        client.fields(fields);
    }

    @Override
    public void rows(List<Query.Row> rows) {
        count += rows.size();
        client.rows(rows);
    }

    @Override
    public void end() {
        ended.accept(count);
    }

    @Override
    public boolean writable() {
        return client.writable();
    }

    @Override
    public void onWritable(Runnable task) {
        client.onWritable(task);
    }
}
