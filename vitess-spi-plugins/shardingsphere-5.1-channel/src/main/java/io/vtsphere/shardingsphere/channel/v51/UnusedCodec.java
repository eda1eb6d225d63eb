package io.vtsphere.shardingsphere.channel.v51;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.Charset;
import java.util.List;
import org.apache.shardingsphere.db.protocol.codec.DatabasePacketCodecEngine;
import org.apache.shardingsphere.db.protocol.mysql.packet.MySQLPacket;
import org.apache.shardingsphere.db.protocol.payload.PacketPayload;

/** Holds the place of the host's packet codec, which leaves the pipeline before the first byte. Stateless. */
final class UnusedCodec implements DatabasePacketCodecEngine<MySQLPacket> {
    @Override
    public boolean isValidHeader(int readableBytes) {
        return false;
    }

    @Override
    public void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        throw unused();
    }

    @Override
    public void encode(ChannelHandlerContext context, MySQLPacket message, ByteBuf out) {
        throw unused();
    }

    @Override
    public PacketPayload createPacketPayload(ByteBuf message, Charset charset) {
        throw unused();
    }

    private static IllegalStateException unused() {
        return new IllegalStateException("packets do not pass through the host");
    }
}
