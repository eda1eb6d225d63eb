package io.vtsphere.mysql;

import io.netty.handler.codec.DecoderException;

/** The other side has sent bytes that are no packet of the protocol. The connection cannot go on, its framing may be lost. */
public final class MalformedPacketException extends DecoderException {
    private static final long serialVersionUID = 1L;

    public MalformedPacketException(String message) {
        super(message);
    }
}
