package io.vtsphere.topo.server;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.vtsphere.topo.connection.MemoryTopo;
import io.vtsphere.topo.connection.TopoConnection;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The keys and values of a real Vitess cluster's etcd, as they were recorded. */
public final class Recording {
    public static final String GLOBAL_ROOT = "/vitess/global";

    private final TreeMap<String, byte[]> keys = new TreeMap<>();

    private JsonArray commands = new JsonArray();

    private Recording() {}

    /** The recording of that name among the test resources. */
    public static Recording load(String name) {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Recording.class.getResourceAsStream("/recorded/" + name), name),
                StandardCharsets.UTF_8)) {
            JsonObject json = JsonParser.parseReader(reader).getAsJsonObject();
            JsonObject pairs = json.has("keys") ? json.getAsJsonObject("keys") : json;
            Recording recording = new Recording();
            for (Map.Entry<String, JsonElement> pair : pairs.entrySet()) {
                recording.keys.put(
                        pair.getKey(),
                        Base64.getDecoder().decode(pair.getValue().getAsString()));
            }
            if (json.has("commands")) {
                recording.commands = json.getAsJsonArray("commands");
            }
            return recording;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What a command of the recording printed. */
    public String output(int command) {
        return commands.get(command).getAsJsonObject().get("output").getAsString();
    }

    /** What the first command of a recording that contains this text printed. */
    public static String commandOutput(String text, String name) {
        for (JsonElement command : load(name).commands) {
            if (command.getAsJsonObject().get("command").getAsString().contains(text)) {
                return command.getAsJsonObject().get("output").getAsString();
            }
        }
        throw new IllegalArgumentException(text);
    }

    public Map<String, byte[]> keys() {
        return keys;
    }

    /** Writes all keys to a store. */
    public void copyTo(TopoConnection root) {
        keys.forEach((key, value) -> root.put(key.substring(1), ByteString.copyFrom(value)));
    }

    public MemoryTopo toMemory() {
        MemoryTopo topo = new MemoryTopo();
        copyTo(topo.connect("", "/"));
        return topo;
    }

    public <T> T message(String key, Parser<T> parser) {
        try {
            return parser.parseFrom(Objects.requireNonNull(keys.get(key), key));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(key, e);
        }
    }

    /** Every key's value as the message that belongs there. */
    public Map<String, Message> messages() {
        return decode(keys);
    }

    static Map<String, Message> decode(Map<String, byte[]> values) {
        Map<String, Message> messages = new TreeMap<>();
        values.forEach((key, value) -> {
            try {
                messages.put(
                        key, RecordKinds.decode(key, ByteString.copyFrom(value)).orElseThrow());
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(key, e);
            }
        });
        return messages;
    }
}
