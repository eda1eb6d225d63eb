package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;

/**
 * Puts the frame around a payload: three bytes of length, one of sequence id, and a new frame after every 16,777,215 bytes.
 *
 * <pre>
 *   int start = Packets.begin(out);
 *   … write the payload …
 *   sequenceId = Packets.finish(out, start, sequenceId);
 * </pre>
 *
 * <p>Source: MySQL, <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_packets.html">MySQL Packets</a>.
 */
public final class Packets {
    public static final int HEADER_BYTES = 4;

    /** 16 MB - 1: a frame of this length is followed by another one. */
    public static final int MAX_FRAME = 0xff_ffff;

    private Packets() {}

    /** Reserves the header at the writer index and gives the payload's start, for {@link #finish}. */
    public static int begin(ByteBuf out) {
        out.ensureWritable(HEADER_BYTES);
        int start = out.writerIndex() + HEADER_BYTES;
        out.writerIndex(start);
        return start;
    }

    /**
     * Fills in the header of the payload between {@code start} and the writer index, and splits it where it is too long for one frame.
     *
     * @return the sequence id of the next packet, 0 to 255
     */
    public static int finish(ByteBuf out, int start, int sequenceId) {
        int length = out.writerIndex() - start;
        if (length < MAX_FRAME) {
            header(out, start - HEADER_BYTES, length, sequenceId);
            return (sequenceId + 1) & 0xff;
        }
        return split(out, start, length, sequenceId);
    }

    /** A packet whose payload is one byte, such as a command without arguments. */
    public static int single(ByteBuf out, int payload, int sequenceId) {
        int start = begin(out);
        out.writeByte(payload);
        return finish(out, start, sequenceId);
    }

    /** Makes room for the further headers by moving the later frames up, the last one first. */
    private static int split(ByteBuf out, int start, int length, int sequenceId) {
        int further = length / MAX_FRAME;
        out.ensureWritable(further * HEADER_BYTES);
        for (int frame = further; frame > 0; frame--) {
            int from = start + frame * MAX_FRAME;
            int size = Math.min(MAX_FRAME, start + length - from);
            int to = from + frame * HEADER_BYTES;
            out.setBytes(to, out, from, size);
            header(out, to - HEADER_BYTES, size, sequenceId + frame);
        }
        header(out, start - HEADER_BYTES, MAX_FRAME, sequenceId);
        out.writerIndex(start + length + further * HEADER_BYTES);
        return (sequenceId + further + 1) & 0xff;
    }

    private static void header(ByteBuf out, int index, int length, int sequenceId) {
        out.setIntLE(index, length | sequenceId << 24);
    }
}
