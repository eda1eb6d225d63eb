package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts the byte stream into MySQL packets and joins those of 16 MiB - 1. */
final class PacketFraming extends ByteToMessageDecoder {
    private static final int HEADER = 4;
    private static final int MAX_PAYLOAD = 0xFFFFFF;

    private @Nullable CompositeByteBuf partial;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < HEADER) {
            return;
        }
        int length = in.getUnsignedMediumLE(in.readerIndex());
        if (in.readableBytes() < HEADER + length) {
            return;
        }
        in.skipBytes(HEADER);
        ByteBuf payload = in.readRetainedSlice(length);
        CompositeByteBuf joined = partial;
        if (joined == null && length < MAX_PAYLOAD) {
            out.add(payload);
            return;
        }
        if (joined == null) {
            joined = context.alloc().compositeBuffer(64);
            partial = joined;
        }
        joined.addComponent(true, payload);
        if (length < MAX_PAYLOAD) {
            partial = null;
            out.add(joined);
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        CompositeByteBuf joined = partial;
        if (joined != null) {
            partial = null;
            joined.release();
        }
    }
}
