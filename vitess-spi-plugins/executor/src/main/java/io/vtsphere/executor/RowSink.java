package io.vtsphere.executor;

/**
 * The client, or a step between the shards and it. What it throws as {@link io.vtsphere.vterrors.VtException} ends the statement.
 *
 * <p>Called on the session's event loop: fields, rows, the end; after an error there is no end.
 */
interface RowSink extends RowTarget {
    /** No more rows come. */
    void end();

    /** Whether further rows would not be dropped anyhow. */
    default boolean wantsMore() {
        return true;
    }
}
