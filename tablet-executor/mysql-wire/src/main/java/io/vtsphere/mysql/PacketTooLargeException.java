package io.vtsphere.mysql;

import io.netty.handler.codec.DecoderException;

/** A packet is longer than this side takes. Raised as soon as its header is seen, before its bytes are kept. */
public final class PacketTooLargeException extends DecoderException {
    private static final long serialVersionUID = 1L;

    private final int sequenceId;

    PacketTooLargeException(long length, int maxAllowedPacket, int sequenceId) {
        super("packet of at least " + length + " bytes, max_allowed_packet is " + maxAllowedPacket);
        this.sequenceId = sequenceId;
    }

    /** Sequence id of the refused packet, 0 to 255. */
    public int sequenceId() {
        return sequenceId;
    }
}
