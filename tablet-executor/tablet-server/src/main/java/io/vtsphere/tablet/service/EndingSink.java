package io.vtsphere.tablet.service;

import io.vtsphere.tablet.query.ForwardingSink;
import io.vtsphere.tablet.query.StreamSink;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes messages on and turns either end of the stream into one call, with null or the error. */
final class EndingSink extends ForwardingSink {
    private final Consumer<@Nullable RuntimeException> ended;

    EndingSink(StreamSink sink, Consumer<@Nullable RuntimeException> ended) {
        super(sink);
        this.ended = ended;
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
