package io.vtsphere.tablet.mysql;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** MySQL's length-encoded integers and strings, read from a packet. Stateless. */
public final class Lenenc {
    /** The length of a SQL NULL in a text row. */
    public static final long NULL = -1;

    private static final int NULL_MARK = 0xFB;

    private Lenenc() {}

    /** The next integer; {@link #NULL} for the NULL mark. */
    public static long readInt(ByteBuf in) {
        int first = in.readUnsignedByte();
        if (first < NULL_MARK) {
            return first;
        }
        return switch (first) {
            case NULL_MARK -> NULL;
            case 0xFC -> in.readUnsignedShortLE();
            case 0xFD -> in.readUnsignedMediumLE();
            default -> in.readLongLE();
        };
    }

    public static String readString(ByteBuf in) {
        int length = (int) readInt(in);
        return in.readCharSequence(length, StandardCharsets.UTF_8).toString();
    }

    public static void skipString(ByteBuf in) {
        in.skipBytes((int) readInt(in));
    }
}
