package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/**
 * One packet that has been received: the payload, joined when it came in several frames, and the sequence id of its last frame.
 *
 * <p>Owns one reference of the payload; whoever takes the packet releases it.
 */
public final class Packet extends DefaultByteBufHolder {
    private final int sequenceId;

    public Packet(ByteBuf payload, int sequenceId) {
        super(payload);
        this.sequenceId = sequenceId;
    }

    /** 0 to 255. */
    public int sequenceId() {
        return sequenceId;
    }

    @Override
    public Packet replace(ByteBuf content) {
        return new Packet(content, sequenceId);
    }

    /** First byte of the payload, unsigned: the kind of a command or of an answer; -1 when the payload is empty. */
    public int firstByte() {
        ByteBuf payload = content();
        return payload.isReadable() ? payload.getUnsignedByte(payload.readerIndex()) : -1;
    }
}
