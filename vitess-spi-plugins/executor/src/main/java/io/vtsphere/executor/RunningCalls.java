package io.vtsphere.executor;

import io.vtsphere.gateway.CallHandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/**
 * The calls that a session's statement has on their way, so that KILL and a closed connection can stop them.
 *
 * <p>Confined to the session's event loop, except {@link #isKilled}, which any thread may read.
 */
final class RunningCalls {
    private final Set<CallHandle> handles = new HashSet<>();
    private volatile boolean killed;

    /** A new statement starts with a clean slate. */
    void reset() {
        killed = false;
    }

    boolean isKilled() {
        return killed;
    }

    void add(CallHandle handle) {
        handles.add(handle);
    }

    void remove(CallHandle handle) {
        handles.remove(handle);
    }

    /** Gives every call up, and every later one of the same statement. */
    void kill() {
        killed = true;
        for (CallHandle handle : new ArrayList<>(handles)) {
            handle.cancel();
        }
    }
}
