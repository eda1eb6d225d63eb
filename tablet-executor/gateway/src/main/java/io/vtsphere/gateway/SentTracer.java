package io.vtsphere.gateway;

import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;

/**
 * Knows whether a request left this process and whether the tablet answered it. Confined to the call's loop.
 *
 * <p>A write whose connection broke in between may have happened; it must not be tried again.
 */
final class SentTracer extends ClientStreamTracer {
    private boolean sent;
    private boolean answered;

    @Override
    public void outboundHeaders() {
        sent = true;
    }

    @Override
    public void inboundTrailers(Metadata trailers) {
        answered = true;
    }

    boolean mayHaveRun() {
        return sent && !answered;
    }
}
