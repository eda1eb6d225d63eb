package io.vtsphere.vindex;

/**
 * MD5 of a byte string, in one call.
 *
 * <p>A pure function: the JDK's {@code MessageDigest} would have to be made anew, or kept per thread, for each value. The sixty-four steps are
 * written out so that the state stays in registers. Stateless and thread-safe, without allocation beyond the result. Source: RFC 1321.
 */
final class Md5 {
    private static final int BLOCK = 64;
    private static final int LENGTH_AT = 56;

    private Md5() {}

    /** The sixteen bytes of the hash of {@code text[from, to)}. */
    static byte[] hash(byte[] text, int from, int to) {
        byte[] state = new byte[16];
        Bytes.putIntReversed(state, 0, 0x67452301);
        Bytes.putIntReversed(state, 4, 0xEFCDAB89);
        Bytes.putIntReversed(state, 8, 0x98BADCFE);
        Bytes.putIntReversed(state, 12, 0x10325476);
        long bits = (long) (to - from) << 3;
        int at = from;
        while (to - at >= LENGTH_AT) {
            // neither the text's end mark nor, where 56 to 63 bytes remain, the length fit behind it
            block(state, text, at, to, false, 0);
            at += BLOCK;
        }
        block(state, text, at, to, true, bits);
        return state;
    }

    /** A word of the text, which is followed by a single 1 bit and zeros. */
    private static int word(byte[] text, int at, int to, int index) {
        int offset = at + 4 * index;
        if (offset + 4 <= to) {
            return Bytes.getIntReversed(text, offset);
        }
        int word = 0;
        for (int i = 0; i < 4; i++) {
            int position = offset + i;
            if (position < to) {
                word |= (text[position] & 0xFF) << (8 * i);
            } else if (position == to) {
                word |= 0x80 << (8 * i);
            }
        }
        return word;
    }

    private static int f(int a, int b, int c, int d, int x, int s, int k) {
        return b + Integer.rotateLeft(a + ((b & c) | (~b & d)) + x + k, s);
    }

    private static int g(int a, int b, int c, int d, int x, int s, int k) {
        return b + Integer.rotateLeft(a + ((d & b) | (~d & c)) + x + k, s);
    }

    private static int h(int a, int b, int c, int d, int x, int s, int k) {
        return b + Integer.rotateLeft(a + (b ^ c ^ d) + x + k, s);
    }

    private static int i(int a, int b, int c, int d, int x, int s, int k) {
        return b + Integer.rotateLeft(a + (c ^ (b | ~d)) + x + k, s);
    }

    private static void block(byte[] state, byte[] text, int at, int to, boolean last, long bits) {
        int x0 = word(text, at, to, 0);
        int x1 = word(text, at, to, 1);
        int x2 = word(text, at, to, 2);
        int x3 = word(text, at, to, 3);
        int x4 = word(text, at, to, 4);
        int x5 = word(text, at, to, 5);
        int x6 = word(text, at, to, 6);
        int x7 = word(text, at, to, 7);
        int x8 = word(text, at, to, 8);
        int x9 = word(text, at, to, 9);
        int x10 = word(text, at, to, 10);
        int x11 = word(text, at, to, 11);
        int x12 = word(text, at, to, 12);
        int x13 = word(text, at, to, 13);
        int x14 = last ? (int) bits : word(text, at, to, 14);
        int x15 = last ? (int) (bits >>> 32) : word(text, at, to, 15);
        int a = Bytes.getIntReversed(state, 0);
        int b = Bytes.getIntReversed(state, 4);
        int c = Bytes.getIntReversed(state, 8);
        int d = Bytes.getIntReversed(state, 12);
        a = f(a, b, c, d, x0, 7, 0xD76AA478);
        d = f(d, a, b, c, x1, 12, 0xE8C7B756);
        c = f(c, d, a, b, x2, 17, 0x242070DB);
        b = f(b, c, d, a, x3, 22, 0xC1BDCEEE);
        a = f(a, b, c, d, x4, 7, 0xF57C0FAF);
        d = f(d, a, b, c, x5, 12, 0x4787C62A);
        c = f(c, d, a, b, x6, 17, 0xA8304613);
        b = f(b, c, d, a, x7, 22, 0xFD469501);
        a = f(a, b, c, d, x8, 7, 0x698098D8);
        d = f(d, a, b, c, x9, 12, 0x8B44F7AF);
        c = f(c, d, a, b, x10, 17, 0xFFFF5BB1);
        b = f(b, c, d, a, x11, 22, 0x895CD7BE);
        a = f(a, b, c, d, x12, 7, 0x6B901122);
        d = f(d, a, b, c, x13, 12, 0xFD987193);
        c = f(c, d, a, b, x14, 17, 0xA679438E);
        b = f(b, c, d, a, x15, 22, 0x49B40821);
        a = g(a, b, c, d, x1, 5, 0xF61E2562);
        d = g(d, a, b, c, x6, 9, 0xC040B340);
        c = g(c, d, a, b, x11, 14, 0x265E5A51);
        b = g(b, c, d, a, x0, 20, 0xE9B6C7AA);
        a = g(a, b, c, d, x5, 5, 0xD62F105D);
        d = g(d, a, b, c, x10, 9, 0x02441453);
        c = g(c, d, a, b, x15, 14, 0xD8A1E681);
        b = g(b, c, d, a, x4, 20, 0xE7D3FBC8);
        a = g(a, b, c, d, x9, 5, 0x21E1CDE6);
        d = g(d, a, b, c, x14, 9, 0xC33707D6);
        c = g(c, d, a, b, x3, 14, 0xF4D50D87);
        b = g(b, c, d, a, x8, 20, 0x455A14ED);
        a = g(a, b, c, d, x13, 5, 0xA9E3E905);
        d = g(d, a, b, c, x2, 9, 0xFCEFA3F8);
        c = g(c, d, a, b, x7, 14, 0x676F02D9);
        b = g(b, c, d, a, x12, 20, 0x8D2A4C8A);
        a = h(a, b, c, d, x5, 4, 0xFFFA3942);
        d = h(d, a, b, c, x8, 11, 0x8771F681);
        c = h(c, d, a, b, x11, 16, 0x6D9D6122);
        b = h(b, c, d, a, x14, 23, 0xFDE5380C);
        a = h(a, b, c, d, x1, 4, 0xA4BEEA44);
        d = h(d, a, b, c, x4, 11, 0x4BDECFA9);
        c = h(c, d, a, b, x7, 16, 0xF6BB4B60);
        b = h(b, c, d, a, x10, 23, 0xBEBFBC70);
        a = h(a, b, c, d, x13, 4, 0x289B7EC6);
        d = h(d, a, b, c, x0, 11, 0xEAA127FA);
        c = h(c, d, a, b, x3, 16, 0xD4EF3085);
        b = h(b, c, d, a, x6, 23, 0x04881D05);
        a = h(a, b, c, d, x9, 4, 0xD9D4D039);
        d = h(d, a, b, c, x12, 11, 0xE6DB99E5);
        c = h(c, d, a, b, x15, 16, 0x1FA27CF8);
        b = h(b, c, d, a, x2, 23, 0xC4AC5665);
        a = i(a, b, c, d, x0, 6, 0xF4292244);
        d = i(d, a, b, c, x7, 10, 0x432AFF97);
        c = i(c, d, a, b, x14, 15, 0xAB9423A7);
        b = i(b, c, d, a, x5, 21, 0xFC93A039);
        a = i(a, b, c, d, x12, 6, 0x655B59C3);
        d = i(d, a, b, c, x3, 10, 0x8F0CCC92);
        c = i(c, d, a, b, x10, 15, 0xFFEFF47D);
        b = i(b, c, d, a, x1, 21, 0x85845DD1);
        a = i(a, b, c, d, x8, 6, 0x6FA87E4F);
        d = i(d, a, b, c, x15, 10, 0xFE2CE6E0);
        c = i(c, d, a, b, x6, 15, 0xA3014314);
        b = i(b, c, d, a, x13, 21, 0x4E0811A1);
        a = i(a, b, c, d, x4, 6, 0xF7537E82);
        d = i(d, a, b, c, x11, 10, 0xBD3AF235);
        c = i(c, d, a, b, x2, 15, 0x2AD7D2BB);
        b = i(b, c, d, a, x9, 21, 0xEB86D391);
        Bytes.putIntReversed(state, 0, Bytes.getIntReversed(state, 0) + a);
        Bytes.putIntReversed(state, 4, Bytes.getIntReversed(state, 4) + b);
        Bytes.putIntReversed(state, 8, Bytes.getIntReversed(state, 8) + c);
        Bytes.putIntReversed(state, 12, Bytes.getIntReversed(state, 12) + d);
    }
}
