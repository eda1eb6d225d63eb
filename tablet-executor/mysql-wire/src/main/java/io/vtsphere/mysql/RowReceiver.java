package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;

/**
 * Takes rows where they lie in what was received, without a packet object for each; on the connection's event loop.
 *
 * <p>It gets what {@link PacketDecoder} would else send down the pipeline, in the same order, but for packets that came in pieces of 16 MB and
 * those that begin with 0xFE or 0xFF (ends and errors).
 */
public interface RowReceiver {
    /** Whether the next packet is a row, or what ends the rows; asked before each packet. */
    boolean inRows();

    /**
     * One row.
     *
     * @param in from whose reader index the row is read; neither more is read nor is the buffer kept
     * @param length of the row in bytes, above 0
     */
    void row(ByteBuf in, int length);
}
