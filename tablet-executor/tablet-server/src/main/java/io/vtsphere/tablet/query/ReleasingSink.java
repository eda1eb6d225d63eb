package io.vtsphere.tablet.query;

import io.vitess.proto.Query.QueryResult;

/** Runs an action before the last call of a stream, so that its connection is free when the client hears of the end. */
public final class ReleasingSink implements StreamSink {
    private final StreamSink sink;
    private final Runnable release;

    public ReleasingSink(StreamSink sink, Runnable release) {
        this.sink = sink;
        this.release = release;
    }

    @Override
    public void message(QueryResult message) {
        sink.message(message);
    }

    @Override
    public boolean ready() {
        return sink.ready();
    }

    @Override
    public void onReady(Runnable listener) {
        sink.onReady(listener);
    }

    @Override
    public void completed() {
        release.run();
        sink.completed();
    }

    @Override
    public void failed(RuntimeException error) {
        release.run();
        sink.failed(error);
    }
}
