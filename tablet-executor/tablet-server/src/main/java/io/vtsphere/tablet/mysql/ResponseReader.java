package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBuf;
import io.vtsphere.mysql.ErrPacket;
import io.vtsphere.mysql.RowReceiver;
import io.vtsphere.mysql.StatusFlags;
import io.vtsphere.mysql.Wire;
import io.vtsphere.tablet.mysql.ResponseHandler.Completion;

/**
 * Reads the answer of a COM_QUERY packet by packet; CLIENT_DEPRECATE_EOF and CLIENT_SESSION_TRACK are on.
 *
 * <p>Confined to the connection's event loop. Source: "COM_QUERY Response" of the MySQL client/server protocol.
 */
final class ResponseReader implements RowReceiver {
    private static final int OK = 0x00;
    private static final int LOCAL_INFILE = 0xFB;
    private static final int END = 0xFE;
    private static final int ERROR = 0xFF;
    /** A packet of this size or more that begins with 0xFE is a row with a huge first column, not the end. */
    private static final int MAX_END_SIZE = 0xFFFFFF;

    private enum State {
        IDLE,
        FIRST,
        COLUMNS,
        ROWS
    }

    private final MysqlConnection connection;
    private State state = State.IDLE;
    private int columns;
    private int columnsSeen;

    ResponseReader(MysqlConnection connection) {
        this.connection = connection;
    }

    void start() {
        state = State.FIRST;
    }

    void packet(ByteBuf packet) {
        switch (state) {
            case FIRST -> first(packet);
            case COLUMNS -> column(packet);
            case ROWS -> row(packet);
            // MySQL speaks unasked only to say that it ends the connection.
            case IDLE -> connection.close();
        }
    }

    private void first(ByteBuf packet) {
        switch (packet.getUnsignedByte(packet.readerIndex())) {
            case OK -> complete(packet);
            case ERROR -> fail(packet);
            case LOCAL_INFILE -> {
                connection.failed(
                        new MysqlException(1148, "42000", "The used command is not allowed with this MySQL version"));
                connection.close();
            }
            default -> {
                columns = (int) Wire.readLength(packet);
                columnsSeen = 0;
                state = State.COLUMNS;
                ResponseHandler handler = connection.receiver();
                if (handler != null) {
                    handler.columns(columns);
                }
            }
        }
    }

    private void column(ByteBuf packet) {
        ResponseHandler handler = connection.receiver();
        if (handler != null) {
            handler.column(columnsSeen, packet);
        }
        if (++columnsSeen == columns) {
            state = State.ROWS;
        }
    }

    private void row(ByteBuf packet) {
        int first = packet.getUnsignedByte(packet.readerIndex());
        if (first == END && packet.readableBytes() < MAX_END_SIZE) {
            complete(packet);
        } else if (first == ERROR) {
            fail(packet);
        } else {
            row(packet, packet.readableBytes());
        }
    }

    @Override
    public boolean inRows() {
        return state == State.ROWS;
    }

    @Override
    public void row(ByteBuf packet, int length) {
        ResponseHandler handler = connection.receiver();
        if (handler != null) {
            handler.row(packet, length);
        }
    }

    private void complete(ByteBuf packet) {
        packet.skipBytes(1);
        long affected = Wire.readLength(packet);
        long insertId = Wire.readLength(packet);
        int status = packet.readUnsignedShortLE();
        int warnings = packet.readUnsignedShortLE();
        if (packet.isReadable()) {
            // MySQL's words about a write, which vttablet does not pass on either
            Wire.skipLenenc(packet);
        }
        boolean tracked = (status & StatusFlags.SESSION_STATE_CHANGED) != 0 && packet.isReadable();
        String gtids = tracked ? SessionTrack.gtids(packet) : "";
        Completion completion = new Completion(affected, insertId, status, warnings, gtids);
        if (completion.moreResults()) {
            state = State.FIRST;
            ResponseHandler handler = connection.receiver();
            if (handler != null) {
                handler.end(completion);
            }
        } else {
            state = State.IDLE;
            connection.completed(completion);
        }
    }

    private void fail(ByteBuf packet) {
        state = State.IDLE;
        connection.failed(error(packet));
    }

    /** An error packet, from its 0xFF on. */
    static MysqlException error(ByteBuf packet) {
        ErrPacket error = ErrPacket.decode(packet);
        return new MysqlException(error.errno(), error.sqlState(), error.message());
    }
}
