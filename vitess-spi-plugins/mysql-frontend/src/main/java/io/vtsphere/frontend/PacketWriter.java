package io.vtsphere.frontend;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.vtsphere.mysql.EofPacket;
import io.vtsphere.mysql.ErrPacket;
import io.vtsphere.mysql.OkPacket;
import io.vtsphere.mysql.Packets;
import io.vtsphere.vterrors.VtException;
import org.jspecify.annotations.Nullable;

/**
 * Collects the packets of an answer in one buffer and numbers them; a small answer leaves in one write and one flush.
 *
 * <p>One instance per connection, on its event loop. Owns the buffer until it is handed to the channel.
 */
final class PacketWriter {
    /** A buffer of this size is handed on, so that a long result does not lie in memory twice. */
    private static final int FLUSH_BYTES = 128 << 10;

    private static final int FIRST_BYTES = 1 << 10;

    private final Channel channel;
    private final int capabilities;
    private @Nullable ByteBuf buffer;
    private int start;
    private boolean started;
    private int sequenceId;

    PacketWriter(Channel channel, int capabilities) {
        this.channel = channel;
        this.capabilities = capabilities;
    }

    /** The sequence id of the next packet. */
    void sequenceId(int next) {
        sequenceId = next;
    }

    /**
     * Starts a packet; the payload goes into the buffer that is given, then {@link #end} is due. A packet that was started before and
     * not ended is taken away: whoever wrote it has failed.
     */
    ByteBuf begin() {
        ByteBuf out = buffer;
        if (out == null) {
            out = channel.alloc().ioBuffer(FIRST_BYTES);
            buffer = out;
        }
        if (started) {
            abandon();
        }
        start = Packets.begin(out);
        started = true;
        return out;
    }

    void end() {
        ByteBuf out = buffer;
        if (out == null) {
            throw new IllegalStateException("no packet has been started");
        }
        sequenceId = Packets.finish(out, start, sequenceId);
        started = false;
        if (out.readableBytes() >= FLUSH_BYTES) {
            flush();
        }
    }

    /** Takes the packet that was started away again. */
    void abandon() {
        if (buffer != null && started) {
            buffer.writerIndex(start - Packets.HEADER_BYTES);
        }
        started = false;
    }

    void ok(int header, long affectedRows, long insertId, int status, int warnings, String info) {
        OkPacket.encode(begin(), header, affectedRows, insertId, status, warnings, info, capabilities);
        end();
    }

    void eof(int warnings, int status) {
        EofPacket.encode(begin(), warnings, status);
        end();
    }

    /** The end of column definitions: nothing where EOF packets are deprecated. */
    void endOfDefinitions(int status) {
        if (!deprecateEof()) {
            eof(0, status);
        }
    }

    boolean deprecateEof() {
        return (capabilities & io.vtsphere.mysql.Capabilities.DEPRECATE_EOF) != 0;
    }

    void error(VtException error) {
        error(error.errno(), error.sqlState(), error.getMessage());
    }

    void error(int errno, String sqlState, String message) {
        ErrPacket.encode(begin(), errno, sqlState, message);
        end();
    }

    void flush() {
        abandon();
        ByteBuf out = buffer;
        if (out != null) {
            buffer = null;
            channel.writeAndFlush(out, channel.voidPromise());
        }
    }

    /** Drops what has not been flushed; the channel is gone. */
    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
