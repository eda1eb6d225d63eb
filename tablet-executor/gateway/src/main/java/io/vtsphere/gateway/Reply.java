package io.vtsphere.gateway;

import io.vtsphere.vterrors.VtException;

/**
 * Receives the one answer of a call.
 *
 * <p>Exactly one of the two methods is called, once, on the call's event loop. Neither may block or throw.
 */
public interface Reply<T> {
    void success(T value);

    /** The call failed; the text already carries the {@code target: …: } prefix. */
    void failure(VtException error);
}
