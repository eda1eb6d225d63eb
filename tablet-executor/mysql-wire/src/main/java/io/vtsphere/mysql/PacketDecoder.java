package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the byte stream into {@link Packet}s; a payload in one frame is a slice of what was received, not a copy.
 *
 * <p>One instance per connection, on its event loop. After {@link PacketTooLargeException} or {@link MalformedPacketException} it
 * swallows whatever else arrives: the connection is to be closed.
 */
public final class PacketDecoder extends ByteToMessageDecoder {
    private static final int FIRST_NO_ROW = 0xfe;

    private int maxAllowedPacket;
    private @Nullable RowReceiver rows;
    private @Nullable CompositeByteBuf joined;
    private int expectedSequenceId;
    private boolean broken;

    /**
     * @param maxAllowedPacket longest payload in bytes, at least 1024
     */
    public PacketDecoder(int maxAllowedPacket) {
        if (maxAllowedPacket < 1024) {
            throw new IllegalArgumentException("max_allowed_packet of " + maxAllowedPacket + " bytes is below 1024");
        }
        this.maxAllowedPacket = maxAllowedPacket;
    }

    /** Changes the bound for packets whose header has not been seen yet; to be called on the event loop. */
    public void maxAllowedPacket(int bytes) {
        maxAllowedPacket = bytes;
    }

    /** From now on rows go to the receiver and not down the pipeline; to be called on the event loop. */
    public void rows(RowReceiver receiver) {
        rows = receiver;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        RowReceiver receiver = rows;
        if (receiver != null && joined == null) {
            passRows(in, receiver);
        }
        if (in.readableBytes() < Packets.HEADER_BYTES) {
            return;
        }
        int header = in.getIntLE(in.readerIndex());
        int length = header & Packets.MAX_FRAME;
        int sequenceId = header >>> 24;
        long total = (joined == null ? 0L : joined.readableBytes()) + length;
        if (total > maxAllowedPacket) {
            broken = true;
            throw new PacketTooLargeException(total, maxAllowedPacket, sequenceId);
        }
        if (joined != null && sequenceId != expectedSequenceId) {
            broken = true;
            throw new MalformedPacketException(
                    "frame " + sequenceId + " within a packet, " + expectedSequenceId + " is due");
        }
        if (in.readableBytes() < Packets.HEADER_BYTES + length) {
            return;
        }
        in.skipBytes(Packets.HEADER_BYTES);
        ByteBuf frame = in.readRetainedSlice(length);
        if (length == Packets.MAX_FRAME) {
            join(ctx, frame);
            expectedSequenceId = (sequenceId + 1) & 0xff;
        } else if (joined != null) {
            join(ctx, frame);
            out.add(new Packet(joined, sequenceId));
            joined = null;
        } else {
            out.add(new Packet(frame, sequenceId));
        }
    }

    /** Hands over all whole rows that have come. */
    private void passRows(ByteBuf in, RowReceiver receiver) {
        while (in.readableBytes() > Packets.HEADER_BYTES && receiver.inRows()) {
            int start = in.readerIndex() + Packets.HEADER_BYTES;
            int length = in.getUnsignedMediumLE(in.readerIndex());
            boolean whole = length > 0 && length < Packets.MAX_FRAME && length <= in.writerIndex() - start;
            if (!whole || length > maxAllowedPacket || in.getUnsignedByte(start) >= FIRST_NO_ROW) {
                return;
            }
            in.readerIndex(start);
            receiver.row(in, length);
            in.readerIndex(start + length);
        }
    }

    private void join(ChannelHandlerContext ctx, ByteBuf frame) {
        if (joined == null) {
            joined = ctx.alloc().compositeBuffer(Integer.MAX_VALUE);
        }
        joined.addComponent(true, frame);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        if (joined != null) {
            joined.release();
            joined = null;
        }
    }
}
