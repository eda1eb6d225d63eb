package io.vtsphere.tablet.query;

import io.vitess.proto.Query.QueryResult;

/**
 * Where the messages of a stream go, in order; called on the event loop of the MySQL connection.
 *
 * <p>After {@code failed} or {@code completed} nothing more comes.
 */
public interface StreamSink {
    void message(QueryResult message);

    /** @param rows as one message; used again by the caller afterwards */
    void rows(EncodedRows rows);

    /** Whether the client keeps up; when not, {@link #onReady} tells when it does again. */
    boolean ready();

    /** Runs the listener each time that the client can take more, on any thread. */
    void onReady(Runnable listener);

    void completed();

    void failed(RuntimeException error);
}
