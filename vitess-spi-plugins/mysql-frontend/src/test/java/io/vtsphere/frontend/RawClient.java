package io.vtsphere.frontend;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vtsphere.mysql.Capabilities;
import io.vtsphere.mysql.ColumnDefinition;
import io.vtsphere.mysql.EofPacket;
import io.vtsphere.mysql.ErrPacket;
import io.vtsphere.mysql.Greeting;
import io.vtsphere.mysql.HandshakeResponse;
import io.vtsphere.mysql.OkPacket;
import io.vtsphere.mysql.Packets;
import io.vtsphere.mysql.Wire;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A blocking client without a driver: it sees every packet, and checks every sequence id. */
final class RawClient implements AutoCloseable {
    static final int BASIC = Capabilities.LONG_PASSWORD
            | Capabilities.LONG_FLAG
            | Capabilities.PROTOCOL_41
            | Capabilities.TRANSACTIONS
            | Capabilities.SECURE_CONNECTION
            | Capabilities.MULTI_RESULTS
            | Capabilities.PLUGIN_AUTH;

    /** A statement's answer; {@code rows} are texts, or packets for binary rows. */
    record Result(
            List<ColumnDefinition> columns,
            List<byte[]> packets,
            @Nullable OkPacket ok,
            @Nullable ErrPacket error,
            int status) {
        List<List<String>> rows() {
            List<List<String>> rows = new ArrayList<>();
            for (byte[] packet : packets) {
                ByteBuf in = Unpooled.wrappedBuffer(packet);
                List<String> row = new ArrayList<>();
                for (int i = 0; i < columns.size(); i++) {
                    long length = Wire.readLength(in);
                    row.add(
                            length < 0
                                    ? null
                                    : in.readCharSequence((int) length, StandardCharsets.UTF_8)
                                            .toString());
                }
                rows.add(row);
            }
            return rows;
        }
    }

    final Greeting greeting;
    private final Socket socket;
    private final DataInputStream in;
    private final int capabilities;
    private int sequenceId;

    RawClient(int port) throws IOException {
        this(port, BASIC);
    }

    RawClient(int port, int capabilities) throws IOException {
        this.capabilities = capabilities;
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        ByteBuf first = read();
        if (first.getUnsignedByte(0) == ErrPacket.HEADER) {
            ErrPacket error = ErrPacket.decode(first);
            throw new IOException(error.errno() + " " + error.sqlState() + " " + error.message());
        }
        greeting = Greeting.decode(first);
    }

    /** Says who we are; the answer packet is returned as it is. */
    ByteBuf login(String user, byte[] proof, @Nullable String plugin, @Nullable String database) throws IOException {
        return login(user, proof, plugin, database, 45);
    }

    ByteBuf login(String user, byte[] proof, @Nullable String plugin, @Nullable String database, int collation)
            throws IOException {
        int flags = database == null ? capabilities : capabilities | Capabilities.CONNECT_WITH_DB;
        ByteBuf payload = Unpooled.buffer();
        new HandshakeResponse(flags, 1 << 24, collation, user, proof, database, plugin, Map.of()).encode(payload);
        write(payload);
        return read();
    }

    /** Logs in with an empty password. */
    RawClient root() throws IOException {
        ByteBuf answer = login("root", new byte[0], "mysql_native_password", null);
        if (answer.getUnsignedByte(0) != 0) {
            throw new IOException("log-in failed: " + ErrPacket.decode(answer));
        }
        return this;
    }

    void write(ByteBuf payload) throws IOException {
        ByteBuf out = Unpooled.buffer();
        int start = Packets.begin(out);
        out.writeBytes(payload);
        sequenceId = Packets.finish(out, start, sequenceId);
        raw(bytes(out));
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** The next packet, joined. */
    ByteBuf read() throws IOException {
        ByteBuf payload = Unpooled.buffer();
        int length;
        do {
            int header = Integer.reverseBytes(in.readInt());
            length = header & 0xff_ffff;
            if (header >>> 24 != sequenceId) {
                throw new IOException("sequence id " + (header >>> 24) + ", " + sequenceId + " is due");
            }
            sequenceId = (sequenceId + 1) & 0xff;
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            payload.writeBytes(bytes);
        } while (length == Packets.MAX_FRAME);
        return payload;
    }

    /** Whether the server closes the connection without a further packet. */
    boolean isClosedByServer() throws IOException {
        try {
            return in.read() < 0;
        } catch (EOFException | SocketException e) {
            return true;
        }
    }

    void command(int command, byte[] arguments) throws IOException {
        sequenceId = 0;
        write(Unpooled.buffer().writeByte(command).writeBytes(arguments));
    }

    void command(int command, String argument) throws IOException {
        command(command, argument.getBytes(StandardCharsets.UTF_8));
    }

    /** Several commands in one write; answers are read one by one with {@link #next}. */
    void pipeline(String... queries) throws IOException {
        ByteBuf out = Unpooled.buffer();
        for (String query : queries) {
            int start = Packets.begin(out);
            out.writeByte(3).writeCharSequence(query, StandardCharsets.UTF_8);
            Packets.finish(out, start, 0);
        }
        raw(bytes(out));
    }

    Result next() throws IOException {
        sequenceId = 1;
        return result();
    }

    Result query(String sql) throws IOException {
        command(3, sql);
        return result();
    }

    /** One result; with the flag MORE_RESULTS_EXISTS another follows. */
    Result result() throws IOException {
        ByteBuf first = read();
        int kind = first.getUnsignedByte(0);
        if (kind == ErrPacket.HEADER) {
            return new Result(List.of(), List.of(), null, ErrPacket.decode(first), 0);
        }
        if (kind == OkPacket.HEADER) {
            OkPacket ok = OkPacket.decode(first, capabilities);
            return new Result(List.of(), List.of(), ok, null, ok.statusFlags());
        }
        List<ColumnDefinition> columns = new ArrayList<>();
        for (long left = Wire.readLenencInt(first); left > 0; left--) {
            columns.add(ColumnDefinition.decode(read()));
        }
        if (!deprecateEof()) {
            EofPacket.decode(read());
        }
        List<byte[]> rows = new ArrayList<>();
        while (true) {
            ByteBuf packet = read();
            if (packet.getUnsignedByte(0) == ErrPacket.HEADER) {
                return new Result(columns, rows, null, ErrPacket.decode(packet), 0);
            }
            if (EofPacket.endsRows(packet, capabilities)) {
                int status = deprecateEof()
                        ? OkPacket.decode(packet, capabilities).statusFlags()
                        : EofPacket.decode(packet).statusFlags();
                return new Result(columns, rows, null, null, status);
            }
            rows.add(bytes(packet));
        }
    }

    boolean deprecateEof() {
        return (capabilities & Capabilities.DEPRECATE_EOF) != 0;
    }

    static byte[] bytes(ByteBuf buf) {
        byte[] bytes = new byte[buf.readableBytes()];
        buf.readBytes(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
