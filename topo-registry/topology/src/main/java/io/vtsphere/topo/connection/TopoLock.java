package io.vtsphere.topo.connection;

/** A lock that is held until it is closed or its session ends. Thread-safe. */
public interface TopoLock extends AutoCloseable {
    /**
     * Makes sure that the lock is still held.
     *
     * @throws TopoException NO_NODE when it was lost
     */
    void check();

    /** Gives it back. */
    @Override
    void close();
}
