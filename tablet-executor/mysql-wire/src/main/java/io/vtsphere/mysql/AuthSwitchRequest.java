package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The server asks for another authentication plug-in.
 *
 * <p>Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_auth_switch_request.html">Protocol::AuthSwitchRequest</a>.
 *
 * @param scramble 20 bytes
 */
public record AuthSwitchRequest(String plugin, byte[] scramble) {
    public static final int HEADER = 0xfe;

    /** Writes the payload. */
    public void encode(ByteBuf out) {
        out.writeByte(HEADER);
        Wire.writeNulString(out, plugin);
        out.writeBytes(scramble);
        out.writeByte(0);
    }

    /** Reads the payload, header included. */
    public static AuthSwitchRequest decode(ByteBuf in) {
        Wire.require(in, 1);
        in.skipBytes(1);
        String plugin = Wire.readNulString(in);
        byte[] data = Wire.readBytes(in, in.readableBytes());
        return new AuthSwitchRequest(plugin, Arrays.copyOf(data, Math.min(data.length, Greeting.SCRAMBLE_BYTES)));
    }
}
