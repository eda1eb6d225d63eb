package io.vtsphere.executor;

import io.vtsphere.vterrors.VtException;

/** Takes the answer to {@link GateSession#prepare}: one of the two is called, once, on the session's event loop. */
public interface PrepareHandler {
    void prepared(PreparedPlan plan);

    void fail(VtException error);
}
