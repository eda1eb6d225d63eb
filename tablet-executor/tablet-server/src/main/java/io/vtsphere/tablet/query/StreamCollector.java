package io.vtsphere.tablet.query;

import io.netty.buffer.ByteBuf;
import io.vitess.proto.Query.ExecuteOptions.IncludedFields;
import io.vitess.proto.Query.QueryResult;
import io.vtsphere.tablet.mysql.MysqlConnection;
import io.vtsphere.tablet.mysql.ResponseHandler;
import io.vtsphere.tablet.query.ResultCollector.FieldCache;
import io.vtsphere.tablet.query.ResultCollector.Names;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/**
 * Sends a result as it arrives: first the fields, then rows in messages of about one buffer's size.
 *
 * <p>While the client does not keep up, nothing is read from MySQL. Confined to the connection's event loop.
 */
final class StreamCollector implements ResponseHandler {
    private static final int FIRST_BYTES = 4 << 10;

    private final int bufferBytes;
    private final Names names;
    private final IncludedFields included;
    private final FieldCache cache;
    private final StreamSink sink;
    private final MysqlConnection connection;
    private final EncodedRows rows;
    private FieldSet.@Nullable Collector fields;
    private int columns;
    private int buffered;
    private boolean many;
    private boolean ended;

    StreamCollector(
            int bufferBytes,
            Names names,
            IncludedFields included,
            FieldCache cache,
            StreamSink sink,
            MysqlConnection connection) {
        this.bufferBytes = bufferBytes;
        this.rows = new EncodedRows(Math.min(bufferBytes, FIRST_BYTES));
        this.names = names;
        this.included = included;
        this.cache = cache;
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
    public void columns(int count) {
        columns = count;
        fields = new FieldSet.Collector(cache.known(), count, names.database(), names.keyspace());
    }

    @Override
    public void column(int index, ByteBuf packet) {
        FieldSet.Collector collector = fields;
        if (collector == null || many) {
            return;
        }
        collector.add(index, packet);
        if (index == columns - 1) {
            FieldSet finished = collector.finish();
            cache.store(finished);
            send(QueryResult.newBuilder()
                    .addAllFields(finished.fields(included))
                    .build());
        }
    }

    @Override
    public void row(ByteBuf packet, int length) {
        if (many) {
            return;
        }
        buffered += rows.add(packet, length, columns);
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

    private void send(QueryResult message) {
        sink.message(message);
        slowDown();
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
            many = true;
            return;
        }
        finish();
        if (many) {
            sink.failed(VtException.of(Code.UNIMPLEMENTED, "Multi-Resultset not supported in stored procedure"));
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
