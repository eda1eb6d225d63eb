package io.vtsphere.topo.server;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Messages as vtctldclient prints them: names as in the .proto file, in its order, every field, {@code null} for a message that is not set, 64
 * bit numbers as text, bytes in base64.
 *
 * <p>Source: Vitess' {@code go/cmd/vtctldclient/cli/json.go}.
 */
public final class VtctldJson {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private VtctldJson() {}

    public static String print(Message message) {
        return print(tree(message));
    }

    /** Several messages by name, as {@code GetCellsAliases} answers. */
    public static String print(Map<String, ? extends Message> messages) {
        JsonObject object = new JsonObject();
        new TreeMap<>(messages).forEach((name, message) -> object.add(name, tree(message)));
        return print(object);
    }

    public static String print(JsonElement json) {
        return GSON.toJson(json);
    }

    public static JsonObject tree(Message message) {
        JsonObject object = new JsonObject();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            boolean unset = field.hasPresence() && !message.hasField(field);
            boolean optionalScalar = unset && field.getJavaType() != FieldDescriptor.JavaType.MESSAGE;
            if (!optionalScalar) {
                object.add(field.getName(), unset ? JsonNull.INSTANCE : value(message, field));
            }
        }
        return object;
    }

    private static JsonElement value(Message message, FieldDescriptor field) {
        Object value = message.getField(field);
        if (field.isMapField()) {
            JsonObject object = new JsonObject();
            TreeMap<String, JsonElement> sorted = new TreeMap<>();
            FieldDescriptor valueField = field.getMessageType().findFieldByName("value");
            for (Object entry : (List<?>) value) {
                MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
                sorted.put(String.valueOf(pair.getKey()), single(valueField, pair.getValue()));
            }
            sorted.forEach(object::add);
            return object;
        }
        if (field.isRepeated()) {
            JsonArray array = new JsonArray();
            ((List<?>) value).forEach(element -> array.add(single(field, element)));
            return array;
        }
        return single(field, value);
    }

    private static JsonElement single(FieldDescriptor field, Object value) {
        switch (field.getType()) {
            case INT64:
            case SINT64:
            case SFIXED64:
                return new JsonPrimitive(value.toString());
            case UINT64:
            case FIXED64:
                return new JsonPrimitive(Long.toUnsignedString((Long) value));
            case UINT32:
            case FIXED32:
                return new JsonPrimitive(Integer.toUnsignedLong((Integer) value));
            default:
                break;
        }
        if (value instanceof Message message) {
            return tree(message);
        }
        if (value instanceof ByteString bytes) {
            return new JsonPrimitive(Base64.getEncoder().encodeToString(bytes.toByteArray()));
        }
        if (value instanceof EnumValueDescriptor constant) {
            return new JsonPrimitive(constant.getName());
        }
        if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        }
        if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        return new JsonPrimitive(value.toString());
    }
}
