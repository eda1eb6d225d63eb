package io.vtsphere.topo;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.vitess.proto.Vschema;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;

/**
 * VSchemas and rules in Vitess' JSON (protobuf's JSON form). Field names may be {@code snake_case} or {@code lowerCamelCase}; unknown fields are
 * passed over.
 */
public final class VSchemaJson {
    private VSchemaJson() {}

    /**
     * Reads the VSchema of one keyspace.
     *
     * @throws VtException INVALID_ARGUMENT when the text is not JSON or not of that form
     */
    public static Vschema.Keyspace parse(String json) {
        Vschema.Keyspace.Builder keyspace = Vschema.Keyspace.newBuilder();
        read(json, keyspace);
        return keyspace.build();
    }

    /**
     * Reads a message of another kind.
     *
     * @param kind any message of that kind
     * @throws VtException as {@link #parse}
     */
    @SuppressWarnings("unchecked")
    public static <T extends Message> T read(String json, T kind) {
        Message.Builder builder = kind.newBuilderForType();
        read(json, builder);
        return (T) builder.build();
    }

    private static void read(String json, Message.Builder into) {
        try {
            JsonFormat.parser().ignoringUnknownFields().merge(json, into);
        } catch (InvalidProtocolBufferException e) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "not the JSON of a " + into.getDescriptorForType().getFullName() + ": " + e.getMessage(),
                    e);
        }
    }
}
