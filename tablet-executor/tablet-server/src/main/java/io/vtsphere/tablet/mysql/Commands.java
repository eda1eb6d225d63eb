package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Client commands as complete MySQL packets.
 *
 * <p>A command is written straight into its buffer behind four bytes that {@link #finish} fills in. Stateless.
 */
public final class Commands {
    private static final int HEADER = 4;
    private static final int MAX_PAYLOAD = 0xFFFFFF;
    private static final int QUERY = 0x03;
    private static final int RESET_CONNECTION = 0x1F;

    private Commands() {}

    /** The start of a COM_QUERY; the caller appends the statement. */
    public static ByteBuf startQuery(ByteBufAllocator allocator, int sizeHint) {
        return allocator.ioBuffer(HEADER + 1 + sizeHint).writeZero(HEADER).writeByte(QUERY);
    }

    public static ByteBuf query(ByteBufAllocator allocator, String sql) {
        ByteBuf out = startQuery(allocator, sql.length() + 8);
        out.writeCharSequence(sql, StandardCharsets.UTF_8);
        return finish(allocator, out);
    }

    public static ByteBuf resetConnection(ByteBufAllocator allocator) {
        return finish(
                allocator, allocator.ioBuffer(HEADER + 1).writeZero(HEADER).writeByte(RESET_CONNECTION));
    }

    /** Fills in the header; a payload of 16 MiB - 1 or more becomes several packets. The argument is taken over. */
    public static ByteBuf finish(ByteBufAllocator allocator, ByteBuf command) {
        int payload = command.readableBytes() - HEADER;
        if (payload < MAX_PAYLOAD) {
            command.setMediumLE(0, payload);
            return command;
        }
        ByteBuf split = allocator.ioBuffer(payload + HEADER * (payload / MAX_PAYLOAD + 1));
        int sequence = 0;
        command.skipBytes(HEADER);
        int size;
        do {
            size = Math.min(MAX_PAYLOAD, command.readableBytes());
            split.writeMediumLE(size).writeByte(sequence++).writeBytes(command, size);
            // A last packet of exactly the maximum needs an empty one behind it.
        } while (size == MAX_PAYLOAD);
        command.release();
        return split;
    }
}
