package io.vtsphere.tablet.health;

import io.vtsphere.topo.TabletType;
import org.jspecify.annotations.Nullable;

/**
 * What this tablet is at one moment. Immutable.
 *
 * @param primaryTermStart Unix seconds since when it is primary, 0 when it is not
 * @param error why it does not serve, null when it does
 * @param lagSeconds how far it is behind its primary, 0 for a primary
 */
public record ServingStatus(
        State state,
        TabletType type,
        long primaryTermStart,
        @Nullable String error,
        long lagSeconds) {
    /** The states of Vitess' {@code state_manager.go}, as they stand in its error texts. */
    public enum State {
        NOT_SERVING,
        SERVING,
        SHUTTING_DOWN
    }

    public boolean serving() {
        return state == State.SERVING;
    }
}
