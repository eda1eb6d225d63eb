package io.vtsphere.tablet.service;

import io.vitess.proto.Query.QueryResult;
import io.vtsphere.tablet.query.StreamSink;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes messages on and turns either end of the stream into one call, with null or the error. */
final class EndingSink implements StreamSink {
    private final StreamSink sink;
    private final Consumer<@Nullable RuntimeException> ended;

    EndingSink(StreamSink sink, Consumer<@Nullable RuntimeException> ended) {
        this.sink = sink;
        this.ended = ended;
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
        ended.accept(null);
    }

    @Override
    public void failed(RuntimeException error) {
        ended.accept(error);
    }
}
