package io.vtsphere.shardingsphere;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vtsphere.mysql.Capabilities;
import io.vtsphere.mysql.Greeting;
import io.vtsphere.mysql.HandshakeResponse;
import io.vtsphere.mysql.NativePassword;
import io.vtsphere.mysql.Packets;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A client that asks for no variables when it connects, as drivers do. */
final class PlainClient implements AutoCloseable {
    private static final int CAPABILITIES =
            Capabilities.PROTOCOL_41 | Capabilities.SECURE_CONNECTION | Capabilities.PLUGIN_AUTH;

    final Greeting greeting;
    private final Socket socket;
    private final DataInputStream in;

    PlainClient(int port, String user, String password) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        greeting = Greeting.decode(read());
        byte[] proof = NativePassword.scramble(password, greeting.scramble());
        ByteBuf payload = Unpooled.buffer();
        new HandshakeResponse(CAPABILITIES, 1 << 24, 45, user, proof, null, NativePassword.NAME, Map.of())
                .encode(payload);
        write(payload, 1);
        ByteBuf answer = read();
        if (answer.getUnsignedByte(0) != 0) {
            throw new IOException("log-in failed: " + answer.toString(StandardCharsets.UTF_8));
        }
    }

    /** Every packet up to the second EOF, as text. */
    List<String> rows(String sql) throws IOException {
        write(Unpooled.copiedBuffer("\u0003" + sql, StandardCharsets.UTF_8), 0);
        List<String> packets = new ArrayList<>();
        for (int eofs = 0; eofs < 2; ) {
            ByteBuf packet = read();
            if (packet.getUnsignedByte(0) == 0xff) {
                throw new IOException(packet.toString(StandardCharsets.UTF_8));
            }
            if (packet.getUnsignedByte(0) == 0xfe) {
                eofs++;
            } else if (eofs == 1) {
                packets.add(packet.skipBytes(1).toString(StandardCharsets.UTF_8));
            }
        }
        return packets;
    }

    private void write(ByteBuf payload, int sequenceId) throws IOException {
        ByteBuf out = Unpooled.buffer();
        int start = Packets.begin(out);
        out.writeBytes(payload);
        Packets.finish(out, start, sequenceId);
        socket.getOutputStream().write(out.array(), 0, out.readableBytes());
    }

    private ByteBuf read() throws IOException {
        byte[] bytes = new byte[Integer.reverseBytes(in.readInt()) & 0xff_ffff];
        in.readFully(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
