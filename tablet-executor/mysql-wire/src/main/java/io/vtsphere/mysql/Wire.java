package io.vtsphere.mysql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Integers and strings of the protocol on {@link ByteBuf}.
 *
 * <p>Source: MySQL, <a
 * href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_data_types.html">Protocol Basics, Data Types</a>.
 */
public final class Wire {
    /** First byte of a length-encoded value that stands for NULL in a text row. */
    public static final int NULL_VALUE = 0xfb;

    /** What {@link #readLength} gives for NULL; no length has this value. */
    public static final long NULL_LENGTH = -1;

    private static final int TWO_BYTES = 0xfc;
    private static final int THREE_BYTES = 0xfd;
    private static final int EIGHT_BYTES = 0xfe;

    private Wire() {}

    /** Writes a length-encoded integer, 1 to 9 bytes; {@code value} is unsigned. */
    public static void writeLenencInt(ByteBuf out, long value) {
        if (value >= 0 && value < NULL_VALUE) {
            out.writeByte((int) value);
        } else if (value >= 0 && value <= 0xffff) {
            out.writeByte(TWO_BYTES);
            out.writeShortLE((int) value);
        } else if (value >= 0 && value <= 0xff_ffff) {
            out.writeByte(THREE_BYTES);
            out.writeMediumLE((int) value);
        } else {
            out.writeByte(EIGHT_BYTES);
            out.writeLongLE(value);
        }
    }

    /** Bytes that {@link #writeLenencInt} writes for that value. */
    public static int lenencSize(long value) {
        if (value >= 0 && value < NULL_VALUE) {
            return 1;
        }
        if (value >= 0 && value <= 0xffff) {
            return 3;
        }
        return value >= 0 && value <= 0xff_ffff ? 4 : 9;
    }

    /**
     * Reads a length-encoded integer, unsigned.
     *
     * @throws MalformedPacketException when the bytes end or the first one is no length
     */
    public static long readLenencInt(ByteBuf in) {
        require(in, 1);
        if (in.getUnsignedByte(in.readerIndex()) == NULL_VALUE) {
            throw new MalformedPacketException("NULL where an integer is due");
        }
        return readLength(in);
    }

    /** Reads a length-encoded integer of a text row: {@link #NULL_LENGTH} for NULL. */
    public static long readLength(ByteBuf in) {
        require(in, 1);
        int first = in.readUnsignedByte();
        switch (first) {
            case NULL_VALUE:
                return NULL_LENGTH;
            case TWO_BYTES:
                require(in, 2);
                return in.readUnsignedShortLE();
            case THREE_BYTES:
                require(in, 3);
                return in.readUnsignedMediumLE();
            case EIGHT_BYTES:
                require(in, 8);
                return in.readLongLE();
            case 0xff:
                throw new MalformedPacketException("0xff is no length");
            default:
                return first;
        }
    }

    /** Writes the UTF-8 bytes of the text behind their length. */
    public static void writeLenencString(ByteBuf out, String text) {
        int length = ByteBufUtil.utf8Bytes(text);
        writeLenencInt(out, length);
        ByteBufUtil.reserveAndWriteUtf8(out, text, length);
    }

    public static void writeLenencBytes(ByteBuf out, byte[] bytes) {
        writeLenencInt(out, bytes.length);
        out.writeBytes(bytes);
    }

    /** Reads a length-encoded string as UTF-8. */
    public static String readLenencString(ByteBuf in) {
        int length = boundedLength(in, readLenencInt(in));
        return in.readCharSequence(length, StandardCharsets.UTF_8).toString();
    }

    /** Reads a length-encoded string as bytes. */
    public static byte[] readLenencBytes(ByteBuf in) {
        return readBytes(in, boundedLength(in, readLenencInt(in)));
    }

    /** Skips a length-encoded string. */
    public static void skipLenenc(ByteBuf in) {
        in.skipBytes(boundedLength(in, readLenencInt(in)));
    }

    public static void writeNulString(ByteBuf out, String text) {
        ByteBufUtil.writeUtf8(out, text);
        out.writeByte(0);
    }

    /** Reads up to the next zero byte, which is taken away too. */
    public static String readNulString(ByteBuf in) {
        int length = in.bytesBefore((byte) 0);
        if (length < 0) {
            throw new MalformedPacketException("string without its terminating zero");
        }
        String text = in.readCharSequence(length, StandardCharsets.UTF_8).toString();
        in.skipBytes(1);
        return text;
    }

    /** Reads the rest of the packet as UTF-8. */
    public static String readRestString(ByteBuf in) {
        return in.readCharSequence(in.readableBytes(), StandardCharsets.UTF_8).toString();
    }

    public static byte[] readBytes(ByteBuf in, int length) {
        require(in, length);
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    /** The length as int, when that many bytes are there. */
    static int boundedLength(ByteBuf in, long length) {
        if (length < 0 || length > in.readableBytes()) {
            throw new MalformedPacketException("a value of " + Long.toUnsignedString(length) + " bytes, the packet has "
                    + in.readableBytes() + " left");
        }
        return (int) length;
    }

    static void require(ByteBuf in, int length) {
        if (in.readableBytes() < length) {
            throw new MalformedPacketException(
                    length + " bytes are due, the packet has " + in.readableBytes() + " left");
        }
    }
}
