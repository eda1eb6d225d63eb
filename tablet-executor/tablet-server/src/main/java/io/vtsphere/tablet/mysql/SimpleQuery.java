package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vtsphere.mysql.Wire;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tablet's own small statements and collects their rows as text, at most {@link #MAX_ROWS}.
 *
 * <p>Confined to the connection's event loop.
 */
public final class SimpleQuery implements ResponseHandler {
    private static final int MAX_ROWS = 100_000;

    private final Callback<Rows> callback;
    private final List<String> names = new ArrayList<>();
    private final List<@Nullable String[]> rows = new ArrayList<>();
    private int columns;

    private SimpleQuery(Callback<Rows> callback) {
        this.callback = callback;
    }

    /** What came back; immutable by agreement. A statement without rows has an empty list. */
    public record Rows(List<String> names, List<@Nullable String[]> values, Completion completion) {
        public int size() {
            return values.size();
        }

        /** The value, null for SQL NULL or when there is no such row. */
        public @Nullable String text(int row, int column) {
            return row < values.size() ? values.get(row)[column] : null;
        }

        /** The value of the column with that name (case does not matter), null for NULL or no such row or column. */
        public @Nullable String text(int row, String name) {
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                    return text(row, i);
                }
            }
            return null;
        }
    }

    public static void run(MysqlConnection connection, String sql, QueryControl control, Callback<Rows> callback) {
        connection.execute(Commands.query(ByteBufAllocator.DEFAULT, sql), new SimpleQuery(callback), control, false);
    }

    /** Sends a command that is no query. */
    public static void command(
            MysqlConnection connection, ByteBuf command, QueryControl control, Callback<Rows> callback) {
        connection.execute(command, new SimpleQuery(callback), control, false);
    }

    @Override
    public void columns(int count) {
        columns = count;
    }

    @Override
    public void column(int index, ByteBuf packet) {
        for (int skipped = 0; skipped < 4; skipped++) {
            Wire.skipLenenc(packet); // catalog, schema, table, original table
        }
        names.add(Wire.readLenencString(packet));
    }

    @Override
    public void row(ByteBuf packet, int packetLength) {
        if (rows.size() == MAX_ROWS) {
            return;
        }
        @Nullable String[] row = new @Nullable String[columns];
        for (int i = 0; i < columns; i++) {
            int length = (int) Wire.readLength(packet);
            row[i] = length < 0
                    ? null
                    : packet.readCharSequence(length, StandardCharsets.UTF_8).toString();
        }
        rows.add(row);
    }

    @Override
    public void end(Completion completion) {
        if (!completion.moreResults()) {
            callback.success(new Rows(names, rows, completion));
        }
    }

    @Override
    public void failed(RuntimeException error) {
        callback.failure(error);
    }
}
