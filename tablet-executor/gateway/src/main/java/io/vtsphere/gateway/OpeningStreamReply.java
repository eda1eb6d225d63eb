package io.vtsphere.gateway;

import io.vtsphere.topo.TabletAlias;

/**
 * Receives the answer of a streaming call that also opens a transaction or reserves a connection.
 *
 * <p>{@link #opened} comes after the rows and before the end, whether that is a success or the failure of the statement; when it does not come,
 * nothing was opened, or what was opened went with the connection that broke.
 */
public interface OpeningStreamReply extends StreamReply {
    /**
     * @param transactionId 0 for none
     * @param reservedId 0 when the statement needed no connection of its own
     * @param alias the tablet that holds it
     * @param sessionStateChanges as in {@link BeginReply}
     */
    void opened(long transactionId, long reservedId, TabletAlias alias, String sessionStateChanges);
}
