package io.vtsphere.vindex;

import io.vtsphere.text.Utf8;
import java.util.Arrays;

/**
 * The bytes by which {@code unicode_loose_*} hashes a text: the primary weights of its characters, two or three bytes each.
 *
 * <p>Marks that carry a weight are put in the order of their combining classes, as normalising the text would. Made for one text, by one
 * thread. Source: Vitess' {@code go/mysql/collations/vindex/internal/colltab}.
 */
final class CollationKey {
    private static final int FIRST_HANGUL = 0xAC00;
    private static final int LAST_HANGUL = 0xD7A3;
    private static final int MAX_TWO_BYTES = 0x7FFF;

    private final RootCollation collation = RootCollation.INSTANCE;
    private byte[] bytes;
    private int length;
    /** Elements in the order of the text, where marks may still have to be moved. */
    private final PendingMarks pending = new PendingMarks(this);

    private CollationKey(int textLength) {
        this.bytes = new byte[2 * textLength + 16];
    }

    /** The key of valid UTF-8. */
    static CollationKey of(byte[] text, int from, int to) {
        CollationKey key = new CollationKey(to - from);
        for (int i = from; i < to; ) {
            i += key.appendSettled(text, i, to);
        }
        key.pending.flush();
        return key;
    }

    private int appendSettled(byte[] text, int at, int to) {
        if (text[at] >= 0 && pending.isEmpty()) {
            int primary = collation.ascii(text[at]);
            if (primary != 0) {
                write(primary);
                return 1;
            }
        }
        pending.startBlock();
        int size = append(text, at, to);
        pending.endBlock();
        return size;
    }

    /** The key, from index 0. */
    byte[] bytes() {
        return bytes;
    }

    /** How many of {@link #bytes} are the key. */
    int length() {
        return length;
    }

    /** Appends the elements of the next character or contraction, and answers how many bytes that was. */
    int append(byte[] text, int at, int to) {
        int size = Utf8.sizeAt(text, at, to);
        int codePoint = Utf8.codePointAt(text, at, size);
        int[] elements = collation.elements(codePoint);
        if (elements == null) {
            unlisted(codePoint);
            return size;
        }
        int next = at + size;
        // No contraction goes on with an ASCII character.
        Contraction contraction = next < to && text[next] < 0 ? collation.contraction(codePoint) : null;
        if (contraction == null) {
            elements(elements);
            return size;
        }
        return size + new ContractionMatch(this, contraction, elements).append(text, next, to);
    }

    private void unlisted(int codePoint) {
        if (codePoint < FIRST_HANGUL || codePoint > LAST_HANGUL) {
            element(RootCollation.implicitPrimary(codePoint));
            return;
        }
        int index = codePoint - FIRST_HANGUL;
        jamo(0x1100 + index / 588);
        jamo(0x1161 + index % 588 / 28);
        if (index % 28 != 0) {
            jamo(0x11A7 + index % 28);
        }
    }

    private void jamo(int codePoint) {
        int[] elements = collation.elements(codePoint);
        if (elements != null) {
            elements(elements);
        }
    }

    void elements(int[] elements) {
        for (int element : elements) {
            element(element);
        }
    }

    /** What is no mark, and stands behind none, need not wait. */
    private void element(int element) {
        if (pending.isEmpty() && RootCollation.combiningClass(element) == 0) {
            write(element);
        } else {
            pending.add(element);
        }
    }

    void write(int primary) {
        if (primary == 0) {
            return;
        }
        if (length + 3 > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        if (primary <= MAX_TWO_BYTES) {
            bytes[length++] = (byte) (primary >> 8);
        } else {
            bytes[length++] = (byte) (primary >> 16 | 0x80);
            bytes[length++] = (byte) (primary >> 8);
        }
        bytes[length++] = (byte) primary;
    }
}
