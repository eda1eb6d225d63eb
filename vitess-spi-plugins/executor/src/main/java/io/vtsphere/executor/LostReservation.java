package io.vtsphere.executor;

import io.vtsphere.topo.TabletType;
import io.vtsphere.vterrors.VtException;

/**
 * What to do for a statement that found its reserved connection gone, outside of a transaction: the session's settings make another one as
 * good, but for temporary tables and the like. Source: Vitess' {@code go/vt/vtgate/scatter_conn.go} ({@code checkAndResetShardSession}).
 */
enum LostReservation {
    /** It is another error, or the statement may have run. */
    NOT_LOST,
    /** The tablet is well: reserve there again. */
    SAME_TABLET,
    /** The tablet cannot serve: reserve wherever the gateway says. */
    ANY_TABLET;

    /** @param writes whether running the statement twice may do harm; vtgate does not ask */
    static LostReservation of(VtException error, TabletType type, boolean writes) {
        String text = String.valueOf(error.getMessage());
        return switch (error.code()) {
            case NOT_FOUND -> text.contains("is either down or nonexistent") ? ANY_TABLET : NOT_LOST;
            case UNAVAILABLE ->
                error.errno() != 2006 && (!writes || text.contains("connection refused"))
                        ? ANY_TABLET
                        : connection(error, writes);
            case FAILED_PRECONDITION ->
                text.contains("wrong tablet type") || text.contains("invalid tablet type") ? ANY_TABLET : NOT_LOST;
            case CLUSTER_EVENT -> type == TabletType.PRIMARY ? ANY_TABLET : NOT_LOST;
            default -> connection(error, writes);
        };
    }

    private static LostReservation connection(VtException error, boolean writes) {
        // 2013: the connection broke while the statement ran
        boolean mayHaveRun = writes && error.errno() == 2013;
        return ShardErrors.losesConnection(error) && !mayHaveRun ? SAME_TABLET : NOT_LOST;
    }
}
