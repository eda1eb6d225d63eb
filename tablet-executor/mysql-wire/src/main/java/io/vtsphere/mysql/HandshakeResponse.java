package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The client's answer to the {@link Greeting}.
 *
 * <p>Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_response.html">Protocol::HandshakeResponse41</a>.
 *
 * @param maxPacket longest packet that the client wants, unsigned 32 bit
 * @param collation collation id, 0 to 255
 * @param authResponse what the plug-in says to the greeting's scramble
 * @param database null when the client named none
 * @param authPlugin the client's plug-in; null when it did not say
 * @param attributes connection attributes, in the client's order
 */
public record HandshakeResponse(
        int capabilities,
        long maxPacket,
        int collation,
        String user,
        byte[] authResponse,
        @Nullable String database,
        @Nullable String authPlugin,
        Map<String, String> attributes) {
    /** Bytes up to the user name; a payload of exactly this length with CLIENT_SSL asks for TLS. */
    private static final int FIXED_BYTES = 32;

    public HandshakeResponse {
        attributes = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** Whether the payload is an SSLRequest: TLS starts right after it. */
    public static boolean isSslRequest(ByteBuf payload) {
        return payload.readableBytes() == FIXED_BYTES
                && (payload.getIntLE(payload.readerIndex()) & Capabilities.SSL) != 0;
    }

    /** Writes the payload of an SSLRequest. */
    public static void encodeSslRequest(ByteBuf out, int capabilities, long maxPacket, int collation) {
        out.writeIntLE(capabilities);
        out.writeIntLE((int) maxPacket);
        out.writeByte(collation);
        out.writeZero(23);
    }

    /** Writes the payload; which optional parts follow is up to the capabilities. */
    public void encode(ByteBuf out) {
        encodeSslRequest(out, capabilities, maxPacket, collation);
        Wire.writeNulString(out, user);
        if (has(capabilities, Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
            Wire.writeLenencBytes(out, authResponse);
        } else {
            out.writeByte(authResponse.length);
            out.writeBytes(authResponse);
        }
        if (has(capabilities, Capabilities.CONNECT_WITH_DB)) {
            Wire.writeNulString(out, database == null ? "" : database);
        }
        if (has(capabilities, Capabilities.PLUGIN_AUTH)) {
            Wire.writeNulString(out, authPlugin == null ? "" : authPlugin);
        }
        if (has(capabilities, Capabilities.CONNECT_ATTRS)) {
            encodeAttributes(out);
        }
    }

    private void encodeAttributes(ByteBuf out) {
        ByteBuf pairs = out.alloc().buffer();
        try {
            attributes.forEach((key, value) -> {
                Wire.writeLenencString(pairs, key);
                Wire.writeLenencString(pairs, value);
            });
            Wire.writeLenencInt(out, pairs.readableBytes());
            out.writeBytes(pairs);
        } finally {
            pairs.release();
        }
    }

    /**
     * Reads the payload.
     *
     * @throws MalformedPacketException also for a client older than MySQL 4.1
     */
    public static HandshakeResponse decode(ByteBuf in) {
        Wire.require(in, FIXED_BYTES);
        int capabilities = in.readIntLE();
        if (!has(capabilities, Capabilities.PROTOCOL_41)) {
            throw new MalformedPacketException("the client does not speak the 4.1 protocol");
        }
        long maxPacket = in.readUnsignedIntLE();
        int collation = in.readUnsignedByte();
        in.skipBytes(23);
        String user = Wire.readNulString(in);
        byte[] authResponse = authResponse(in, capabilities);
        String database = null;
        if (has(capabilities, Capabilities.CONNECT_WITH_DB) && in.isReadable()) {
            database = Wire.readNulString(in);
        }
        String plugin = null;
        if (has(capabilities, Capabilities.PLUGIN_AUTH) && in.isReadable()) {
            plugin = Wire.readNulString(in);
        }
        Map<String, String> attributes =
                has(capabilities, Capabilities.CONNECT_ATTRS) && in.isReadable() ? attributes(in) : Map.of();
        return new HandshakeResponse(
                capabilities, maxPacket, collation, user, authResponse, database, plugin, attributes);
    }

    private static byte[] authResponse(ByteBuf in, int capabilities) {
        if (has(capabilities, Capabilities.PLUGIN_AUTH_LENENC_CLIENT_DATA)) {
            return Wire.readLenencBytes(in);
        }
        if (has(capabilities, Capabilities.SECURE_CONNECTION)) {
            Wire.require(in, 1);
            return Wire.readBytes(in, in.readUnsignedByte());
        }
        int length = in.bytesBefore((byte) 0);
        byte[] response = Wire.readBytes(in, length < 0 ? in.readableBytes() : length);
        in.skipBytes(length < 0 ? 0 : 1);
        return response;
    }

    private static Map<String, String> attributes(ByteBuf in) {
        int end = Wire.boundedLength(in, Wire.readLenencInt(in)) + in.readerIndex();
        Map<String, String> attributes = new LinkedHashMap<>();
        while (in.readerIndex() < end) {
            String key = Wire.readLenencString(in);
            attributes.put(key, Wire.readLenencString(in));
        }
        return attributes;
    }

    private static boolean has(int capabilities, int flag) {
        return (capabilities & flag) != 0;
    }
}
