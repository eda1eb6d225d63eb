package io.vtsphere.tablet.query;

import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query.ExecuteOptions.IncludedFields;
import io.vitess.proto.Query.Field;
import io.vitess.proto.Query.QueryResult;
import io.vtsphere.tablet.mysql.MysqlConnection;
import io.vtsphere.tablet.query.ResultCollector.FieldCache;
import io.vtsphere.tablet.query.ResultCollector.Names;
import java.util.List;

/**
 * Sends a result as it arrives: first the fields, then rows in messages of about one buffer's size.
 *
 * <p>While the client does not keep up, nothing is read from MySQL. Confined to the connection's event loop.
 */
final class StreamCollector extends ColumnsCollector {
    private static final int FIRST_BYTES = 4 << 10;

    private final int bufferBytes;
    private final StreamSink sink;
    private final MysqlConnection connection;
    private final EncodedRows rows;
    private int buffered;
    private boolean ended;

    StreamCollector(
            int bufferBytes,
            Names names,
            IncludedFields included,
            FieldCache cache,
            StreamSink sink,
            MysqlConnection connection) {
        super(names, included, cache);
        this.bufferBytes = bufferBytes;
        this.rows = new EncodedRows(Math.min(bufferBytes, FIRST_BYTES));
        this.sink = sink;
        this.connection = connection;
        sink.onReady(() -> connection.loop().execute(this::resume));
    }

    private void resume() {
        if (!ended) {
            connection.reading(sink.ready());
        }
    }

    @Override
    void fields(List<Field> all) {
        sink.message(QueryResult.newBuilder().addAllFields(all).build());
        slowDown();
    }

    @Override
    public void row(ByteBuf packet, int length) {
        if (isMany()) {
            return;
        }
        buffered += rows.add(packet, length, columnCount());
        if (buffered >= bufferBytes) {
            flush();
        }
    }

    private void flush() {
        if (rows.size() > 0) {
            sink.rows(rows);
            rows.clear();
            buffered = 0;
            slowDown();
        }
    }

    private void slowDown() {
        if (!sink.ready()) {
            connection.reading(false);
            // The client may have caught up just before: its signal would be gone.
            if (sink.ready()) {
                connection.reading(true);
            }
        }
    }

    @Override
    public void end(Completion completion) {
        if (completion.moreResults()) {
            goesOn();
            return;
        }
        finish();
        if (isMany()) {
            sink.failed(tooManyResults());
            return;
        }
        flush();
        sink.completed();
    }

    @Override
    public void failed(RuntimeException error) {
        finish();
        sink.failed(error);
    }

    private void finish() {
        ended = true;
        connection.reading(true);
    }
}
