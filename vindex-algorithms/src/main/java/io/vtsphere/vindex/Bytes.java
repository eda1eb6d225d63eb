package io.vtsphere.vindex;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Byte strings as unsigned big-endian fractions: {@code 80} and {@code 8000} are the same place. */
final class Bytes {
    static final byte[] EMPTY = new byte[0];
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle LITTLE_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static byte[] ofLong(long value) {
        byte[] bytes = new byte[Long.BYTES];
        putLong(bytes, 0, value);
        return bytes;
    }

    static void putLong(byte[] target, int offset, long value) {
        BIG_ENDIAN.set(target, offset, value);
    }

    static void putLongReversed(byte[] target, int offset, long value) {
        LITTLE_ENDIAN.set(target, offset, value);
    }

    static long getLong(byte[] source, int offset) {
        return (long) BIG_ENDIAN.get(source, offset);
    }

    static int getIntReversed(byte[] source, int offset) {
        return (int) LITTLE_ENDIAN_INT.get(source, offset);
    }

    static void putIntReversed(byte[] target, int offset, int value) {
        LITTLE_ENDIAN_INT.set(target, offset, value);
    }

    /** The first eight bytes as an unsigned number, with zeros where there are fewer. */
    static long prefix(byte[] source) {
        if (source.length >= Long.BYTES) {
            return getLong(source, 0);
        }
        long prefix = 0;
        for (int i = 0; i < source.length; i++) {
            prefix |= (source[i] & 0xFFL) << (56 - 8 * i);
        }
        return prefix;
    }

    /** The length without trailing zero bytes. */
    static int significantLength(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return length;
    }

    /** Unsigned order that does not see trailing zero bytes. */
    static int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, 0, significantLength(a), b, 0, significantLength(b));
    }

    static boolean isZero(byte[] bytes) {
        return significantLength(bytes) == 0;
    }
}
