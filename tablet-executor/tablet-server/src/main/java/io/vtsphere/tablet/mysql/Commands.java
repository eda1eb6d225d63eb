package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.vtsphere.mysql.Packets;

/**
 * Client commands as complete MySQL packets.
 *
 * <p>A command is written straight into its buffer behind four bytes that {@link #finish} fills in. Stateless.
 */
public final class Commands {
    private static final int QUERY = 0x03;
    private static final int RESET_CONNECTION = 0x1F;

    private Commands() {}

    /** The start of a COM_QUERY; the caller appends the statement and calls {@link #finish}. */
    public static ByteBuf startQuery(ByteBufAllocator allocator, int sizeHint) {
        ByteBuf out = allocator.ioBuffer(Packets.HEADER_BYTES + 1 + sizeHint);
        Packets.begin(out);
        return out.writeByte(QUERY);
    }

    public static ByteBuf query(ByteBufAllocator allocator, String sql) {
        ByteBuf out = startQuery(allocator, ByteBufUtil.utf8Bytes(sql));
        ByteBufUtil.writeUtf8(out, sql);
        return finish(out);
    }

    public static ByteBuf resetConnection(ByteBufAllocator allocator) {
        ByteBuf out = allocator.ioBuffer(Packets.HEADER_BYTES + 1);
        Packets.single(out, RESET_CONNECTION, 0);
        return out;
    }

    /** Fills in the headers; returns its argument. */
    public static ByteBuf finish(ByteBuf command) {
        Packets.finish(command, Packets.HEADER_BYTES, 0);
        return command;
    }
}
