package io.vtsphere.tablet.query;

/** Runs an action before the last call of a stream, so that its connection is free when the client hears of the end. */
public final class ReleasingSink extends ForwardingSink {
    private final Runnable release;

    public ReleasingSink(StreamSink sink, Runnable release) {
        super(sink);
        this.release = release;
    }

    @Override
    public void completed() {
        release.run();
        super.completed();
    }

    @Override
    public void failed(RuntimeException error) {
        release.run();
        super.failed(error);
    }
}
