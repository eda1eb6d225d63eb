package io.vtsphere.tablet.service;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.vitess.proto.Query.QueryResult;
import io.vtsphere.tablet.query.EncodedRows;
import io.vtsphere.tablet.query.StreamSink;
import io.vtsphere.vterrors.Code;
import java.util.function.Function;

/** Sends the messages of a stream to a gRPC client; must be made in the gRPC method itself. */
class MessageSink<M> implements StreamSink {
    private static final Runnable NOTHING = () -> {};

    protected final CallContext context;
    private final ServerCallStreamObserver<M> observer;
    private final int resultField;
    private final Function<QueryResult, M> message;
    private volatile Runnable onReady = NOTHING;

    /** @param resultField number of the field of {@code M} that holds the result */
    MessageSink(CallContext context, StreamObserver<M> observer, int resultField, Function<QueryResult, M> message) {
        this.context = context;
        this.observer = (ServerCallStreamObserver<M>) observer;
        this.resultField = resultField;
        this.message = message;
        this.observer.setOnReadyHandler(() -> onReady.run());
    }

    @Override
    public void message(QueryResult result) {
        observer.onNext(message.apply(result));
    }

    @Override
    public void rows(EncodedRows rows) {
        EncodedMessages.send(observer, rows.message(resultField));
    }

    @Override
    public boolean ready() {
        return observer.isReady() || observer.isCancelled();
    }

    @Override
    public void onReady(Runnable listener) {
        onReady = listener;
    }

    @Override
    public void completed() {
        context.finished(Code.OK);
        observer.onCompleted();
    }

    @Override
    public void failed(RuntimeException error) {
        context.fail(error);
    }

    /** Sends one more message, the last of all. */
    void finish(M last) {
        context.finished(Code.OK);
        observer.onNext(last);
        observer.onCompleted();
    }
}
