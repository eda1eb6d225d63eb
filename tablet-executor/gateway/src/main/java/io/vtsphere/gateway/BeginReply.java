package io.vtsphere.gateway;

import io.vtsphere.topo.TabletAlias;

/**
 * An open transaction.
 *
 * @param transactionId not 0
 * @param alias the tablet that holds it; the transaction's later calls are pinned to it
 * @param sessionStateChanges the GTID of the last write when the tablet tracks it, else empty
 */
public record BeginReply(long transactionId, TabletAlias alias, String sessionStateChanges) {}
