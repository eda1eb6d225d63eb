package io.vtsphere.gateway;

/** A call on its way. Thread-safe. */
public interface CallHandle {
    /**
     * Gives the call up: the tablet is told, and the reply gets a CANCELED failure unless it had its answer. A call that opens a transaction
     * or reserves a connection may still succeed within 200 ms, so that what it opened can be ended. Does nothing on a call that has ended.
     */
    void cancel();
}
