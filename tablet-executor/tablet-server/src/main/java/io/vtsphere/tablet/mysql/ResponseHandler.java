package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBuf;

/**
 * Receives MySQL's answer to one command, on the connection's event loop.
 *
 * <p>Order: {@code columns}, one {@code column} each, rows, {@code end}; or {@code end} alone; {@code failed} may come at any time instead of
 * the rest. The buffers are valid during the call only; the readable bytes of a column are one packet. For a {@code CALL} with several results the
 * sequence repeats, and {@link Completion#moreResults} of each but the last is true.
 */
public interface ResponseHandler {
    void columns(int count);

    void column(int index, ByteBuf packet);

    /** @param packet from whose reader index a row of {@code length} bytes is read, and no more; where the index is left does not matter */
    void row(ByteBuf packet, int length);

    void end(Completion completion);

    /** Nothing more comes. {@code error} is a {@link MysqlException}, or a {@code VtException} when the query was killed from here. */
    void failed(RuntimeException error);

    /**
     * The tail of a result.
     *
     * @param status MySQL's status flags
     * @param gtids what the statement committed, when MySQL tells; else empty
     */
    record Completion(long affectedRows, long insertId, int status, int warnings, String gtids) {
        private static final int IN_TRANSACTION = 1;
        private static final int MORE_RESULTS = 8;

        public boolean moreResults() {
            return (status & MORE_RESULTS) != 0;
        }

        public boolean inTransaction() {
            return (status & IN_TRANSACTION) != 0;
        }
    }
}
