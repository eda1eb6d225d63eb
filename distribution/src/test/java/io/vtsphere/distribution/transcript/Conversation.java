package io.vtsphere.distribution.transcript;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions of one section, each connected by its first step. Not thread-safe. */
final class Conversation implements AutoCloseable {
    private final int port;
    private final JsonObject options;
    private final Map<String, RecordingClient> clients = new HashMap<>();
    private final Map<String, RecordingClient.@Nullable Statement> statements = new HashMap<>();

    Conversation(int port, JsonObject sessions) {
        this.port = port;
        this.options = sessions;
    }

    /** Plays a step; a connection that the server closes is an answer too. */
    JsonArray play(JsonObject step) throws IOException {
        String session = step.get("session").getAsString();
        try {
            return answer(step, session);
        } catch (EOFException | SocketException e) {
            clients.remove(session);
            return RecordingClient.list(typed("connection_closed"));
        }
    }

    private JsonArray answer(JsonObject step, String session) throws IOException {
        String op = step.get("op").getAsString();
        if (op.equals("connect")) {
            RecordingClient client = new RecordingClient(port, options.getAsJsonObject(session));
            clients.put(session, client);
            return RecordingClient.list(client.login);
        }
        RecordingClient client = clients.get(session);
        if (client == null) {
            client = new RecordingClient(port, options.getAsJsonObject(session));
            clients.put(session, client);
        }
        return switch (op) {
            case "query" -> client.query(step.get("sql").getAsString());
            case "init_db" -> client.command(2, step.get("db").getAsString().getBytes(StandardCharsets.UTF_8));
            case "ping" -> client.command(14, new byte[0]);
            case "reset_connection" -> client.command(31, new byte[0]);
            case "statistics" -> client.bareCommand(9, new byte[0], "text");
            case "set_option" ->
                client.bareCommand(27, new byte[] {step.get("value").getAsByte(), 0}, "eof");
            case "command" ->
                client.command(
                        step.get("byte").getAsInt(),
                        ByteBufUtil.decodeHexDump(step.get("payload").getAsString()));
            case "prepare", "execute", "stmt_close", "stmt_reset" -> prepared(client, session, op, step);
            default -> throw new IllegalArgumentException("operation " + op);
        };
    }

    private JsonArray prepared(RecordingClient client, String session, String op, JsonObject step) throws IOException {
        String name = session + " " + step.get("stmt").getAsString();
        if (op.equals("prepare")) {
            JsonArray answer = new JsonArray();
            statements.put(name, client.prepare(step.get("sql").getAsString(), answer));
            return answer;
        }
        RecordingClient.Statement statement = statements.get(name);
        if (statement == null) {
            return RecordingClient.list(typed("skipped"));
        }
        byte[] id = ByteBufUtil.getBytes(Unpooled.buffer().writeIntLE(statement.id()));
        return switch (op) {
            case "execute" -> client.execute(statement, step.getAsJsonArray("params"));
            case "stmt_reset" -> client.command(26, id);
            default -> {
                client.commandWithoutAnswer(25, id);
                yield RecordingClient.list(typed("no_reply"));
            }
        };
    }

    static JsonObject typed(String type) {
        JsonObject result = new JsonObject();
        result.addProperty("type", type);
        return result;
    }

    @Override
    public void close() throws IOException {
        for (RecordingClient client : clients.values()) {
            client.close();
        }
    }
}
