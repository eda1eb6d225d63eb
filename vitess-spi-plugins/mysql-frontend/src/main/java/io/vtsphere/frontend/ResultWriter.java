package io.vtsphere.frontend;

import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query;
import io.vtsphere.executor.ResultEnd;
import io.vtsphere.executor.ResultHandler;
import io.vtsphere.mysql.OkPacket;
import io.vtsphere.mysql.StatusFlags;
import io.vtsphere.mysql.Wire;
import io.vtsphere.vterrors.VtError;
import io.vtsphere.vterrors.VtException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one statement's answer to the client. Whatever is called after the end, or after {@link #abandon}, is ignored.
 *
 * <p>One instance per statement, on the connection's event loop.
 */
class ResultWriter implements ResultHandler, Answer {
    /** What the connection does when an answer is complete. */
    interface Client {
        PacketWriter out();

        RowEncoder rows();

        /** Collation id for text columns; 0 keeps the tablet's. */
        int textCollation();

        int statusFlags();

        boolean writable();

        void onWritable(Runnable task);

        /** The answer is complete but not flushed. */
        void answered(boolean success);
    }

    private final Client client;
    private final boolean binary;
    private final int moreResults;
    private boolean inRows;
    private boolean over;
    private @Nullable VtException broken;

    /**
     * @param more whether the answer of another statement follows
     */
    ResultWriter(Client client, boolean binary, boolean more) {
        this.client = client;
        this.binary = binary;
        this.moreResults = more ? StatusFlags.MORE_RESULTS_EXISTS : 0;
    }

    @Override
    public final void abandon() {
        over = true;
    }

    final Client client() {
        return client;
    }

    final boolean over() {
        return over;
    }

    @Override
    public void fields(List<Query.Field> fields) {
        if (over) {
            return;
        }
        inRows = true;
        PacketWriter out = client.out();
        Wire.writeLenencInt(out.begin(), fields.size());
        out.end();
        for (Query.Field field : fields) {
            FieldTypes.writeDefinition(out.begin(), field, client.textCollation());
            out.end();
        }
        out.endOfDefinitions(client.statusFlags() | moreResults);
        client.rows().fields(fields, binary);
    }

    @Override
    public void rows(List<Query.Row> rows) {
        if (over || broken != null) {
            return;
        }
        PacketWriter out = client.out();
        RowEncoder encoder = client.rows();
        for (Query.Row row : rows) {
            ByteBuf payload = out.begin();
            try {
                encoder.write(payload, row);
            } catch (IllegalArgumentException e) {
                out.abandon();
                broken = VtError.VT13001.with(String.valueOf(e.getMessage()));
                return;
            }
            out.end();
        }
    }

    @Override
    public final boolean writable() {
        return client.writable();
    }

    @Override
    public final void onWritable(Runnable task) {
        if (!over) {
            client.onWritable(task);
        }
    }

    /** Whether the end is that of rows, and not an OK. */
    boolean hasRows() {
        return inRows;
    }

    @Override
    public final void end(ResultEnd end) {
        if (over) {
            return;
        }
        if (broken != null) {
            fail(broken);
            return;
        }
        over = true;
        PacketWriter out = client.out();
        int status = end.statusFlags() | moreResults;
        if (!hasRows()) {
            out.ok(OkPacket.HEADER, end.affectedRows(), end.insertId(), status, end.warnings(), end.info());
        } else if (out.deprecateEof()) {
            out.ok(OkPacket.END_OF_ROWS_HEADER, 0, 0, status, end.warnings(), "");
        } else {
            out.eof(end.warnings(), status);
        }
        client.answered(true);
    }

    @Override
    public void fail(VtException error) {
        if (!over) {
            over = true;
            client.out().error(error);
            client.answered(false);
        }
    }
}
