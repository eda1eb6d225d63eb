package io.vtsphere.gateway;

/** A call on its way. Thread-safe. */
public interface CallHandle {
    /**
     * Gives the call up: the tablet is told, and the reply gets a CANCELED failure unless it had its answer. Does nothing on a call that has
     * ended.
     */
    void cancel();
}
