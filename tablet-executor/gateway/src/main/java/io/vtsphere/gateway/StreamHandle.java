package io.vtsphere.gateway;

/** A streaming call on its way. Thread-safe. */
public interface StreamHandle extends CallHandle {
    /**
     * Lets {@code n} more pieces come. Nothing comes before the first request; what was not asked for waits in the tablet, held back by
     * HTTP/2 flow control.
     *
     * @param n at least 1
     */
    void request(int n);
}
