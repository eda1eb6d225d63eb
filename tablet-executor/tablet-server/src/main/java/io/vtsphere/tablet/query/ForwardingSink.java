package io.vtsphere.tablet.query;

import io.vitess.proto.Query.QueryResult;

/** Hands everything on to another sink; what extends it says what happens at the end. */
public abstract class ForwardingSink implements StreamSink {
    private final StreamSink sink;

    protected ForwardingSink(StreamSink sink) {
        this.sink = sink;
    }

    @Override
    public final void message(QueryResult message) {
        sink.message(message);
    }

    @Override
    public final void rows(EncodedRows rows) {
        sink.rows(rows);
    }

    @Override
    public final boolean ready() {
        return sink.ready();
    }

    @Override
    public final void onReady(Runnable listener) {
        sink.onReady(listener);
    }

    @Override
    public void completed() {
        sink.completed();
    }

    @Override
    public void failed(RuntimeException error) {
        sink.failed(error);
    }
}
