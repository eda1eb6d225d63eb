package io.vtsphere.distribution.transcript;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vtsphere.mysql.Capabilities;
import io.vtsphere.mysql.ColumnDefinition;
import io.vtsphere.mysql.EofPacket;
import io.vtsphere.mysql.ErrPacket;
import io.vtsphere.mysql.HandshakeResponse;
import io.vtsphere.mysql.OkPacket;
import io.vtsphere.mysql.Packets;
import io.vtsphere.mysql.PrepareOk;
import io.vtsphere.mysql.Wire;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client without a driver that writes down every field of every answer in the form of the recording. Not thread-safe. */
final class RecordingClient implements AutoCloseable {
    private static final int QUIT = 1;
    private static final int QUERY = 3;
    private static final int PREPARE = 22;
    private static final int EXECUTE = 23;
    private static final int MORE_RESULTS = 8;
    private static final int TIMEOUT_MILLIS = 40_000;

    /** What the log-in was answered. */
    final JsonObject login;

    private final Socket socket;
    private final DataInputStream in;
    private final int capabilities;
    private int sequenceId;

    /** A statement that was prepared. */
    record Statement(int id, int parameters) {}

    /** @param options of the session, as the recording has them */
    RecordingClient(int port, JsonObject options) throws IOException {
        String database = text(options, "db");
        int flags = Capabilities.LONG_PASSWORD
                | Capabilities.LONG_FLAG
                | Capabilities.PROTOCOL_41
                | Capabilities.TRANSACTIONS
                | Capabilities.SECURE_CONNECTION
                | Capabilities.MULTI_RESULTS
                | Capabilities.PLUGIN_AUTH;
        flags |= flag(options, "multi", true) ? Capabilities.MULTI_STATEMENTS : 0;
        flags |= flag(options, "found_rows", false) ? Capabilities.FOUND_ROWS : 0;
        flags |= flag(options, "deprecate_eof", false) ? Capabilities.DEPRECATE_EOF : 0;
        flags |= database.isEmpty() ? 0 : Capabilities.CONNECT_WITH_DB;
        capabilities = flags;
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        read();
        int charset = options.has("charset") ? options.get("charset").getAsInt() : 45;
        ByteBuf hello = Unpooled.buffer();
        new HandshakeResponse(
                        flags,
                        1 << 24,
                        charset,
                        "root",
                        new byte[0],
                        database.isEmpty() ? null : database,
                        "mysql_native_password",
                        Map.of())
                .encode(hello);
        write(hello);
        ByteBuf answer = read();
        if (answer.getUnsignedByte(0) == 0xfe) {
            write(Unpooled.EMPTY_BUFFER);
            answer = read();
        }
        login = okOrError(answer);
    }

    private static String text(JsonObject options, String name) {
        JsonElement value = options.get(name);
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }

    private static boolean flag(JsonObject options, String name, boolean otherwise) {
        return options.has(name) ? options.get(name).getAsBoolean() : otherwise;
    }

    JsonArray query(String sql) throws IOException {
        send(QUERY, sql.getBytes(StandardCharsets.UTF_8));
        return results(false);
    }

    /** A command that is answered with OK, with an error, or with columns. */
    JsonArray command(int command, byte[] payload) throws IOException {
        send(command, payload);
        ByteBuf first = read();
        if (first.getUnsignedByte(0) == ErrPacket.HEADER || first.getUnsignedByte(0) == OkPacket.HEADER) {
            return list(okOrError(first));
        }
        JsonArray columns = new JsonArray();
        for (ByteBuf packet = first; !EofPacket.is(packet); packet = read()) {
            columns.add(column(ColumnDefinition.decode(packet)));
        }
        JsonObject result = result("columns");
        result.add("columns", columns);
        return list(result);
    }

    /** A command whose answer is bare text, or an end-of-data packet. */
    JsonArray bareCommand(int command, byte[] payload, String type) throws IOException {
        send(command, payload);
        ByteBuf answer = read();
        if (answer.getUnsignedByte(0) == ErrPacket.HEADER) {
            return list(okOrError(answer));
        }
        JsonObject result = result(type);
        if (type.equals("text")) {
            result.addProperty("text", answer.toString(StandardCharsets.ISO_8859_1));
        } else {
            result.addProperty("bytes", ByteBufUtil.hexDump(answer));
        }
        return list(result);
    }

    void commandWithoutAnswer(int command, byte[] payload) throws IOException {
        send(command, payload);
    }

    /** Prepares; the answer is written to {@code into}. Null when it failed. */
    @Nullable
    Statement prepare(String sql, JsonArray into) throws IOException {
        send(PREPARE, sql.getBytes(StandardCharsets.UTF_8));
        ByteBuf first = read();
        if (first.getUnsignedByte(0) == ErrPacket.HEADER) {
            into.add(okOrError(first));
            return null;
        }
        PrepareOk ok = PrepareOk.decode(first);
        JsonObject result = result("prepared");
        result.addProperty("param_count", ok.parameters());
        result.addProperty("column_count", ok.columns());
        result.addProperty("warnings", ok.warnings());
        result.add("params", columns(ok.parameters()));
        result.add("columns", columns(ok.columns()));
        into.add(result);
        return new Statement(ok.statementId(), ok.parameters());
    }

    private JsonArray columns(int count) throws IOException {
        JsonArray columns = new JsonArray();
        for (int i = 0; i < count; i++) {
            columns.add(column(ColumnDefinition.decode(read())));
        }
        if (count > 0 && !deprecatesEof()) {
            read();
        }
        return columns;
    }

    JsonArray execute(Statement statement, JsonArray parameters) throws IOException {
        ByteBuf out = Unpooled.buffer().writeIntLE(statement.id()).writeByte(0).writeIntLE(1);
        if (statement.parameters() > 0) {
            RecordedParameters.encode(parameters, out);
        }
        send(EXECUTE, ByteBufUtil.getBytes(out));
        return results(true);
    }

    private JsonArray results(boolean binary) throws IOException {
        JsonArray results = new JsonArray();
        while (true) {
            JsonObject one = oneResult(binary);
            results.add(one);
            JsonElement status = one.get("status");
            if (status == null || (status.getAsInt() & MORE_RESULTS) == 0) {
                return results;
            }
        }
    }

    private JsonObject oneResult(boolean binary) throws IOException {
        ByteBuf first = read();
        if (first.getUnsignedByte(0) == ErrPacket.HEADER || first.getUnsignedByte(0) == OkPacket.HEADER) {
            return okOrError(first);
        }
        JsonArray columns = new JsonArray();
        for (long left = Wire.readLenencInt(first); left > 0; left--) {
            columns.add(column(ColumnDefinition.decode(read())));
        }
        if (!deprecatesEof()) {
            read();
        }
        JsonArray rows = new JsonArray();
        while (true) {
            ByteBuf packet = read();
            if (packet.getUnsignedByte(0) == ErrPacket.HEADER) {
                JsonObject error = okOrError(packet);
                error.addProperty("after_rows", rows.size());
                return error;
            }
            if (EofPacket.endsRows(packet, capabilities)) {
                return rows(columns, rows, packet, binary);
            }
            rows.add(binary ? new JsonPrimitive(ByteBufUtil.hexDump(packet)) : row(packet, columns.size()));
        }
    }

    private JsonObject rows(JsonArray columns, JsonArray rows, ByteBuf end, boolean binary) {
        JsonObject result = result("rows");
        result.add("columns", columns);
        result.add(binary ? "raw_rows" : "rows", rows);
        if (deprecatesEof()) {
            OkPacket ok = OkPacket.decode(end, capabilities);
            result.addProperty("status", ok.statusFlags());
            result.addProperty("warnings", ok.warnings());
        } else {
            EofPacket eof = EofPacket.decode(end);
            result.addProperty("status", eof.statusFlags());
            result.addProperty("warnings", eof.warnings());
        }
        return result;
    }

    private static JsonArray row(ByteBuf packet, int columns) {
        JsonArray row = new JsonArray();
        for (int i = 0; i < columns; i++) {
            long length = Wire.readLength(packet);
            row.add(length < 0 ? JsonNull.INSTANCE : value(Wire.readBytes(packet, (int) length)));
        }
        return row;
    }

    private static JsonElement value(byte[] bytes) {
        try {
            return new JsonPrimitive(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            JsonObject hex = new JsonObject();
            hex.addProperty("hex", ByteBufUtil.hexDump(bytes));
            return hex;
        }
    }

    private static JsonObject column(ColumnDefinition column) {
        JsonObject json = new JsonObject();
        json.addProperty("name", column.name());
        json.addProperty("org_name", column.orgName());
        json.addProperty("table", column.table());
        json.addProperty("org_table", column.orgTable());
        json.addProperty("schema", column.schema());
        json.addProperty("type", column.type());
        json.addProperty("charset", column.charset());
        json.addProperty("length", column.length());
        json.addProperty("flags", column.flags());
        json.addProperty("decimals", column.decimals());
        return json;
    }

    private JsonObject okOrError(ByteBuf packet) {
        if (packet.getUnsignedByte(0) == ErrPacket.HEADER) {
            ErrPacket error = ErrPacket.decode(packet);
            JsonObject result = result("error");
            result.addProperty("errno", error.errno());
            result.addProperty("sqlstate", error.sqlState());
            result.addProperty("message", error.message());
            return result;
        }
        OkPacket ok = OkPacket.decode(packet, capabilities);
        JsonObject result = result("ok");
        result.addProperty("affected_rows", ok.affectedRows());
        result.addProperty("last_insert_id", ok.lastInsertId());
        result.addProperty("status", ok.statusFlags());
        result.addProperty("warnings", ok.warnings());
        result.addProperty("info", ok.info());
        return result;
    }

    private static JsonObject result(String type) {
        JsonObject result = new JsonObject();
        result.addProperty("type", type);
        return result;
    }

    static JsonArray list(JsonObject result) {
        JsonArray results = new JsonArray();
        results.add(result);
        return results;
    }

    private boolean deprecatesEof() {
        return (capabilities & Capabilities.DEPRECATE_EOF) != 0;
    }

    private void send(int command, byte[] arguments) throws IOException {
        sequenceId = 0;
        write(Unpooled.buffer().writeByte(command).writeBytes(arguments));
    }

    private void write(ByteBuf payload) throws IOException {
        ByteBuf out = Unpooled.buffer();
        int start = Packets.begin(out);
        out.writeBytes(payload);
        sequenceId = Packets.finish(out, start, sequenceId);
        socket.getOutputStream().write(ByteBufUtil.getBytes(out));
        socket.getOutputStream().flush();
    }

    private ByteBuf read() throws IOException {
        ByteBuf payload = Unpooled.buffer();
        int length;
        do {
            int header = Integer.reverseBytes(in.readInt());
            length = header & 0xff_ffff;
            sequenceId = ((header >>> 24) + 1) & 0xff;
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            payload.writeBytes(bytes);
        } while (length == Packets.MAX_FRAME);
        return payload;
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            commandWithoutAnswer(QUIT, new byte[0]);
        }
    }
}
